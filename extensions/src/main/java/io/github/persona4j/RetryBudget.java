package io.github.persona4j;

import java.time.Duration;

/** How many retries the calls of a client may spend together; thread-safe. */
final class RetryBudget {
  /** So long it takes until a budget that is used up is whole again. */
  private static final long REFILL_NANOS = Duration.ofMinutes(1).toNanos();

  private static final long EARNING_CALLS = 10;

  private final Time time;

  // Counted in parts of a retry, so many that each nanosecond refills a whole number of them.
  private final long retries;
  private final long most;
  private long left;
  private long refilledAt;

  RetryBudget(int retries, Time time) {
    this.time = time;
    this.retries = retries;
    this.most = retries * REFILL_NANOS;
    this.left = most;
    this.refilledAt = time.nanos();
  }

  /** Takes one retry; false if there is none. */
  synchronized boolean take() {
    refill();
    if (left < REFILL_NANOS) {
      return false;
    }
    left -= REFILL_NANOS;
    return true;
  }

  /** A call succeeded, which is worth a part of a retry. */
  synchronized void earn() {
    if (left < most) {
      left = Math.min(most, left + REFILL_NANOS / EARNING_CALLS);
    }
  }

  private void refill() {
    long now = time.nanos();
    left = Math.min(most, left + Math.min(now - refilledAt, REFILL_NANOS) * retries);
    refilledAt = now;
  }
}
