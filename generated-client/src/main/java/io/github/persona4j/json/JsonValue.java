package io.github.persona4j.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.google.gson.annotations.JsonAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value of any kind, stored as JSON: digits, order and unknown parts are preserved, and the
 * value is parsed only when it is accessed.
 *
 * <p>Immutable and thread-safe. Equality does not depend on the order of properties. Numbers are
 * equal if their digits are: {@code 1.0} and {@code 1.00} differ.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#json-value -->
 *
 * <pre>{@code
 * JsonValue level = inquiry.attributes().property("level"); // null if there is none
 * if (level != null && !level.isNull()) {
 *   show(level.asLong());
 * }
 * }</pre>
 */
@JsonAdapter(value = GsonAdapters.class, nullSafe = false)
public final class JsonValue {
  /** The JSON value {@code null}. */
  public static final JsonValue NULL = new JsonValue("null");

  /** The kinds of JSON values. */
  public enum Kind {
    /** {@code null}. */
    NULL("null"),
    /** {@code true} or {@code false}. */
    BOOLEAN("a boolean"),
    /** A number. */
    NUMBER("a number"),
    /** A string. */
    STRING("a string"),
    /** A list. */
    LIST("a list"),
    /** An object. */
    OBJECT("an object");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  private static final int MAX_BITS = 4 * JsonInput.MAX_DIGITS; // more than such a number needs

  private final String json;

  /** Takes no String: Jackson would call such a constructor with any string. */
  private JsonValue(Object json) {
    this.json = (String) json;
  }

  /** Returns a value of compact, valid JSON. */
  static JsonValue raw(String json) {
    return new JsonValue(json);
  }

  /** Returns a JSON string. */
  public static JsonValue of(String value) {
    return written(Objects.requireNonNull(value, "value"));
  }

  /** Returns a JSON number. */
  public static JsonValue of(long number) {
    return new JsonValue(Long.toString(number));
  }

  /**
   * Returns a JSON number with all digits.
   *
   * @throws IllegalArgumentException if it has more than 1000 characters
   */
  public static JsonValue of(BigDecimal number) {
    Objects.requireNonNull(number, "number");
    // The conversion takes quadratic time.
    String digits = number.unscaledValue().bitLength() > MAX_BITS ? null : number.toString();
    if (digits == null || digits.length() > JsonInput.MAX_DIGITS) {
      throw new IllegalArgumentException(
          "number must have at most " + JsonInput.MAX_DIGITS + " characters");
    }
    return new JsonValue(digits);
  }

  /**
   * Returns a JSON number with all digits.
   *
   * @param value a number of {@code java.lang} or {@code java.math}
   * @throws IllegalArgumentException if it is infinite or not a number, has more than 1000
   *     characters, or is of another class
   */
  public static JsonValue ofNumber(Number value) {
    if (value instanceof BigDecimal decimal) {
      return of(decimal);
    } else if (value instanceof BigInteger integer) {
      return of(new BigDecimal(integer));
    } else if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      return of(value.longValue());
    } else if (value instanceof Double || value instanceof Float) {
      if (!Double.isFinite(value.doubleValue())) {
        throw new IllegalArgumentException("value must be a finite number");
      }
      return of(new BigDecimal(value.toString()));
    }
    throw new IllegalArgumentException(
        "value of "
            + Objects.requireNonNull(value, "value").getClass().getName()
            + " is not a number of java.lang or java.math");
  }

  /** Returns a JSON boolean. */
  public static JsonValue of(boolean value) {
    return new JsonValue(value ? "true" : "false");
  }

  /** Returns a JSON array. */
  public static JsonValue of(List<JsonValue> items) {
    return written(JsonList.copyOf(Objects.requireNonNull(items, "items"), JsonType.ANY));
  }

  /** Returns a JSON object. */
  public static JsonValue of(Map<String, JsonValue> properties) {
    return written(JsonMap.copyOf(Objects.requireNonNull(properties, "properties"), JsonType.ANY));
  }

  /** Returns the JSON of a model. */
  public static JsonValue of(JsonModel model) {
    return new JsonValue(Objects.requireNonNull(model, "model").toJson());
  }

  /**
   * Returns the value of a JSON document.
   *
   * @throws MalformedJsonException if it is not JSON
   */
  public static JsonValue ofJson(String json) {
    return Objects.requireNonNull(json, "json").strip().equals("null")
        ? NULL
        : JsonType.ANY.fromJson(json, false);
  }

