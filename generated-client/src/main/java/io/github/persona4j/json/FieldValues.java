package io.github.persona4j.json;

import com.google.gson.annotations.JsonAdapter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#field-values -->
 *
 * <pre>{@code
 * Integer level = fields.getInteger("loyalty-level");
 * LocalDate joined = fields.getDate("joined"); // null if there is no such field
 * }</pre>
 */
@JsonAdapter(GsonAdapters.class)
public interface FieldValues extends JsonWritable {
  /** Returns the keys in the order of the response, unmodifiable. */
  Set<String> fieldNames();

  /** Returns the field of a key; null if it is absent or null. */
  @Nullable FieldValue field(String key);

  @Override
  default String toJson() {
    Map<String, JsonValue> all = new LinkedHashMap<>();
    for (String key : fieldNames()) {
      FieldValue field = field(key);
      all.put(key, field == null ? JsonValue.NULL : JsonValue.raw(field.toJson()));
    }
    return JsonValue.of(all).json();
  }

  /** Returns the value of a field as a string. */
  default @Nullable String getString(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asString();
  }

  /**
   * Returns the value of a field as an integer.
   *
   * @throws UnexpectedTypeException also if it has a fraction or is not in the range of {@code int}
   */
  default @Nullable Integer getInteger(String key) {
    FieldValue field = field(key);
    return field == null ? null : field.asInteger();
  }

  /**
   * Returns the value of a field as an integer.
   *
   * @throws UnexpectedTypeException also if it has a fraction or is not in the range of {@code
   *     long}
   */
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

  /**
   * Returns the value of a field as an unmodifiable list of strings; empty if there is none, see
   * {@link FieldValue#asStrings()}.
   */
  default List<String> getStrings(String key) {
    FieldValue field = field(key);
    return field == null ? List.of() : field.asStrings();
  }

  /**
   * Returns the fields as a record of your own. The key of a component is its name with dashes,
   * {@code loyalty-level} for {@code loyaltyLevel}, or the value of Gson's {@code SerializedName};
   * it is looked up like any key.
   * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#field-values-as -->
   *
   * <pre>{@code
   * record Loyalty(Integer loyaltyLevel, @SerializedName("joined") LocalDate since) {}
   *
   * Loyalty loyalty = fields.as(Loyalty.class);
   * }</pre>
   *
   * <p>A component is a {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code
   * Double}, {@code BigInteger}, {@code BigDecimal}, {@code LocalDate}, {@code OffsetDateTime}, an
   * enum, a record for a hash, a generated model such as a file, a {@link FieldValue}, {@link
   * FieldValues} or {@link JsonValue}, a primitive type for one of these, or a {@code List}, a
   * {@code Map} with strings as keys, or an {@code Optional} of these. Where a field is absent or
   * null, lists and maps are empty, other components are null, and primitive ones throw. The string
   * of an enum is the name of its constant, or the value of its {@code SerializedName}; another
   * string throws.
   *
   * <p>The record need not be public. In a named module, its package must be open.
   *
   * @throws IllegalArgumentException if a component has another type, two components have the same
   *     key, or the record is not accessible
   * @throws UnexpectedTypeException if a value is not of the type of its component, whose name is
   *     in the message. Exceptions of the constructor are not wrapped
   */
  default <R extends Record> R as(Class<R> type) {
    return RecordReader.read(this, Objects.requireNonNull(type, "type"));
  }
}
