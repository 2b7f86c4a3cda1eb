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
 * One field that a template defined: an object {@code {type, value}}, or a value alone, which has
 * no type. The second kind stands in lists, such as the texts of a {@code multi-choices} field, and
 * inside values that are no fields, such as a file's {@code byte_size}.
 *
 * <p>Every accessor gives null where the value is absent or null, and throws {@link
 * UnexpectedTypeException} where it has another type. Immutable and thread-safe.
 */
public final class FieldValue {
  private static final Set<String> FIELD_PARTS = Set.of("type", "value");

  private final String path;
  private final Map<String, JsonValue> parts;

  FieldValue(String path, Map<String, JsonValue> parts) {
    this.path = path;
    this.parts = parts;
  }

  /** The type as the template names it, such as {@code string}; null where there is none. */
  public @Nullable String type() {
    JsonValue type = parts.get("type");
    return type != null && type.kind() == JsonValue.Kind.TEXT ? type.asText() : null;
  }

  /** The value as it came, which may be a JSON null; null where there is none. */
  public @Nullable JsonValue value() {
    return parts.get("value");
  }

  /** The value as a text. */
  public @Nullable String asString() {
    return as(JsonType.TEXT);
  }

  /** The value as a whole number. */
  public @Nullable Long asLong() {
    return as(JsonType.INTEGER);
  }

  /** The value as a number with all its digits. */
  public @Nullable BigDecimal asNumber() {
    return as(JsonType.DECIMAL);
  }

  /** The value as true or false. */
  public @Nullable Boolean asBoolean() {
    return as(JsonType.BOOLEAN);
  }

  /** The value as a date. */
  public @Nullable LocalDate asDate() {
    return as(JsonType.DATE);
  }

  /** The value as a moment. */
  public @Nullable OffsetDateTime asDateTime() {
    return as(JsonType.DATE_TIME);
  }

  /** The value as further fields by their keys; null where there are none. */
  public @Nullable FieldValues asHash() {
    JsonValue value = value();
    if (value == null || value.isNull()) {
      return null;
    }
    expect(value, JsonValue.Kind.OBJECT, "hash");
    return new FieldHash(path, value.asMap());
  }

  /**
   * The value as another type, such as a file as {@code StoredFile.TYPE}.
   *
   * @param type how the value is read
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
      throw new UnexpectedTypeException(path, type.words(), value.kind().words());
    }
  }

  /**
   * The value as a list, unmodifiable; empty where there is none. A field whose value is no list is
   * the only item of its own, since a field with one choice may hold the text alone.
   *
   * <p>An item is a field {@code {type, value}} or a value alone; {@link #asString()} gives the
   * text of either.
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

  /** The field that a JSON value is: an object with a type and a value, or the value alone. */
  static FieldValue of(String path, JsonValue json) {
    if (json.kind() == JsonValue.Kind.OBJECT) {
      Map<String, JsonValue> parts = json.asMap();
      if (isField(parts.keySet())) {
        return new FieldValue(path, parts);
      }
    }
    return new FieldValue(path, Map.of("value", json));
  }

  // Any other object is a value, such as a file, of which a part may be called type or value too.
  private static boolean isField(Set<String> parts) {
    return FIELD_PARTS.containsAll(parts) || parts.containsAll(FIELD_PARTS);
  }

  private void expect(JsonValue value, JsonValue.Kind kind, String described) {
    if (value.kind() != kind) {
      throw new UnexpectedTypeException(path, described, value.kind().words());
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

  /** The type only: the value may be personal data. */
  @Override
  public String toString() {
    String type = type();
    return "FieldValue{type=" + (type == null ? null : SafeText.of(type)) + "}";
  }
}
