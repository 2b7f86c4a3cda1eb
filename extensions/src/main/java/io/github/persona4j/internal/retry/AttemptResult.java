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
   * @param lasting whether another attempt would certainly fail alike
   * @param staleConnection whether the connection had died while it was idle
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

  /** The server had given up an idle connection, and said so with a 408 before the request. */
  record UnrequestedTimeout() implements AttemptResult {}

  /**
   * The response has an error status.
   *
   * @param retryAfter how long the server asks to wait; null if it does not say
   * @param limits the rate limits of the response
   * @param staleObject whether the error says that the object was changed meanwhile; asked for 409
   */
  record Refused(
      int status, @Nullable Duration retryAfter, RateLimits limits, BooleanSupplier staleObject)
      implements AttemptResult {}
}
