package io.github.persona4j.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The base class of the exceptions that a failed call throws. Catch it to handle all failures
 * alike, or catch its subclasses.
 *
 * <p>The message is safe to log. It contains no key, no query value, and nothing of a body except
 * the codes and pointers of errors, where they are plain names. {@code
 * PersonaClientBuilder.errorDetailsInMessages(true)} adds the titles and details of errors, which
 * may contain personal data. It is one line of limited length. Serialization drops bodies, headers
 * and the idempotency key; see {@link FailedCall}.
 *
 * <p>A call can have several attempts. The exception describes the last one. The failures of
 * earlier attempts, up to the first eight, are its {@linkplain #getSuppressed suppressed
 * exceptions}.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#errors -->
 *
 * <pre>{@code
 * try {
 *   Inquiry inquiry = persona.inquiries().retrieve(id).data();
 *   show(inquiry);
 * } catch (NotFoundException e) {
 *   show("no such inquiry");
 * } catch (RateLimitException e) {
 *   Long seconds = e.rateLimits().resetSeconds(); // null if the response does not have it
 *   show("rate limit exceeded, resets in " + (seconds == null ? "a while" : seconds + " s"));
 * } catch (PersonaApiException e) {
 *   show("failed: " + e.status() + ", request " + e.requestId());
 * } catch (PersonaConnectionException e) {
 *   show("no response: " + e.getMessage());
 * }
 * }</pre>
 */
public abstract class PersonaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable FailedCall call;
  private final String outcome;

  PersonaException(String message, @Nullable FailedCall call, @Nullable Throwable cause) {
    super(withExecution(message, call), cause);
    this.call = call;
    this.outcome = message;
  }

  /** The message without whether the call may have been executed. */
  final String outcome() {
    return outcome;
  }

  private static String withExecution(String message, @Nullable FailedCall call) {
    if (call == null || !call.mayHaveBeenExecuted()) {
      return message;
    }
    return message
        + (call.earlierMayHaveBeenExecuted()
            ? "; an earlier attempt may have been executed"
            : "; the call may have been executed");
  }

  /** The call that failed; null if the exception is not for one call. */
  public final @Nullable FailedCall call() {
    return call;
  }

  /**
   * The idempotency key of the call, with which a POST of unknown outcome can be retried. Null if
   * there is none, and in a deserialized copy.
   *
   * <p>Protocol: the API stores the first result of a key for at least 24 hours (an older page
   * states one hour). Within that time, the same operation with the same body and {@code
   * RequestOptions.idempotencyKey(key)} is not executed twice. Use it to retry after a connection
   * failure, a timeout or a 429. After a status of 500 to 599 the API may return the stored
   * failure. It also stores 400, 409 and 422, so a corrected request needs a new key.
   */
  public final @Nullable String idempotencyKey() {
    return call == null ? null : call.idempotencyKey();
  }

  /**
   * Returns whether the API may have executed the operation although the call failed.
   *
   * <p>True if at least one attempt may have reached the API and was not refused. That is the case
   * if the connection broke or a timeout expired after the client began to send the request, if the
   * response had a status of 408 or of 500 to 599, or if a response with a status below 400 was
   * invalid. A later attempt that is refused or does not connect does not change this.
   *
   * <p>False if every attempt was refused with another status from 400 to 499, or ended before the
   * client began to send its request. Always false for GET and HEAD, for an upload whose file could
   * not be read completely, and for an exception that is not for a call.
   *
   * <p>A refusal is assumed to belong to this call. On an HTTP/1.1 connection with surplus bytes it
   * can belong to an earlier call, because a 404 to a DELETE does not name a resource.
   *
   * <p>If true, find out what the API did before you request the operation again, or retry a POST
   * with its {@link #idempotencyKey()}.
   */
  public final boolean mayHaveBeenExecuted() {
    return call != null && call.mayHaveBeenExecuted();
  }

  /** The number of requests made; 0 if the exception is not for a call. */
  public final int attempts() {
    return call == null ? 0 : call.attempts();
  }

  /** The time that the client waited before and between the requests. */
  public final Duration waited() {
    return call == null ? Duration.ZERO : call.waited();
  }
}
