package io.github.persona4j.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A wait ended without its result: the resource reached a state from which the result cannot
 * follow, such as an expired inquiry, or it was redacted.
 */
public class WaitFailedException extends PersonaException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object last;

  /**
   * Creates an exception.
   *
   * @param message what was waited for and why it failed, without personal values
   * @param last the resource as it was retrieved last; null if it was not
   */
  public WaitFailedException(String message, @Nullable Object last) {
    super(Objects.requireNonNull(message, "message"), null, null);
    this.last = last;
  }

  /**
   * Returns the resource as it was retrieved last.
   *
   * @param type its class or interface, such as {@code Inquiry.class}
   * @return empty if it is of another class, was never retrieved, or in a deserialized copy
   */
  public final <T> Optional<T> last(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return type.isInstance(last) ? Optional.of(type.cast(last)) : Optional.empty();
  }
}
