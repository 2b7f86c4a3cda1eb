package io.github.persona4j.waiter;

import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.retry.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pace of all retrievals of a client's waits: at most half of its rate limit, so that many
 * waits leave room for other calls. Thread-safe.
 */
final class Pace {
  // The default of production environments.
  private static final long DEFAULT_LIMIT = 300;

  private final TimeSource time;
  private final Supplier<RateLimits> limits;

  private @Nullable Long nextFree; // guarded by this object

  /**
   * A pace.
   *
   * @param limits returns the rate limits that the last responses reported
   */
  Pace(TimeSource time, Supplier<RateLimits> limits) {
    this.time = time;
    this.limits = limits;
  }

  /** Takes the next free time for a retrieval, and returns how far it is in nanoseconds. */
  synchronized long take() {
    Long reported = limits.get().limit();
    long limit = reported == null || reported < 2 ? DEFAULT_LIMIT : reported;
    long now = time.nanos();
    long free = nextFree == null || nextFree - now < 0 ? now : nextFree;
    nextFree = free + TimeUnit.MINUTES.toNanos(1) / (limit / 2);
    return free - now;
  }
}
