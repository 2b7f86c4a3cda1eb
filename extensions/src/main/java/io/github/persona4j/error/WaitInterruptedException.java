package io.github.persona4j.error;

import java.util.Objects;

/**
 * The thread was interrupted while it waited for a result, and is still interrupted. Nothing is
 * known of the result.
 */
public final class WaitInterruptedException extends PersonaException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was waited for, without personal values
   */
  public WaitInterruptedException(String message) {
    super(Objects.requireNonNull(message, "message"), null, null);
  }
}
