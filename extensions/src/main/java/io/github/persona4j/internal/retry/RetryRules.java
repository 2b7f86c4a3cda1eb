package io.github.persona4j.internal.retry;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a request is sent again: a function of the settings, the attempts so far
 * and the result of the last one. It sends nothing, waits for nothing and changes nothing.
 */
public final class RetryRules {
  // After a 429 that names no time, as the vendor advises.
  private static final Duration RATE_LIMIT_DELAY = Duration.ofSeconds(5);

  /**
   * Send the request again.
   *
   * @param waitNanos how long to wait before
   * @param freshKey whether with a new idempotency key
   * @param takesBudget whether it is taken from the retry budget
   * @param unpooled whether over a new connection that serves nothing else
   * @param history the attempts including this one
   */
  public record Retry(
      long waitNanos,
      boolean freshKey,
      boolean takesBudget,
      boolean unpooled,
      RetryHistory history) {
    // Only a connection was at fault, so nothing is gained by waiting.
    private static Retry atOnce(boolean unpooled, RetryHistory history) {
      return new Retry(0, false, false, unpooled, history);
    }
  }

  private final RetrySettings settings;

  public RetryRules(RetrySettings settings) {
    this.settings = settings;
  }

  /**
   * The retry after an attempt that failed.
   *
   * @param maxRetries how many retries the call may have
   * @param history the attempts before
   * @param random from 0 to 1, spreads the waits of calls that failed together
   * @return null to give up
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
      // An attempt with a redirect meets the bytes again on each new connection, so this is free
      // only once.
      return Retry.atOnce(true, history.afterSurplusBytes());
    }
    if (result instanceof AttemptResult.ForeignResponse) {
      // Any number of them counts once; a second DELETE might not find what the first one deleted.
      return !history.foreignResponse() && isSafeWithKey(safety) && safety != RetrySafety.DELETE
          ? Retry.atOnce(true, history.afterForeignResponse())
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

  // The next pooled connection can have died too; then no more of them are tried.
  private static Retry afterStaleConnection(RetryHistory history) {
    return Retry.atOnce(history.staleConnections() > 0, history.afterStaleConnection());
  }

  private @Nullable Retry afterRefusal(
      RetrySafety safety, RetryHistory history, AttemptResult.Refused refused, double random) {
    int status = refused.status();
    if (status < 400 || !isRetried(safety, refused)) {
      return null;
    }
    boolean freshKey = safety == RetrySafety.KEYED && status != 429 && needsFreshKey(status);
    Duration asked = askedFor(refused);
    if (asked == null) {
      Duration first = settings.initialDelay();
      if (status == 429 && first.compareTo(RATE_LIMIT_DELAY) < 0) {
        first = RATE_LIMIT_DELAY;
      }
      return afterWait(backoff(first, history, random), freshKey, history);
    }
    if (asked.compareTo(settings.maxServerDelay()) > 0) {
      return null;
    }
    // Callers that were given the same time should not all return at it.
    long spread = (long) (random * (double) settings.initialDelay().toNanos());
    return afterWait(asked.toNanos() + spread, freshKey, history);
  }

  private boolean isRetried(RetrySafety safety, AttemptResult.Refused refused) {
    int status = refused.status();
    if (status == 409) {
      return settings.staleObjects()
          && safety != RetrySafety.KEYED_BY_CALLER
          && safety != RetrySafety.UNSAFE
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
      case UNSAFE -> false;
    };
  }

  // A conflict is stored under its key; after a server error the policy decides.
  private boolean needsFreshKey(int status) {
    return status == 409
        || settings.postAfterServerError() == RetrySettings.PostAfterServerError.FRESH_KEY;
  }

  private static Retry afterWait(long nanos, boolean freshKey, RetryHistory history) {
    return new Retry(nanos, freshKey, true, false, history.afterRetry());
  }

  /** Exponential backoff with full jitter: a random time between nothing and the bound. */
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
      case PATCH, UNSAFE -> false;
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

  /** How long the server asks to wait; null if it does not say. */
  private static @Nullable Duration askedFor(AttemptResult.Refused refused) {
    if (refused.retryAfter() != null || refused.status() != 429) {
      return refused.retryAfter();
    }
    RateLimits limits = refused.limits();
    Duration rate = reset(limits.remaining(), limits.resetSeconds());
    Duration quota = reset(limits.quotaRemaining(), limits.quotaResetSeconds());
    if (rate == null || quota == null) {
      return rate == null ? quota : rate;
    }
    // A quota that does not say that it is used up is not the one that refused.
    return limits.quotaRemaining() == null || rate.compareTo(quota) > 0 ? rate : quota;
  }

  // A limit with requests remaining is not the one that refused.
  private static @Nullable Duration reset(@Nullable Long remaining, @Nullable Long seconds) {
    return seconds == null || (remaining != null && remaining > 0)
        ? null
        : Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE));
  }
}
