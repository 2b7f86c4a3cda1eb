package io.github.persona4j.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Counts requests in windows of a minute that begin with their first request. Thread-safe. */
final class RateWindow {
  /**
   * What the headers say when no limit is set: the vendor's usual limit, of which nothing is ever
   * used up.
   */
  private static final int UNLIMITED_SHOWN_AS = 300;

  private static final Duration LENGTH = Duration.ofMinutes(1);

  private final int limit;
  private final InstantSource clock;
  private Instant start;
  private int used;

  /** A limit of 0 means none. */
  RateWindow(int limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
    this.start = clock.instant();
  }

  /** Counts one request; false when the window has no room for it. */
  synchronized boolean take() {
    if (limit == 0) {
      return true;
    }
    Instant now = turn();
    if (used == 0) {
      start = now;
    }
    if (used >= limit) {
      return false;
    }
    used++;
    return true;
  }

  /** The three headers as they stand now. */
  synchronized Map<String, String> headers() {
    Instant now = turn();
    int shown = limit == 0 ? UNLIMITED_SHOWN_AS : limit;
    Duration left = used == 0 ? LENGTH : Duration.between(now, start.plus(LENGTH));
    return Map.of(
        "RateLimit-Limit", Integer.toString(shown),
        "RateLimit-Remaining", Integer.toString(shown - used),
        "RateLimit-Reset", Long.toString((left.toMillis() + 999) / 1000));
  }

  /** Opens a new window when this one is over; a clock set back must not lock callers out. */
  private Instant turn() {
    Instant now = clock.instant();
    if (!now.isBefore(start.plus(LENGTH)) || now.isBefore(start)) {
      start = now;
      used = 0;
    }
    return now;
  }
}
