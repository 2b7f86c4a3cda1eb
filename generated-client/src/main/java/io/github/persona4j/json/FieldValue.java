package io.github.persona4j.json;

import com.google.gson.annotations.JsonAdapter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field that a template defines: an object {@code {type, value}}, or a plain value without a
 * type. Plain values are the items of lists, such as the strings of a {@code multi-choices} field,
 * and the parts of values that are not fields, such as the {@code byte_size} of a file.
 *
 * <p>Every accessor returns null if the value is absent or null, and throws {@link
 * UnexpectedTypeException} if it has another type. Immutable and thread-safe.
 */
@JsonAdapter(GsonAdapters.class)
public final class FieldValue implements JsonWritable {
  private static final Set<String> FIELD_PARTS = Set.of("type", "value");
  private static final String TYPE_BEGIN = "{\"type\":\"";
  static final String OUT_OF_RANGE = "a number with a fraction or out of range";
  private static final String VALUE_BEGIN = "\",\"value\":";

  private final String path;
  private final JsonValue json;
  private final @Nullable String type;
  private final @Nullable JsonValue value;

  private FieldValue(
      String path, JsonValue json, @Nullable String type, @Nullable JsonValue value) {
    this.path = path;
    this.json = json;
    this.type = type;
    this.value = value;
  }

  /** Returns the type as named by the template, such as {@code string}; null if there is none. */
  public @Nullable String type() {
    return type;
  }

  /** Returns the raw value, which may be a JSON null; null if there is none. */
  public @Nullable JsonValue value() {
    return value;
  }

  /** Returns the field as the API sent it: an object with a type and a value, or a plain value. */
  @Override
  public String toJson() {
    return json.json();
  }

  /** Returns this field with another path, for messages. */
  FieldValue at(String other) {
    return new FieldValue(other, json, type, value);
  }

  /** Returns the value as a string. */
  public @Nullable String asString() {
    return string("string");
  }

  /**
   * Returns the value as an integer, such as {@code 3} or {@code 3.0}.
   *
   * @throws UnexpectedTypeException also if it has a fraction or is not in the range of {@code int}
   */
  public @Nullable Integer asInteger() {
    Long number = asLong();
    if (number != null && number.intValue() != number) {
      throw unexpected("int", OUT_OF_RANGE);
    }
    return number == null ? null : Integer.valueOf(number.intValue());
  }

  /**
   * Returns the value as an integer, such as {@code 3} or {@code 3.0}.
   *
   * @throws UnexpectedTypeException also if it has a fraction or is not in the range of {@code
   *     long}
   */
  public @Nullable Long asLong() {
    JsonValue number = of(JsonValue.Kind.NUMBER, "integer");
    try {
      return number == null ? null : Long.valueOf(number.asLong());
    } catch (ArithmeticException | UnexpectedTypeException e) {
      throw unexpected("integer", OUT_OF_RANGE);
    }
  }

  /** Returns the value as a number with all its digits. */
  public @Nullable BigDecimal asNumber() {
    JsonValue number = of(JsonValue.Kind.NUMBER, "number");
    try {
      return number == null ? null : number.asDecimal();
    } catch (UnexpectedTypeException e) {
      throw unexpected("number", "a number out of range");
    }
  }

  /** Returns the value as a boolean. */
  public @Nullable Boolean asBoolean() {
    JsonValue bool = of(JsonValue.Kind.BOOLEAN, "boolean");
    return bool == null ? null : Boolean.valueOf(bool.asBoolean());
  }

  /** Returns the value as a date. */
  public @Nullable LocalDate asDate() {
    String string = string("date");
    if (string != null && !IsoDates.isDate(string)) {
      throw unexpected("date", "a string");
    }
    return string == null ? null : IsoDates.date(string);
  }

  /** Returns the value as a timestamp. */
  public @Nullable OffsetDateTime asDateTime() {
    String string = string("date-time");
    if (string != null && !IsoDates.isDateTime(string)) {
      throw unexpected("date-time", "a string");
    }
    return string == null ? null : IsoDates.dateTime(string);
  }

  /** Returns the value as nested fields by their keys; null if there is no value. */
  public @Nullable FieldValues asHash() {
    JsonValue hash = of(JsonValue.Kind.OBJECT, "hash");
    return hash == null ? null : new FieldHash(path, hash.asMap());
  }

  /**
   * Returns the value as an unmodifiable list of strings, such as the choices of a {@code
   * multi-choices} field; empty if there is none. A single string is a list of one. Items that are
   * null are left out; {@link #asArray()} has them.
   */
  public List<String> asStrings() {
    return asArray().stream().map(FieldValue::asString).filter(Objects::nonNull).toList();
  }

