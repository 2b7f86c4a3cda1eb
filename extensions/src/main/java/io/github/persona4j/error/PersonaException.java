package io.github.persona4j.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that a call to the API throws when it fails. Catch it to handle any
 * failure alike; catch a subclass to tell them apart.
 *
 * <p>The message is safe to log: it holds no key, no query value and nothing of a body. Instances
 * are immutable apart from what {@link Throwable} allows.
 */
public abstract class PersonaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable FailedCall call;

  PersonaException(String message, @Nullable FailedCall call, @Nullable Throwable cause) {
    super(message, cause);
    this.call = call;
  }

  /** What is known of the call, or null when the failure is not that of one call. */
  public final @Nullable FailedCall call() {
    return call;
  }

  /** How many requests were made; 0 when the failure is not that of a call. */
  public final int attempts() {
    return call == null ? 0 : call.attempts();
  }

  /** How long the client waited before and between the requests. */
  public final Duration waited() {
    return call == null ? Duration.ZERO : call.waited();
  }
}
