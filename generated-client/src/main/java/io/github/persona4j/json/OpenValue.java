package io.github.persona4j.json;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One text of an open set: the API adds texts without a new version, so an unknown one is kept.
 *
 * <p>Subclasses are generated. Immutable and thread-safe.
 */
public abstract class OpenValue {
  private final String value;

  /** For generated subclasses. */
  protected OpenValue(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** The text as the API has it. */
  public final String value() {
    return value;
  }

  /** Whether the text was known when this client was made. */
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
   * The text as a message shows it: on one line and with at most {@value SafeText#MAX_LENGTH}
   * characters, which changes no text that is known. {@link #value()} gives it as it is.
   */
  @Override
  public final String toString() {
    return SafeText.of(value);
  }

  /** The type of an open set, for generated code. */
  protected abstract static class Type<T extends OpenValue> extends JsonType<T> {
    /** For generated subclasses. */
    protected Type() {
      super("text");
    }

    /** The value for a text. */
    protected abstract T of(String text);

    @Override
    final Object read(JsonInput in) throws java.io.IOException {
      Object slot = in.text();
      if (!(slot instanceof String text)) {
        return slot;
      }
      in.charge(DecodingBudget.SMALL_OBJECT);
      return of(text);
    }
  }
}
