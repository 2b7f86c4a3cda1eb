package io.github.persona4j.waiter;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The settings of a wait.
 *
 * @param timeout after which it fails
 * @param firstInterval the first interval between two retrievals
 * @param maxInterval the longest one
 * @param notFound how long a 404 is tolerated for a resource that was just created
 * @param onProgress is invoked after each retrieval
 */
record WaitSettings(
    Duration timeout,
    Duration firstInterval,
    Duration maxInterval,
    Duration notFound,
    Consumer<WaitProgress> onProgress) {
  static final WaitSettings DEFAULT =
      new WaitSettings(
          Duration.ofMinutes(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          progress -> {});

  private static final Duration MAX = Duration.ofDays(30);

  /**
   * Checks a time.
   *
   * @throws IllegalArgumentException if it is negative or longer than 30 days
   */
  static Duration check(String name, Duration time) {
    if (Objects.requireNonNull(time, name).isNegative() || time.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(name + ": must be from zero to 30 days");
    }
    return time;
  }
}
