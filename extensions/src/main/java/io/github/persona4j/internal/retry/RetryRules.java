package io.github.persona4j.internal.retry;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a request is retried. The decision is a pure function of the settings,
 * the attempts so far and the result of the last one.
 */
public final class RetryRules {
  // After a 429 without a specified delay, as Persona recommends.
  private static final Duration RATE_LIMIT_DELAY = Duration.ofSeconds(5);

  /**
   * A retry to make.
   *
   * @param waitNanos the delay before it
   * @param newKey whether it uses a new idempotency key
   * @param takesBudget whether it is taken from the retry budget
   * @param unpooled whether it uses a new connection that serves no other request
   * @param history the history including this retry
   */
  public record Retry(
      long waitNanos, boolean newKey, boolean takesBudget, boolean unpooled, RetryHistory history) {
    // Only a connection failed, so a delay has no purpose.
    private static Retry immediate(boolean unpooled, RetryHistory history) {
      return new Retry(0, false, false, unpooled, history);
    }
  }

  private final RetrySettings settings;

  public RetryRules(RetrySettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the retry after a failed attempt.
   *
   * @param maxRetries the maximum number of retries of the call
   * @param history the history before this retry
   * @param random from 0 to 1, spreads the delays of calls that failed together
   * @return null if the request is not retried
   */
  public @Nullable Retry next(
      RetrySafety safety,
      int maxRetries,
      RetryHistory history,
      AttemptResult result,
      double random) {
    if (result instanceof AttemptResult.SurplusBytes surplus
        && !history.surplusBytes()
        && (!surplus.requestSent() || isRepeatable(safety))) {
      // An attempt with a redirect can find such bytes on each new connection, so only the first
      // of these retries is free.
      return Retry.immediate(true, history.afterSurplusBytes());
    }
    if (result instanceof AttemptResult.ForeignResponse) {
      // There is one such retry. A second DELETE might not find the deleted resource.
      return !history.foreignResponse() && isSafeWithKey(safety) && safety != RetrySafety.DELETE
          ? Retry.immediate(true, history.afterForeignResponse())
          : null;
    }
    if (result instanceof AttemptResult.RejectedToken) {
      // Nothing was executed, so any request whose body can be sent twice is retried.
      return !history.rejectedToken() && safety != RetrySafety.ONE_SHOT
          ? Retry.immediate(false, history.afterRejectedToken())
          : null;
    }
    if (history.retries() >= maxRetries) {
      return null;
    }
    if (result instanceof AttemptResult.UnrequestedTimeout) {
      return isRepeatable(safety) ? afterStaleConnection(history) : null;
    }
    if (result instanceof AttemptResult.Failed failed) {
      return afterFailure(safety, history, failed, random);
    }
    if (result instanceof AttemptResult.SurplusBytes surplus) {
      AttemptResult.Failed failed =
          new AttemptResult.Failed(surplus.requestSent(), /* lasting= */ false, false);
      return afterFailure(safety, history, failed, random);
    }
    return result instanceof AttemptResult.Refused refused
        ? afterRefusal(safety, history, refused, random)
        : null;
  }

  private @Nullable Retry afterFailure(
      RetrySafety safety, RetryHistory history, AttemptResult.Failed failed, double random) {
    if (failed.lasting() || (failed.requestSent() && !isRepeatable(safety))) {
      return null;
    }
    return failed.staleConnection()
        ? afterStaleConnection(history)
        : afterWait(backoff(settings.initialDelay(), history, random), false, history);
  }

  // The next pooled connection can be stale too. After that the pool is not used.
  private static Retry afterStaleConnection(RetryHistory history) {
    return Retry.immediate(history.staleConnections() > 0, history.afterStaleConnection());
  }

  private @Nullable Retry afterRefusal(
      RetrySafety safety, RetryHistory history, AttemptResult.Refused refused, double random) {
    int status = refused.status();
    if (status < 400 || !isRetried(safety, refused)) {
      return null;
    }
    boolean newKey = safety == RetrySafety.KEYED && status != 429 && needsNewKey(status);
    Duration delay = specifiedDelay(refused);
    if (delay == null) {
      Duration first = settings.initialDelay();
      if (status == 429 && first.compareTo(RATE_LIMIT_DELAY) < 0) {
        first = RATE_LIMIT_DELAY;
      }
      return afterWait(backoff(first, history, random), newKey, history);
    }
    if (delay.compareTo(settings.maxServerDelay()) > 0) {
      return null;
    }
    // Spreads the retries of callers that got the same delay.
    long spread = (long) (random * (double) settings.initialDelay().toNanos());
    return afterWait(delay.toNanos() + spread, newKey, history);
  }

  private boolean isRetried(RetrySafety safety, AttemptResult.Refused refused) {
    int status = refused.status();
    if (status == 409) {
      return settings.staleObjects()
          && safety != RetrySafety.KEYED_BY_CALLER
          && safety != RetrySafety.UNKEYED
          && safety != RetrySafety.ONE_SHOT
          && refused.staleObject().getAsBoolean();
    }
    return switch (safety) {
      case READ, DELETE -> isTransient(status);
      case PATCH -> isTransient(status) && settings.patches();
      case KEYED, KEYED_BY_CALLER ->
          status == 429
              || (isServerError(status)
                  && switch (settings.postAfterServerError()) {
                    case STOP -> false;
                    case SAME_KEY -> true;
                    case FRESH_KEY -> safety == RetrySafety.KEYED;
                  });
      case UNKEYED, ONE_SHOT -> false;
    };
  }

  // The API stores a conflict for its key. After a server error the policy decides.
  private boolean needsNewKey(int status) {
    return status == 409
        || settings.postAfterServerError() == RetrySettings.PostAfterServerError.FRESH_KEY;
  }

  private static Retry afterWait(long nanos, boolean newKey, RetryHistory history) {
    return new Retry(nanos, newKey, true, false, history.afterRetry());
  }

  /** Exponential backoff with full jitter: a random delay between zero and the bound. */
  private long backoff(Duration first, RetryHistory history, double random) {
    double bound = (double) first.toNanos() * Math.pow(2, history.retries());
    return (long) (random * Math.min((double) settings.maxDelay().toNanos(), bound));
  }

  private boolean isRepeatable(RetrySafety safety) {
    return isSafeWithKey(safety) || (safety == RetrySafety.PATCH && settings.patches());
  }

  private static boolean isSafeWithKey(RetrySafety safety) {
    return switch (safety) {
      case READ, DELETE, KEYED, KEYED_BY_CALLER -> true;
      case PATCH, UNKEYED, ONE_SHOT -> false;
    };
  }

  private static boolean isTransient(int status) {
    return switch (status) {
      case 408, 429, 502, 503, 504 -> true;
      default -> false;
    };
  }

  private static boolean isServerError(int status) {
    return status >= 500 && status < 600;
  }

  /** The delay that the server specifies; null if it specifies none. */
  private static @Nullable Duration specifiedDelay(AttemptResult.Refused refused) {
    if (refused.retryAfter() != null || refused.status() != 429) {
      return refused.retryAfter();
    }
    RateLimits limits = refused.limits();
    Duration rate = reset(limits.remaining(), limits.resetSeconds());
    Duration quota = reset(limits.quotaRemaining(), limits.quotaResetSeconds());
    if (rate == null || quota == null) {
      return rate == null ? quota : rate;
    }
    // A quota without a remaining number is not assumed to be exhausted.
    return limits.quotaRemaining() == null || rate.compareTo(quota) > 0 ? rate : quota;
  }

  // A limit with remaining requests is not the reason of the refusal.
  private static @Nullable Duration reset(@Nullable Long remaining, @Nullable Long seconds) {
    return seconds == null || (remaining != null && remaining > 0)
        ? null
        : Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE));
  }
}
