package io.github.persona4j.webhook;

import java.time.Duration;
import java.util.Objects;

/** Checks how long claims last. */
final class Leases {
  private static final long MAX_DAYS = 7;

  private Leases() {}

  /**
   * Returns a lease in milliseconds.
   *
   * @throws IllegalArgumentException if it is shorter than one second or longer than seven days
   */
  static long millis(Duration lease) {
    Objects.requireNonNull(lease, "lease");
    if (lease.compareTo(Duration.ofSeconds(1)) < 0
        || lease.compareTo(Duration.ofDays(MAX_DAYS)) > 0) {
      throw new IllegalArgumentException("lease: must be from one second to seven days");
    }
    return lease.toMillis();
  }
}
