package io.github.persona4j.testing.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Counts requests in windows of one minute that begin with their first request. Thread-safe. */
public final class RateWindow {
  /**
   * The limit that the headers report if none is set. It is the usual limit of the API and stays
   * unused.
   */
  private static final int REPORTED_IF_UNLIMITED = 300;

  /**
   * A limit and what remains of it.
   *
   * @param limited whether the limit is in force
   */
  public record State(boolean limited, int limit, int remaining, long secondsToReset) {}

  private static final Duration LENGTH = Duration.ofMinutes(1);

  private final int limit;
  private final InstantSource clock;
  private Instant start;
  private int used;

  /** A limit of 0 means no limit. */
  public RateWindow(int limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
    this.start = clock.instant();
  }

  /** Counts a request, or returns false if the limit of the window is reached. */
  public synchronized boolean tryAcquire() {
    if (limit == 0) {
      return true;
    }
    Instant now = advance();
    if (used == 0) {
      start = now;
    }
    if (used >= limit) {
      return false;
    }
    used++;
    return true;
  }

  /** Returns whether the limit is not reached yet. */
  synchronized boolean isOpen() {
    advance();
    return limit == 0 || used < limit;
  }

  /** Returns the current state. */
  synchronized State state() {
    Instant now = advance();
    int reported = limit == 0 ? REPORTED_IF_UNLIMITED : limit;
    Duration remaining = used == 0 ? LENGTH : Duration.between(now, start.plus(LENGTH));
    return new State(limit != 0, reported, reported - used, (remaining.toMillis() + 999) / 1000);
  }

  /**
   * Starts a new window if this one is over, or if the clock was set back, which would otherwise
   * reject requests for too long. Returns the current time.
   */
  private Instant advance() {
    Instant now = clock.instant();
    if (!now.isBefore(start.plus(LENGTH)) || now.isBefore(start)) {
      start = now;
      used = 0;
    }
    return now;
  }
}
