package io.github.persona4j.internal.retry;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * The state of one rate limit in its current window. A key and its environment can have separate
 * limits. A request counts against both, and a response reports the one that is closer to being
 * reached (protocol: "rate limiting"). A limit is identified by its value.
 *
 * <p>Requests overlap, so reports can arrive out of order. Every sent request and every received
 * response gets the next number of a common order, by which reports are compared.
 *
 * <p>Not thread-safe; {@link RateLimiter} guards it.
 */
final class RateWindow {
  /** The reset is reported in whole seconds, and the rounding mode is unknown. */
  static final long ROUNDING_NANOS = Duration.ofSeconds(1).toNanos();

  private final long limit;

  // By the newest report.
  private long remaining;
  private long reportedAt;

  // When the request of the last report was sent that raised the remaining number.
  private long raisedAt;

  // The orders of requests that may have been counted since that report.
  private final ArrayDeque<Long> unreported = new ArrayDeque<>();

  // The window ends between these times. Only the later one is treated as its end.
  private long earliestEnd;
  private long end;

  private long length;
  private long startedAt;
  private boolean assumed;
  private boolean low;

  /**
   * Creates the window of a first report.
   *
   * @param order the order of the report
   */
  RateWindow(long limit, long remaining, Reset reset, long order) {
    this.limit = limit;
    start(remaining, reset, order);
  }

  /**
   * The end of a window by one report of the remaining seconds.
   *
   * @param earliest the earliest time, counted from the sending of the request
   * @param latest the latest time, counted from the receipt of the response
   */
  record Reset(long seconds, long earliest, long latest) {
    static Reset of(long seconds, long sentAt, long now) {
      long bounded = Math.min(seconds, Duration.ofDays(1).toSeconds());
      long nanos = bounded * 1_000_000_000L;
      return new Reset(bounded, sentAt + nanos - ROUNDING_NANOS, now + nanos + ROUNDING_NANOS);
    }
  }

  private void start(long remaining, Reset reset, long order) {
    this.remaining = remaining;
    this.reportedAt = order;
    this.raisedAt = 0;
    this.unreported.clear();
    this.earliestEnd = reset.earliest;
    this.end = reset.latest;
    this.length = Math.max(length, reset.seconds * 1_000_000_000L);
    this.startedAt = order;
    this.assumed = false;
  }

  /**
   * Applies a report of this limit, unless it is outdated.
   *
   * @param sentOrder the order of the request
   * @param order the order of the response
   * @return whether the report was applied
   */
  boolean report(long remaining, Reset reset, long sentOrder, long order) {
    boolean sentInThisWindow = sentOrder > startedAt;
    if (reset.earliest - end > 0
        || (sentInThisWindow && (assumed || earliestEnd - reset.latest > 0))) {
      // The report is about a new window.
      low = low && remaining <= this.remaining;
      start(remaining, reset, order);
      return true;
    }
    if (earliestEnd - reset.latest > 0) {
      return false; // the report is about an earlier window
    }
    if (!assumed) {
      earliestEnd = Math.max(earliestEnd, reset.earliest);
      end = Math.min(end, reset.latest);
    }
    // Of overlapping reports the lower one is newer, because the remaining number decreases.
    if (sentOrder < (remaining > this.remaining ? reportedAt : raisedAt)) {
      return false;
    }
    apply(remaining, sentOrder, order);
    return true;
  }

  /** Applies a lower bound of the remaining number, which the report of another limit implies. */
  void atLeast(long least, long sentOrder, long order) {
    if (sentOrder > reportedAt && remaining() < least) {
      apply(Math.min(least, limit), sentOrder, order);
    }
  }

  private void apply(long remaining, long sentOrder, long order) {
    if (remaining != this.remaining) {
      raisedAt = remaining > this.remaining ? sentOrder : raisedAt;
      reportedAt = order;
      this.remaining = remaining;
    }
    // The report includes requests that ended before its own request was sent.
    while (!unreported.isEmpty() && unreported.peekFirst() < sentOrder) {
      unreported.removeFirst();
    }
  }

  /** Adds a request that may have been counted and has ended without a report of this limit. */
  void addUnreported(long order) {
    unreported.addLast(order);
  }

  boolean isOver(long now) {
    return now - end >= 0;
  }

  /** Assumes that a new window has started, until a report shows its state. */
  void assumeNext(long now, long order) {
    remaining = limit;
    reportedAt = order;
    raisedAt = 0;
    unreported.clear();
    end = now + length + ROUNDING_NANOS;
    earliestEnd = end - 2 * ROUNDING_NANOS;
    startedAt = order;
    assumed = true;
    low = false;
  }

  /** The time at which the next request may be sent; not after {@code now} if at once. */
  long nextAt(long now, double threshold, int inFlight, long lastSent) {
    long available = remaining() - inFlight;
    if (available <= 0) {
      // In an assumed window the responses to the pending requests report the state.
      return end;
    }
    if (available >= threshold * limit) {
      return now;
    }
    return lastSent + (end - lastSent) / (available + 1);
  }

  /**
   * Compares the newest report with the threshold.
   *
   * @return true if the remaining share has fallen below the threshold
   */
  boolean updateLow(double threshold) {
    boolean before = low;
    low = remaining < threshold * limit;
    return low && !before;
  }

  /** Whether this window was assumed and has not been reported. */
  boolean isAssumed() {
    return assumed;
  }

  long limit() {
    return limit;
  }

  /** The number of requests that remain; pending requests are not subtracted. */
  long remaining() {
    return remaining - unreported.size();
  }

  /** The order of the newest report. */
  long reportedAt() {
    return reportedAt;
  }

  /** The latest time at which the window ends. */
  long end() {
    return end;
  }
}
