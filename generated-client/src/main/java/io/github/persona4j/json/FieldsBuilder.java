package io.github.persona4j.json;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The base class of the builders of fields in requests: values by the keys that an organization
 * defines, beside the setters of the keys that the description knows.
 *
 * <p>A key is written as given: the API distinguishes {@code loyalty-level} and {@code
 * loyalty_level}. A null value unsets the key, so that an update keeps the field; {@link
 * #clear(String)} sends a null. The last call for a key wins. Messages contain neither keys nor
 * values. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract class FieldsBuilder<B extends FieldsBuilder<B>> extends JsonModel.Builder<B> {
  /** For generated subclasses. The builder owns the slots. */
  protected FieldsBuilder(ModelType<?> type, Slots slots) {
    super(type, slots);
  }

  /** Sets a field to a string, such as the value of a {@code string} or {@code choices} field. */
  public final B set(String key, @Nullable String value) {
    return put(key, value);
  }

  /**
   * Sets a field to a number, with all its digits.
   *
   * @throws IllegalArgumentException if it is infinite or not a number, has more than 1000
   *     characters, or is of another class than those of {@code java.lang} and {@code java.math}
   */
  public final B set(String key, @Nullable Number value) {
    return put(key, value);
  }

  /** Sets a field to a boolean. */
  public final B set(String key, @Nullable Boolean value) {
    return put(key, value);
  }

  /** Sets a field to a date. */
  public final B set(String key, @Nullable LocalDate value) {
    return put(key, value);
  }

  /** Sets a field to a timestamp. */
  public final B set(String key, @Nullable OffsetDateTime value) {
    return put(key, value);
  }

  /**
   * Sets a field to one of its choices: the name of the constant, or the value of Gson's {@code
   * SerializedName}.
   */
  public final B set(String key, @Nullable Enum<?> value) {
    return put(key, value);
  }

  /**
   * Sets a field to a list, such as the chosen strings of a {@code multi-choices} field. It is
   * copied.
   *
   * @param value items of the types of these methods; a null item is sent as null
   * @throws IllegalArgumentException if an item has another type
   */
  public final B set(String key, @Nullable Collection<?> value) {
    return put(key, value);
  }

  /**
   * Sets a {@code hash} field to nested values by their keys. The map is copied.
   *
   * @param value values of the types of these methods; a null value is sent as null
   * @throws IllegalArgumentException if a value has another type, or a key is null
   */
  public final B set(String key, @Nullable Map<String, ?> value) {
    return put(key, value);
  }

  /**
   * Sets a {@code hash} field to the components of a record, see {@link #setAll(Record)}.
   *
   * @throws IllegalArgumentException if a component has another type than those of these methods
   */
  public final B set(String key, @Nullable Record value) {
    return put(key, value);
  }

  /** Sets a field to a model, such as a file. */
  public final B set(String key, @Nullable JsonModel value) {
    return put(key, value);
  }

  /** Sets a field to any JSON; {@link JsonValue#NULL} is sent as null. */
  public final B set(String key, @Nullable JsonValue value) {
    return put(key, value);
  }

  /**
   * Sets several fields by their keys, as the methods for single ones do: a null value unsets its
   * key.
   *
   * @param values values of the types of these methods
   * @throws IllegalArgumentException if a value has another type, or a key is null
   */
  public final B setAll(Map<String, ?> values) {
    FieldWriter.keys(Objects.requireNonNull(values, "values"));
    return putAll(values);
  }

  /**
   * Sets the fields of the components of a record: those of {@link FieldValues#as(Class)}. A
   * component that is null unsets its key.
   *
   * @throws IllegalArgumentException if a component has another type than those of these methods,
   *     or the record cannot be read
   */
  public final B setAll(Record values) {
    Map<String, @Nullable Object> byKey = new LinkedHashMap<>();
    RecordShape.of(Objects.requireNonNull(values, "values").getClass())
        .components()
        .forEach(component -> byKey.put(component.key(), component.read(values)));
    return putAll(byKey);
  }

  /** Sends a null for a field, which clears it. */
  public final B clear(String key) {
    return put(key, JsonValue.NULL);
  }

  // Nothing is set unless all values can be.
  private B putAll(Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable JsonValue> converted = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> converted.put(key, value == null ? null : FieldWriter.json(value)));
    converted.forEach(this::setNamed);
    return self();
  }

  private B put(String key, @Nullable Object value) {
    Objects.requireNonNull(key, "key");
    setNamed(key, value == null ? null : FieldWriter.json(value));
    return self();
  }
}
