package io.github.persona4j.json;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a template defined, by their keys as the template has them: the API does not
 * change keys inside {@code fields} (protocol: versions and casing). A key is looked up as it is
 * given, and if there is none, in the other spelling: {@code name_first} also finds {@code
 * name-first}, and the reverse.
 *
 * <p>Every accessor gives null where there is no such key or its value is null, and throws {@link
 * UnexpectedTypeException} where the value has another type; its message does not show the key. A
 * null key throws a {@link NullPointerException} that names the argument. Keys that the description
 * knows have accessors of their own beside these.
 */
public interface FieldValues {
  /** The keys in the order of the answer, unmodifiable. */
  Set<String> fieldNames();

  /** The field of a key; null where there is none or it is null. */
  @Nullable FieldValue field(String key);

  /** The value of a field as a text. */
  default @Nullable String getString(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asString();
  }

  /** The value of a field as a whole number. */
  default @Nullable Long getLong(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asLong();
  }

  /** The value of a field as a number with all its digits. */
  default @Nullable BigDecimal getNumber(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asNumber();
  }

  /** The value of a field as true or false. */
  default @Nullable Boolean getBoolean(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asBoolean();
  }

  /** The value of a field as a date. */
  default @Nullable LocalDate getDate(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asDate();
  }

  /** The value of a field as a moment. */
  default @Nullable OffsetDateTime getDateTime(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asDateTime();
  }

  /** The value of a field as further fields. */
  default @Nullable FieldValues getHash(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asHash();
  }

  /**
   * The value of a field as a list, unmodifiable; empty where there is none. The items of an {@code
   * array} field are fields, those of a {@code multi-choices} field are the chosen texts, see
   * {@link FieldValue#asArray()}.
   */
  default List<FieldValue> getArray(String key) {
    FieldValue field = field(key);
    return field == null ? List.of() : field.asArray();
  }
}
