package io.github.persona4j.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time of a wait ended before its result. What was waited for may still happen. The cause is
 * the failure of the last retrieval, if that failed.
 */
public final class WaitTimeoutException extends PersonaException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object last;

  /**
   * Creates an exception.
   *
   * @param message what was waited for and how long, without personal values
   * @param last the resource as it was retrieved last; null if it was not
   * @param cause the failure of the last retrieval; null if it did not fail
   */
  public WaitTimeoutException(String message, @Nullable Object last, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), null, cause);
    this.last = last;
  }

  /**
   * Returns the resource as it was retrieved last.
   *
   * @param type its class or interface, such as {@code Inquiry.class}
   * @return empty if it is of another class, was never retrieved, or in a deserialized copy
   */
  public <T> Optional<T> last(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return type.isInstance(last) ? Optional.of(type.cast(last)) : Optional.empty();
  }
}
