package io.github.persona4j.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that a call to the API throws when it fails. Catch it to handle any
 * failure alike; catch a subclass to tell them apart.
 *
 * <p>The message is safe to log: it holds no key, no query value and nothing of a body but titles
 * of errors, and it is one line of limited length. Instances are immutable apart from what {@link
 * Throwable} allows. Serialization drops bodies, headers and the idempotency key, see {@link
 * FailedCall}.
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

  /**
   * The idempotency key under which the call was made, for a POST whose fate is unknown; null when
   * there is none, and in a deserialized copy.
   *
   * <p>Protocol: the API stores the first result of a key for 24 hours at least (an older text says
   * one hour). Within that time the same operation with the same body and {@code
   * RequestOptions.idempotencyKey(key)} is not carried out twice: worth it after a broken
   * connection, a time-out or 429. After 500 to 599 it may be answered with the stored failure;
   * 400, 409 and 422 are stored too, so a corrected request needs a new key.
   */
  public final @Nullable String idempotencyKey() {
    return call == null ? null : call.idempotencyKey();
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
