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
 *
 * <p>A call can have several attempts. The exception shows the last one; the failures of the first
 * eight before it are its {@linkplain #getSuppressed suppressed exceptions}, each of which shows
 * one attempt alone.
 */
public abstract class PersonaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable FailedCall call;

  PersonaException(String message, @Nullable FailedCall call, @Nullable Throwable cause) {
    super(withEarlierAttempts(message, call), cause);
    this.call = call;
  }

  private static String withEarlierAttempts(String message, @Nullable FailedCall call) {
    return call == null || !call.earlierMayHaveBeenExecuted()
        ? message
        : message + "; an earlier attempt may have been executed";
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

  /**
   * Whether the API may have carried out the operation although the call failed.
   *
   * <p>True if at least one attempt may have reached the API and was not refused: the connection
   * broke or time ran out after the request began to be sent; or the response had the status 408,
   * one from 500 to 599, or one below 400 and could not be used. A later attempt that is refused,
   * or that finds no connection, does not change this.
   *
   * <p>False if every attempt was refused with another status from 400 to 499 or ended before its
   * request began to be sent. Always false for GET and HEAD, which change nothing, for an upload
   * whose file could not be read to its end, and for a failure that is not that of a call.
   *
   * <p>A refusal is taken for that of this call. On an HTTP/1.1 connection whose responses are
   * shifted by surplus bytes it can be that of an earlier one: a 404 to a DELETE does not show
   * which resource it is about.
   *
   * <p>If it is true, find out what the API did before the operation is requested again, or repeat
   * a POST under its {@link #idempotencyKey()}.
   */
  public final boolean mayHaveBeenExecuted() {
    return call != null && call.mayHaveBeenExecuted();
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