  /**
   * Returns the value as another type, for example a file with {@code StoredFile.TYPE}.
   *
   * @param other the type to read
   * @throws MalformedJsonException if it takes more memory than {@link JsonLimits#standard()}
   *     allows
   */
  public <T> @Nullable T as(JsonType<T> other) {
    Objects.requireNonNull(other, "other");
    if (value == null || value.isNull()) {
      return null;
    }
    try {
      return value.as(other);
    } catch (MalformedJsonException e) {
      if (e.reason() == MalformedJsonException.Reason.TOO_LARGE) {
        throw e;
      }
      throw unexpected(other.description(), value.kind().description());
    }
  }

  /**
   * Returns the value as an unmodifiable list; empty if there is none. If the value is not a list,
   * the field itself is the only item, since a field with one choice may contain only the string.
   *
   * <p>An item is a field {@code {type, value}} or a plain value; {@link #asString()} returns the
   * string of both.
   */
  public List<FieldValue> asArray() {
    if (value == null || value.isNull()) {
      return List.of();
    }
    if (value.kind() != JsonValue.Kind.LIST) {
      return List.of(this);
    }
    List<JsonValue> items = value.asList();
    return new AbstractList<>() {
      @Override
      public FieldValue get(int index) {
        return of(path + "[" + index + "]", items.get(index));
      }

      @Override
      public int size() {
        return items.size();
      }
    };
  }

  /** Returns how a class of this package is read with {@code Gson}; null if it is not a field. */
  static @Nullable JsonType<?> type(Class<?> raw) {
    if (raw == FieldValue.class) {
      return new JsonType<FieldValue>("field") {
        @Override
        Object read(JsonInput in) throws IOException {
          return FieldValue.of(in.path(), in.raw());
        }
      };
    }
    if (raw != FieldValues.class) {
      return null;
    }
    return new JsonType<FieldValues>("object") {
      @Override
      Object read(JsonInput in) throws IOException {
        String path = in.path();
        return in.isObject() ? new FieldHash(path, in.raw().asMap()) : in.other(description());
      }
    };
  }

  /** Returns a field of a JSON value: an object with a type and a value, or a plain value. */
  static FieldValue of(String path, JsonValue json) {
    if (json.kind() == JsonValue.Kind.OBJECT) {
      FieldValue scalar = scalar(path, json);
      if (scalar != null) {
        return scalar;
      }
      Map<String, JsonValue> parts = json.asMap();
      if (isField(parts.keySet())) {
        JsonValue type = parts.get("type");
        String name = type != null && type.kind() == JsonValue.Kind.STRING ? type.asString() : null;
        return new FieldValue(path, json, name, parts.get("value"));
      }
    }
    return new FieldValue(path, json, null, json);
  }

  /**
   * Returns the field of an object that has a type and a value in this order and nothing else, if
   * the value is not nested and no string has an escape; otherwise null. Most fields are such
   * objects, which need no tokenizer.
   */
  private static @Nullable FieldValue scalar(String path, JsonValue field) {
    String json = field.json();
    int typeEnd = json.indexOf('"', TYPE_BEGIN.length());
    int start = typeEnd + VALUE_BEGIN.length();
    int end = json.length() - 1;
    if (!json.startsWith(TYPE_BEGIN)
        || !json.startsWith(VALUE_BEGIN, typeEnd)
        || json.indexOf('\\') >= 0) {
      return null;
    }
    char first = json.charAt(start);
    boolean single =
        first == '"'
            ? json.indexOf('"', start + 1) == end - 1
            : first != '{' && first != '[' && json.indexOf(',', start) < 0;
    return single
        ? new FieldValue(
            path,
            field,
            json.substring(TYPE_BEGIN.length(), typeEnd),
            JsonValue.raw(json.substring(start, end)))
        : null;
  }

  // Any other object is a value, such as a file, which may have a property type or value, too.
  private static boolean isField(Set<String> parts) {
    return FIELD_PARTS.containsAll(parts) || parts.containsAll(FIELD_PARTS);
  }

  private @Nullable String string(String expected) {
    JsonValue string = of(JsonValue.Kind.STRING, expected);
    return string == null ? null : string.asString();
  }

  /** Returns the value if it is of this kind; null if it is absent or null. */
  private @Nullable JsonValue of(JsonValue.Kind kind, String expected) {
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.kind() != kind) {
      throw unexpected(expected, value.kind().description());
    }
    return value;
  }

  private UnexpectedTypeException unexpected(String expected, String found) {
    return new UnexpectedTypeException(path, expected, found);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldValue that
        && Objects.equals(type, that.type)
        && Objects.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, value);
  }

  /** Returns the type only: the value may be personal data. */
  @Override
  public String toString() {
    return "FieldValue{type=" + (type == null ? null : SafeText.of(type)) + "}";
  }
}
