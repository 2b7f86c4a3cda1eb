package io.github.persona4j.internal.retry;

import java.time.Duration;

/** The number of retries that the calls of a client share. Thread-safe. */
public final class RetryBudget {
  /** The time in which an empty budget is refilled. */
  private static final long REFILL_NANOS = Duration.ofMinutes(1).toNanos();

  private static final long EARNING_CALLS = 10;

  private final TimeSource time;

  // The unit is a fraction of a retry, so that each nanosecond adds a whole number.
  private final long retries;
  private final long capacity;
  private long remaining;
  private long refilledAt;

  public RetryBudget(int retries, TimeSource time) {
    this.time = time;
    this.retries = retries;
    this.capacity = retries * REFILL_NANOS;
    this.remaining = capacity;
    this.refilledAt = time.nanos();
  }

  /** Takes one retry. Returns false if the budget is exhausted. */
  public synchronized boolean take() {
    refill();
    if (remaining < REFILL_NANOS) {
      return false;
    }
    remaining -= REFILL_NANOS;
    return true;
  }

  /** Adds a part of a retry after a successful call. */
  public synchronized void earn() {
    if (remaining < capacity) {
      remaining = Math.min(capacity, remaining + REFILL_NANOS / EARNING_CALLS);
    }
  }

  private void refill() {
    long now = time.nanos();
    remaining = Math.min(capacity, remaining + Math.min(now - refilledAt, REFILL_NANOS) * retries);
    refilledAt = now;
  }
}
