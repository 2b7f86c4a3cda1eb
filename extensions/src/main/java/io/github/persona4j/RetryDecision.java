package io.github.persona4j;

import io.github.persona4j.error.ConnectionFailure;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.ErrorObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a request is sent again. Knows the policy and what happened, and does
 * nothing itself.
 */
final class RetryDecision {
  /** How a request may be repeated. */
  enum Kind {
    /** As often as one likes. */
    SAFE,
    /** Under the idempotency key that it carries, made by the client. */
    KEYED,
    /** Under the idempotency key that it carries, chosen by the caller. */
    KEYED_BY_CALLER,
    /** A PATCH: only if it certainly never arrived, or by policy. */
    PATCH,
    /** Only if it certainly never arrived, or never left where its body can be read only once. */
    UNSAFE
  }

  /**
   * Send it again, after this time.
   *
   * @param costs whether it is taken from the budget
   * @param unpooled whether over a connection that serves nothing else
   */
  record Repeat(long waitNanos, boolean freshKey, boolean costs, boolean unpooled) {
    Repeat(long waitNanos, boolean freshKey) {
      this(waitNanos, freshKey, true, false);
    }

    /** At once, since only a connection was at fault. */
    static Repeat free(boolean unpooled) {
      return new Repeat(0, false, false, unpooled);
    }

    /**
     * At once, since a connection had died while it was idle. The next one can have done so too;
     * then no more of them are tried.
     *
     * @param stale how many such connections the call has met
     */
    static Repeat afterStale(int stale) {
      return free(stale > 1);
    }
  }

  private static final long VENDOR_DELAY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int MAX_ERROR_TEXT = 64 * 1024;

  private final RetryPolicy policy;
  private final Time time;

  RetryDecision(RetryPolicy policy, Time time) {
    this.policy = policy;
    this.time = time;
  }

  /**
   * After a failure below HTTP.
   *
   * @param retries how often this call was repeated already
   * @param left whether the request began to be sent
   * @param stale how many connections that had died before the call has met, this one with it; 0 if
   *     this one had not, so that the failure may be the server's
   * @return null to stop
   */
  @Nullable Repeat afterFailure(
      Kind kind, int retries, int maxRetries, IOException failure, boolean left, int stale) {
    if (retries >= maxRetries || isLasting(failure)) {
      return null;
    }
    boolean may =
        !left
            || switch (kind) {
              case SAFE, KEYED, KEYED_BY_CALLER -> true;
              case PATCH -> policy.patches();
              case UNSAFE -> false;
            };
    if (!may) {
      return null;
    }
    return stale > 0
        ? Repeat.afterStale(stale)
        : new Repeat(backoff(policy.initialDelay().toNanos(), retries), false);
  }

  /**
   * After a response that belongs to another request, so that none came to this one. Once more is
   * safe for what changes nothing and for what has a key; a second DELETE might not find what the
   * first one deleted.
   *
   * @param method the method of HTTP
   * @return null to stop
   */
  static @Nullable Repeat afterForeignResponse(Kind kind, String method) {
    boolean may =
        switch (kind) {
          case SAFE -> !method.equals("DELETE");
          case KEYED, KEYED_BY_CALLER -> true;
          case PATCH, UNSAFE -> false;
        };
    return may ? Repeat.free(true) : null;
  }

  /**
   * After a 408 that a server sent before the request: it had waited long enough for one.
   *
   * @param stale how many such connections the call has met, this one with it
   * @return null to stop
   */
  @Nullable Repeat afterUnrequestedTimeout(Kind kind, int retries, int maxRetries, int stale) {
    boolean may =
        switch (kind) {
          case SAFE, KEYED, KEYED_BY_CALLER -> true;
          case PATCH -> policy.patches();
          case UNSAFE -> false;
        };
    return may && retries < maxRetries ? Repeat.afterStale(stale) : null;
  }

