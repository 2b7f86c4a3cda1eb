package io.github.persona4j.json;

import com.google.gson.annotations.JsonAdapter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of an open enum: the API adds values without a new version, so an unknown one is kept.
 *
 * <p>Subclasses are generated. Immutable and thread-safe.
 */
@JsonAdapter(GsonAdapters.class)
public abstract class OpenValue {
  private final String value;

  /** For generated subclasses. */
  protected OpenValue(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** Returns the value as sent by the API. */
  @com.fasterxml.jackson.annotation.JsonValue
  public final String value() {
    return value;
  }

  /** Returns whether this version of the client knows the value. */
  public abstract boolean isKnown();

  @Override
  @SuppressWarnings("EqualsGetClass") // each subclass is final, and values of two are never equal
  public final boolean equals(@Nullable Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((OpenValue) other).value.equals(value);
  }

  @Override
  public final int hashCode() {
    return value.hashCode();
  }

  /**
   * Returns the value for messages: one line of at most {@value SafeText#MAX_LENGTH} characters.
   * Known values are not changed. {@link #value()} returns the exact value.
   */
  @Override
  public final String toString() {
    return SafeText.of(value);
  }

  /** Returns the value of the same class for a string; for {@link Type}. */
  protected abstract OpenValue create(String value);

  /**
   * The type of an open enum, for generated code.
   *
   * @param <T> the open enum
   */
  protected static final class Type<T extends OpenValue> extends JsonType<T> {
    private final T prototype;

    /** Creates a type; the prototype, which may be any value, creates the others. */
    public Type(T prototype) {
      super("string");
      this.prototype = Objects.requireNonNull(prototype, "prototype");
    }

    @Override
    Object read(JsonInput in) throws java.io.IOException {
      Object slot = in.string();
      if (!(slot instanceof String value)) {
        return slot;
      }
      in.charge(DecodingBudget.SMALL_OBJECT);
      return prototype.create(value);
    }
  }
}
