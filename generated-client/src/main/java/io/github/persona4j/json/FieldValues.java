package io.github.persona4j.json;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a template defines, by the keys of the template: the API does not change the
 * casing of keys inside {@code fields}. A key is first looked up unchanged, then in the other
 * spelling: {@code name_first} also finds {@code name-first}, and vice versa.
 *
 * <p>Every accessor gives null where there is no such key or its value is null, and throws {@link
 * UnexpectedTypeException} where the value has another type; its message does not show the key. A
 * null key throws a {@link NullPointerException} that names the argument. Keys that the description
 * knows have accessors of their own beside these.
 */
public interface FieldValues {
  /** Returns the keys in the order of the response, unmodifiable. */
  Set<String> fieldNames();

  /** Returns the field of a key; null if it is absent or null. */
  @Nullable FieldValue field(String key);

  /** Returns the value of a field as a string. */
  default @Nullable String getString(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asString();
  }

  /** Returns the value of a field as an integer. */
  default @Nullable Long getLong(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asLong();
  }

  /** Returns the value of a field as a number with all its digits. */
  default @Nullable BigDecimal getNumber(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asNumber();
  }

  /** Returns the value of a field as a boolean. */
  default @Nullable Boolean getBoolean(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asBoolean();
  }

  /** Returns the value of a field as a date. */
  default @Nullable LocalDate getDate(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asDate();
  }

  /** Returns the value of a field as a timestamp. */
  default @Nullable OffsetDateTime getDateTime(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asDateTime();
  }

  /** Returns the value of a field as nested fields. */
  default @Nullable FieldValues getHash(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asHash();
  }

  /**
   * Returns the value of a field as an unmodifiable list; empty if there is none. The items of an
   * {@code array} field are fields, those of a {@code multi-choices} field are the chosen strings,
   * see {@link FieldValue#asArray()}.
   */
  default List<FieldValue> getArray(String key) {
    FieldValue field = field(key);
    return field == null ? List.of() : field.asArray();
  }
}
