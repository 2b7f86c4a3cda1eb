package io.github.persona4j.internal.retry;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How an attempt failed. */
public sealed interface AttemptResult {
  /**
   * No response came.
   *
   * @param requestSent whether the request began to be sent
   * @param lasting whether another attempt would fail in the same way
   * @param staleConnection whether the connection had been closed while it was idle
   */
  record Failed(boolean requestSent, boolean lasting, boolean staleConnection)
      implements AttemptResult {}

  /**
   * The connection held surplus bytes, so the request was not sent over it.
   *
   * @param requestSent whether an earlier request of the attempt was sent, such as the one that led
   *     to a redirect
   */
  record SurplusBytes(boolean requestSent) implements AttemptResult {}

  /** The response belongs to another request. */
  record ForeignResponse() implements AttemptResult {}

  /** The server closed an idle connection with a 408, before it received the request. */
  record UnrequestedTimeout() implements AttemptResult {}

  /** The API refused the token of the client's credentials. */
  record RejectedToken() implements AttemptResult {}

  /**
   * The response has an error status.
   *
   * @param retryAfter the delay that the server specifies; null for none
   * @param limits the rate limits of the response
   * @param staleObject whether the error reports a concurrent change of the object; evaluated for
   *     409
   */
  record Refused(
      int status, @Nullable Duration retryAfter, RateLimits limits, BooleanSupplier staleObject)
      implements AttemptResult {}
}
