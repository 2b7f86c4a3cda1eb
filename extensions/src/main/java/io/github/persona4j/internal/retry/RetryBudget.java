package io.github.persona4j.internal.retry;

import java.time.Duration;

/** The retries that the calls of a client may spend together. Thread-safe. */
public final class RetryBudget {
  /** How long it takes to refill an empty budget. */
  private static final long REFILL_NANOS = Duration.ofMinutes(1).toNanos();

  private static final long EARNING_CALLS = 10;

  private final TimeSource time;

  // In fractions of a retry, so that each nanosecond refills a whole number of them.
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

  /** Takes one retry; false if there is none. */
  public synchronized boolean take() {
    refill();
    if (remaining < REFILL_NANOS) {
      return false;
    }
    remaining -= REFILL_NANOS;
    return true;
  }

  /** A call succeeded, which earns a part of a retry. */
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