  /**
   * After an answer with an error status, whose body is in memory.
   *
   * @param retries how often this call was repeated already
   * @return null to stop
   */
  @Nullable Repeat afterAnswer(Kind kind, int retries, int maxRetries, Response answer) {
    int status = answer.code();
    if (retries >= maxRetries || status < 400 || kind == Kind.UNSAFE) {
      return null;
    }
    boolean freshKey = false;
    if (status == 409) {
      if (!policy.staleObjects() || kind == Kind.KEYED_BY_CALLER || !isStaleObject(answer)) {
        return null;
      }
      // The refusal is stored under the key.
      freshKey = kind == Kind.KEYED;
    } else if (kind == Kind.KEYED || kind == Kind.KEYED_BY_CALLER) {
      if (status >= 500 && status < 600) {
        switch (policy.postAfterServerError()) {
          case STOP -> {
            return null;
          }
          case SAME_KEY -> {}
          case FRESH_KEY -> {
            if (kind == Kind.KEYED_BY_CALLER) {
              return null;
            }
            freshKey = true;
          }
        }
      } else if (status != 429) {
        return null;
      }
    } else if (!isPassing(status) || (kind == Kind.PATCH && !policy.patches())) {
      return null;
    }
    Long asked = askedFor(answer);
    long initial = policy.initialDelay().toNanos();
    if (asked == null) {
      long first = status == 429 ? Math.max(initial, VENDOR_DELAY_NANOS) : initial;
      return new Repeat(backoff(first, retries), freshKey);
    }
    if (asked > policy.maxServerDelay().toNanos()) {
      return null;
    }
    // Those who were told the same moment should not all come at it.
    return new Repeat(asked + (long) (time.random() * (double) initial), freshKey);
  }

  // Full jitter: anything between nothing and the bound.
  private long backoff(long first, int retries) {
    double bound =
        Math.min((double) policy.maxDelay().toNanos(), (double) first * Math.pow(2, retries));
    return (long) (time.random() * bound);
  }

  private static boolean isPassing(int status) {
    return switch (status) {
      case 408, 429, 502, 503, 504 -> true;
      default -> false;
    };
  }

  // Failures that the next attempt would meet again, or that mean "stop".
  private static boolean isLasting(IOException failure) {
    return failure instanceof CallFault
        || failure instanceof FileNotFoundException
        || failure instanceof FileSystemException
        || failure instanceof DecodedBody.UnreadableException
        || ConnectionFailure.isLasting(failure);
  }

  /** How long the server asks to wait, in nanoseconds; null when it does not say. */
  private @Nullable Long askedFor(Response answer) {
    String retryAfter = answer.header("Retry-After");
    if (retryAfter != null) {
      Long nanos = retryAfter(retryAfter.trim(), answer);
      if (nanos != null) {
        return nanos;
      }
    }
    if (answer.code() != 429) {
      return null;
    }
    RateLimits limits = RateLimits.of(answer.headers());
    Long rate = reset(limits.remaining(), limits.resetSeconds());
    Long quota = reset(limits.quotaRemaining(), limits.quotaResetSeconds());
    if (rate == null || quota == null) {
      return rate == null ? quota : rate;
    }
    // A quota that does not say that it is used up is not the one that refused.
    return limits.quotaRemaining() == null ? rate : Long.valueOf(Math.max(rate, quota));
  }

  // A limit with something left is not the one that refused.
  private static @Nullable Long reset(@Nullable Long remaining, @Nullable Long seconds) {
    return seconds == null || (remaining != null && remaining > 0) ? null : nanos(seconds);
  }

  private @Nullable Long retryAfter(String text, Response answer) {
    if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return text.length() > 9 ? Long.MAX_VALUE : nanos(Long.parseLong(text));
    }
    Instant then = date(text);
    if (then == null) {
      return null;
    }
    // By the server's own clock where it shows it; ours may be wrong.
    String dated = answer.header("Date");
    Instant sent = dated == null ? null : date(dated);
    Duration wait = Duration.between(sent == null ? time.now() : sent, then);
    return wait.isNegative() ? 0L : nanos(wait.toSeconds());
  }

  private static @Nullable Instant date(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static long nanos(long seconds) {
    return seconds > Integer.MAX_VALUE ? Long.MAX_VALUE : seconds * 1_000_000_000L;
  }

  private static boolean isStaleObject(Response answer) {
    List<ErrorObject> errors;
    try {
      errors = ErrorDocument.fromJson(answer.peekBody(MAX_ERROR_TEXT).string()).errors();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return false; // a conflict that does not say so is another one
    }
    for (int i = 0; i < errors.size(); i++) {
      if (isStaleObject(errors, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isStaleObject(List<ErrorObject> errors, int index) {
    try {
      ErrorObject error = errors.get(index);
      return error != null && "Stale object error".equals(error.title());
    } catch (RuntimeException | StackOverflowError e) {
      return false; // one entry that is no object must not hide the others
    }
  }
}
