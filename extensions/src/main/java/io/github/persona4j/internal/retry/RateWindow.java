package io.github.persona4j.internal.retry;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * What is known of one rate limit in its present window. A key and its environment can have limits
 * of their own; a request counts against both, and a response reports the one that is closer to
 * being reached (protocol: "rate limiting"). The value of the limit tells them apart.
 *
 * <p>Requests overlap, so the order in which they were sent and their responses received decides
 * which report is the newer one. That order is a number that grows with each of these events.
 *
 * <p>Not thread-safe; {@link RateLimiter} guards it.
 */
final class RateWindow {
  /** The reset is reported in whole seconds, and the direction of the rounding is unknown. */
  static final long ROUNDING_NANOS = Duration.ofSeconds(1).toNanos();

  private final long limit;

  // As the newest report has it.
  private long remaining;
  private long reportedAt;

  // The last report that was higher than the one before it: what was sent earlier is older.
  private long raisedBy;

  // Requests that may have been counted since; their orders.
  private final ArrayDeque<Long> unreported = new ArrayDeque<>();

  // The window ends between these; nobody relies on more than that it is over at the latter.
  private long earliestEnd;
  private long end;

  private long length;
  private long begunAt;
  private boolean assumed;
  private boolean low;

  /**
   * The window of a first report.
   *
   * @param order when the report came
   */
  RateWindow(long limit, long remaining, Reset reset, long order) {
    this.limit = limit;
    begin(remaining, reset, order);
  }

  /**
   * When a window ends, by one report of the seconds that are left.
   *
   * @param earliest the earliest time, from when the request was sent
   * @param latest the latest time, from when the response was received
   */
  record Reset(long seconds, long earliest, long latest) {
    static Reset of(long seconds, long sentAt, long now) {
      long bounded = Math.min(seconds, Duration.ofDays(1).toSeconds());
      long nanos = bounded * 1_000_000_000L;
      return new Reset(bounded, sentAt + nanos - ROUNDING_NANOS, now + nanos + ROUNDING_NANOS);
    }
  }

  private void begin(long remaining, Reset reset, long order) {
    this.remaining = remaining;
    this.reportedAt = order;
    this.raisedBy = 0;
    this.unreported.clear();
    this.earliestEnd = reset.earliest;
    this.end = reset.latest;
    this.length = Math.max(length, reset.seconds * 1_000_000_000L);
    this.begunAt = order;
    this.assumed = false;
  }

  /**
   * Takes a report of this limit.
   *
   * @param sentOrder when the request was sent that it came with
   * @param order when it came
   * @return whether it is the newest
   */
  boolean report(long remaining, Reset reset, long sentOrder, long order) {
    boolean sentInThisWindow = sentOrder > begunAt;
    if (reset.earliest - end > 0
        || (sentInThisWindow && (assumed || earliestEnd - reset.latest > 0))) {
      // Another window than the one that is known.
      low = low && remaining <= this.remaining;
      begin(remaining, reset, order);
      return true;
    }
    if (earliestEnd - reset.latest > 0) {
      return false; // of a window that is over
    }
    if (!assumed) {
      earliestEnd = Math.max(earliestEnd, reset.earliest);
      end = Math.min(end, reset.latest);
    }
    // Of reports that overlap the lower one is right: within a window there is less and less.
    if (sentOrder < (remaining > this.remaining ? reportedAt : raisedBy)) {
      return false;
    }
    take(remaining, sentOrder, order);
    return true;
  }

  /**
   * Takes into account that another limit is closer to being reached, so that this one has so much
   * left at least.
   */
  void atLeast(long least, long sentOrder, long order) {
    if (sentOrder > reportedAt && remaining() < least) {
      take(Math.min(least, limit), sentOrder, order);
    }
  }

  private void take(long remaining, long sentOrder, long order) {
    if (remaining != this.remaining) {
      raisedBy = remaining > this.remaining ? sentOrder : raisedBy;
      reportedAt = order;
      this.remaining = remaining;
    }
    // A request that was over before this one was sent is part of its report.
    while (!unreported.isEmpty() && unreported.peekFirst() < sentOrder) {
      unreported.removeFirst();
    }
  }

  /** A request that may have been counted is over, and nothing was reported of this limit. */
  void used(long order) {
    unreported.addLast(order);
  }

  boolean isOver(long now) {
    return now - end >= 0;
  }

  /** A new window is taken for granted until a report says more. */
  void assumeNext(long now, long order) {
    remaining = limit;
    reportedAt = order;
    raisedBy = 0;
    unreported.clear();
    end = now + length + ROUNDING_NANOS;
    earliestEnd = end - 2 * ROUNDING_NANOS;
    begunAt = order;
    assumed = true;
    low = false;
  }

  /** When the next request may be sent; in the past or now for "at once". */
  long nextAt(long now, double threshold, int inFlight, long lastSent) {
    long available = remaining() - inFlight;
    if (available <= 0) {
      // In an assumed window the responses to those requests will tell.
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
   * @return whether less remains than the threshold allows, for the first time since it was more
   */
  boolean updateLow(double threshold) {
    boolean before = low;
    low = remaining < threshold * limit;
    return low && !before;
  }

  /** Whether no report of this window came yet. */
  boolean isAssumed() {
    return assumed;
  }

  long limit() {
    return limit;
  }

  /** How many requests are left, those that are under way not taken off. */
  long remaining() {
    return remaining - unreported.size();
  }

  /** When the newest report came. */
  long reportedAt() {
    return reportedAt;
  }

  /** When the window is over at the latest. */
  long end() {
    return end;
  }
}