  /** Returns the JSON of a slot. */
  static JsonValue written(Object slot) {
    JsonOutput out = new JsonOutput();
    try {
      out.value(slot);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
    return new JsonValue(out.toString());
  }

  /** Returns the value as compact JSON, which contains personal data if the value does. */
  @com.fasterxml.jackson.annotation.JsonValue
  @JsonRawValue
  public String json() {
    return json;
  }

  /** Returns the kind of this value. */
  public Kind kind() {
    return switch (json.charAt(0)) {
      case 'n' -> Kind.NULL;
      case 't', 'f' -> Kind.BOOLEAN;
      case '"' -> Kind.STRING;
      case '[' -> Kind.LIST;
      case '{' -> Kind.OBJECT;
      default -> Kind.NUMBER;
    };
  }

  /** Returns whether this is a JSON null. */
  public boolean isNull() {
    return kind() == Kind.NULL;
  }

  /**
   * Returns the string.
   *
   * @throws UnexpectedTypeException if this is not a string
   */
  public String asString() {
    expect(Kind.STRING);
    return json.indexOf('\\') < 0 ? json.substring(1, json.length() - 1) : as(JsonType.STRING);
  }

  /**
   * Returns the number with all its digits.
   *
   * @throws UnexpectedTypeException if this is not a number, its exponent is out of range, or it
   *     has more than 1000 characters
   */
  public BigDecimal asDecimal() {
    expect(Kind.NUMBER);
    if (json.length() > JsonInput.MAX_DIGITS) { // parsing takes quadratic time
      throw new UnexpectedTypeException(
          "$", Kind.NUMBER.description(), "a number of too many digits");
    }
    try {
      return new BigDecimal(json);
    } catch (NumberFormatException e) {
      throw new UnexpectedTypeException("$", Kind.NUMBER.description(), "a number out of range");
    }
  }

  /**
   * Returns the number as a {@code long}.
   *
   * @throws UnexpectedTypeException as {@link #asDecimal()} does
   * @throws ArithmeticException if it has a fraction or is too large
   */
  public long asLong() {
    expect(Kind.NUMBER);
    try {
      return Long.parseLong(json);
    } catch (NumberFormatException e) {
      return asDecimal().longValueExact(); // such as 1e3
    }
  }

  /**
   * Returns the boolean.
   *
   * @throws UnexpectedTypeException if this is not a boolean
   */
  public boolean asBoolean() {
    expect(Kind.BOOLEAN);
    return json.charAt(0) == 't';
  }

  /**
   * Returns the items as an unmodifiable list; a null item is {@link #NULL}.
   *
   * @throws UnexpectedTypeException if this is not a list
   */
  public List<JsonValue> asList() {
    expect(Kind.LIST);
    try {
      return Collections.unmodifiableList(JsonInput.ofValue(json).rawItems());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  /**
   * Returns the properties in their order as an unmodifiable map; a null value is {@link #NULL}.
   *
   * @throws UnexpectedTypeException if this is not an object
   */
  public Map<String, JsonValue> asMap() {
    expect(Kind.OBJECT);
    try {
      return new JsonMap<>(JsonInput.ofValue(json).rawMembers(), JsonType.ANY);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  /**
   * Returns this value as another type, such as {@code Inquiry.TYPE}.
   *
   * @throws MalformedJsonException if it is not of that type, or takes more memory than {@link
   *     JsonLimits#standard()} allows
   */
  public <T> T as(JsonType<T> type) {
    return Objects.requireNonNull(type, "type").fromValue(this);
  }

  private void expect(Kind kind) {
    if (kind() != kind) {
      throw new UnexpectedTypeException("$", kind.description(), kind().description());
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonValue that
        && (json.equals(that.json)
            || (kind() == that.kind() && isNested() && JsonEquality.equal(json, that.json)));
  }

  @Override
  public int hashCode() {
    return isNested() ? JsonEquality.hash(json) : json.hashCode();
  }

  /** Returns whether this is a list or an object. */
  boolean isNested() {
    return kind() == Kind.LIST || kind() == Kind.OBJECT;
  }

  /** Returns the kind only: the value may be personal data. */
  @Override
  public String toString() {
    return "JsonValue{" + kind().description() + "}";
  }
}
