package io.github.persona4j.json;

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
public final class FieldValue {
  private static final Set<String> FIELD_PARTS = Set.of("type", "value");

  private final String path;
  private final Map<String, JsonValue> parts;

  FieldValue(String path, Map<String, JsonValue> parts) {
    this.path = path;
    this.parts = parts;
  }

  /** Returns the type as named by the template, such as {@code string}; null if there is none. */
  public @Nullable String type() {
    JsonValue type = parts.get("type");
    return type != null && type.kind() == JsonValue.Kind.STRING ? type.asString() : null;
  }

  /** Returns the raw value, which may be a JSON null; null if there is none. */
  public @Nullable JsonValue value() {
    return parts.get("value");
  }

  /** Returns the value as a string. */
  public @Nullable String asString() {
    return as(JsonType.STRING);
  }

  /** Returns the value as an integer. */
  public @Nullable Long asLong() {
    return as(JsonType.INTEGER);
  }

  /** Returns the value as a number with all its digits. */
  public @Nullable BigDecimal asNumber() {
    return as(JsonType.DECIMAL);
  }

  /** Returns the value as a boolean. */
  public @Nullable Boolean asBoolean() {
    return as(JsonType.BOOLEAN);
  }

  /** Returns the value as a date. */
  public @Nullable LocalDate asDate() {
    return as(JsonType.DATE);
  }

  /** Returns the value as a timestamp. */
  public @Nullable OffsetDateTime asDateTime() {
    return as(JsonType.DATE_TIME);
  }

  /** Returns the value as nested fields by their keys; null if there is no value. */
  public @Nullable FieldValues asHash() {
    JsonValue value = value();
    if (value == null || value.isNull()) {
      return null;
    }
    expect(value, JsonValue.Kind.OBJECT, "hash");
    return new FieldHash(path, value.asMap());
  }

  /**
   * Returns the value as another type, for example a file with {@code StoredFile.TYPE}.
   *
   * @param type the type to read
   * @throws MalformedJsonException if it takes more memory than {@link JsonLimits#standard()}
   *     allows
   */
  public <T> @Nullable T as(JsonType<T> type) {
    Objects.requireNonNull(type, "type");
    JsonValue value = value();
    if (value == null || value.isNull()) {
      return null;
    }
    try {
      return value.as(type);
    } catch (MalformedJsonException e) {
      if (e.reason() == MalformedJsonException.Reason.TOO_LARGE) {
        throw e;
      }
      throw new UnexpectedTypeException(path, type.description(), value.kind().description());
    }
  }

  /**
   * Returns the value as an unmodifiable list; empty if there is none. If the value is not a list,
   * the field itself is the only item, since a field with one choice may contain just the string.
   *
   * <p>An item is a field {@code {type, value}} or a plain value; {@link #asString()} returns the
   * string of both.
   */
  public List<FieldValue> asArray() {
    JsonValue value = value();
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

  /** Returns a field of a JSON value: an object with a type and a value, or a plain value. */
  static FieldValue of(String path, JsonValue json) {
    if (json.kind() == JsonValue.Kind.OBJECT) {
      Map<String, JsonValue> parts = json.asMap();
      if (isField(parts.keySet())) {
        return new FieldValue(path, parts);
      }
    }
    return new FieldValue(path, Map.of("value", json));
  }

  // Any other object is a value, such as a file, which may have a property type or value, too.
  private static boolean isField(Set<String> parts) {
    return FIELD_PARTS.containsAll(parts) || parts.containsAll(FIELD_PARTS);
  }

  private void expect(JsonValue value, JsonValue.Kind kind, String expected) {
    if (value.kind() != kind) {
      throw new UnexpectedTypeException(path, expected, value.kind().description());
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldValue that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns the type only: the value may be personal data. */
  @Override
  public String toString() {
    String type = type();
    return "FieldValue{type=" + (type == null ? null : SafeText.of(type)) + "}";
  }
}
