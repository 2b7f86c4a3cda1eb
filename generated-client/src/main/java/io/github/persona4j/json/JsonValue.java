package io.github.persona4j.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value of any kind, kept as its text: digits, order and unknown parts stay as they came,
 * and nothing is parsed before it is asked for.
 *
 * <p>Immutable and thread-safe. Equal when the values are equal, whatever the order of properties;
 * numbers are when their digits are, so that {@code 1.0} and {@code 1.00} differ.
 */
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
    /** A text. */
    TEXT("a text"),
    /** A list. */
    LIST("a list"),
    /** An object. */
    OBJECT("an object");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private static final int MAX_BITS = 4 * JsonInput.MAX_DIGITS; // more than such a number has

  private final String json;

  private JsonValue(String json) {
    this.json = json;
  }

  /** For texts that are known to be compact and right. */
  static JsonValue raw(String json) {
    return new JsonValue(json);
  }

  /** A text. */
  public static JsonValue of(String text) {
    return written(Objects.requireNonNull(text, "text"));
  }

  /** A whole number. */
  public static JsonValue of(long number) {
    return new JsonValue(Long.toString(number));
  }

  /**
   * A number with all its digits.
   *
   * @throws IllegalArgumentException if its text has more than 1000 characters
   */
  public static JsonValue of(BigDecimal number) {
    Objects.requireNonNull(number, "number");
    // Of many digits, making the text takes quadratic time.
    String digits = number.unscaledValue().bitLength() > MAX_BITS ? null : number.toString();
    if (digits == null || digits.length() > JsonInput.MAX_DIGITS) {
      throw new IllegalArgumentException(
          "number must have at most " + JsonInput.MAX_DIGITS + " characters");
    }
    return new JsonValue(digits);
  }

  /** True or false. */
  public static JsonValue of(boolean flag) {
    return new JsonValue(flag ? "true" : "false");
  }

  /** A list. */
  public static JsonValue of(List<JsonValue> items) {
    return written(JsonList.copyOf(Objects.requireNonNull(items, "items"), JsonType.ANY));
  }

  /** An object. */
  public static JsonValue of(Map<String, JsonValue> properties) {
    return written(JsonMap.copyOf(Objects.requireNonNull(properties, "properties"), JsonType.ANY));
  }

  /** The JSON of a model. */
  public static JsonValue of(JsonModel model) {
    return new JsonValue(Objects.requireNonNull(model, "model").toJson());
  }

  /**
   * Any JSON text.
   *
   * @throws MalformedJsonException if it is none
   */
  public static JsonValue ofJson(String json) {
    return Objects.requireNonNull(json, "json").strip().equals("null")
        ? NULL
        : JsonType.ANY.fromJson(json, false);
  }

  /** The JSON of a slot. */
  static JsonValue written(Object slot) {
    JsonOutput out = new JsonOutput();
    try {
      out.value(slot);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory does not fail
    }
    return new JsonValue(out.toString());
  }

  /** The value as compact JSON; holds personal data where the value does. */
  public String json() {
    return json;
  }

  /** The kind of value. */
  public Kind kind() {
    return switch (json.charAt(0)) {
      case 'n' -> Kind.NULL;
      case 't', 'f' -> Kind.BOOLEAN;
      case '"' -> Kind.TEXT;
      case '[' -> Kind.LIST;
      case '{' -> Kind.OBJECT;
      default -> Kind.NUMBER;
    };
  }

  /** Whether this is a JSON null. */
  public boolean isNull() {
    return kind() == Kind.NULL;
  }

  /**
   * The text.
   *
   * @throws UnexpectedTypeException if this is no text
   */
  public String asText() {
    expect(Kind.TEXT);
    return as(JsonType.TEXT);
  }

  /**
   * The number with all its digits.
   *
   * @throws UnexpectedTypeException if this is no number, its exponent is beyond Java's, or it has
   *     more than 1000 characters
   */
  public BigDecimal asDecimal() {
    expect(Kind.NUMBER);
    if (json.length() > JsonInput.MAX_DIGITS) { // parsing takes quadratic time
      throw new UnexpectedTypeException("$", Kind.NUMBER.words(), "one of too many digits");
    }
    try {
      return new BigDecimal(json);
    } catch (NumberFormatException e) {
      throw new UnexpectedTypeException("$", Kind.NUMBER.words(), "one out of range");
    }
  }

  /**
   * The number as a {@code long}.
   *
   * @throws UnexpectedTypeException as {@link #asDecimal()} does
   * @throws ArithmeticException if it has a fraction or is too large
   */
  public long asLong() {
    return asDecimal().longValueExact();
  }

  /**
   * The boolean.
   *
   * @throws UnexpectedTypeException if this is no boolean
   */
  public boolean asBoolean() {
    expect(Kind.BOOLEAN);
    return json.charAt(0) == 't';
  }

  /**
   * The items, unmodifiable; a null item is {@link #NULL}.
   *
   * @throws UnexpectedTypeException if this is no list
   */
  public List<JsonValue> asList() {
    expect(Kind.LIST);
    try {
      return Collections.unmodifiableList(JsonInput.ofValue(json).rawItems());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory does not fail
    }
  }

  /**
   * The properties in their order, unmodifiable; a null value is {@link #NULL}.
   *
   * @throws UnexpectedTypeException if this is no object
   */
  public Map<String, JsonValue> asMap() {
    expect(Kind.OBJECT);
    try {
      return new JsonMap<>(JsonInput.ofValue(json).rawMembers(), JsonType.ANY);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory does not fail
    }
  }

  /**
   * This value read as another type, such as {@code Inquiry.TYPE}.
   *
   * @throws MalformedJsonException if it is none, or takes more memory than {@link
   *     JsonLimits#standard()} allows
   */
  public <T> T as(JsonType<T> type) {
    return Objects.requireNonNull(type, "type").fromValue(this);
  }

  private void expect(Kind kind) {
    if (kind() != kind) {
      throw new UnexpectedTypeException("$", kind.words(), kind().words());
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonValue that
        && (json.equals(that.json)
            || (kind() == that.kind() && isNested() && JsonTree.equal(json, that.json)));
  }

  @Override
  public int hashCode() {
    return isNested() ? JsonTree.hash(json) : json.hashCode();
  }

  /** Whether this is a list or an object. */
  boolean isNested() {
    return kind() == Kind.LIST || kind() == Kind.OBJECT;
  }

  /** The kind only: the value may be personal data. */
  @Override
  public String toString() {
    return "JsonValue{" + kind().words() + "}";
  }
}
