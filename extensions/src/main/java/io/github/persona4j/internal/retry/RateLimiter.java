package io.github.persona4j.internal.retry;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Limits the rate of requests with one API key, by the rate limits that responses report. While
 * enough of each limit remains, permits are granted at once. Below a threshold, requests are spread
 * over the time until the limit resets, in the order in which they asked. When nothing remains,
 * they wait for the reset. Thread-safe. A waiting request holds no thread.
 *
 * <p>Creation quotas are reported but do not delay requests, because they do not count requests and
 * their periods are long.
 */
public final class RateLimiter {
  /** The share of a limit below which requests are spread, as Persona recommends. */
  public static final double DEFAULT_THRESHOLD = 0.15;

  // A key has a limit and its environment has another. There are more when they are changed.
  private static final int MAX_WINDOWS = 4;

  /** Allows one request to be sent. Release it when the request has ended. */
  public final class Permit {
    private final long sentAt;
    private final long order;
    private final long sentBefore;
    private final boolean immediate;

    private Permit(long sentAt, long order, long sentBefore, boolean immediate) {
      this.sentAt = sentAt;
      this.order = order;
      this.sentBefore = sentBefore;
      this.immediate = immediate;
    }

    /** Whether it was granted without waiting. */
    public boolean isImmediate() {
      return immediate;
    }

    /**
     * Releases the permit when its request has ended.
     *
     * @param reported the limits in the response; null if there was no response
     * @param sent whether the request may have reached the server and been counted there
     */
    public void release(@Nullable RateLimits reported, boolean sent) {
      RateLimiter.this.release(this, reported, sent);
    }
  }

  private record Waiter(CompletableFuture<@Nullable Permit> permit, long giveUpAt) {}

  private final TimeSource time;
  private final double threshold;
  private final long maxWaitNanos;
  private final @Nullable Consumer<RateLimits> listener;

  // All of the following is guarded by this object.
  private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
  private final List<RateWindow> windows = new ArrayList<>(2);
  private int inFlight;
  private boolean granting; // by one thread at a time
  private boolean grantAgain;
  private long order; // the number of requests sent and responses received
  private long lastSent;
  private long lastSentOrder;
  private boolean timerSet;
  private long timerAt;
  private boolean quotaWasLow;
  private @Nullable Long quotaLimit;
  private @Nullable Long quotaRemaining;
  private long quotaEnd;
  private boolean quotaEndKnown;

  /**
   * Creates a rate limiter that has seen no requests.
   *
   * @param threshold the share of a limit below which requests are spread; 0 to spread none
   * @param maxWait the maximum wait for a permit
   * @param listener is notified when little of a limit remains; must not throw; null for none
   */
  public RateLimiter(
      TimeSource time,
      double threshold,
      Duration maxWait,
      @Nullable Consumer<RateLimits> listener) {
    this.time = time;
    this.threshold = threshold;
    this.maxWaitNanos = maxWait.toNanos();
    this.listener = listener;
    this.lastSent = time.nanos();
  }

  /**
   * Asks for a permit.
   *
   * @param maxWaitNanos the maximum wait of the caller
   * @return a future of the permit, which may be complete; its value is null if the maximum wait of
   *     the caller or of the client ended first. Completing the future cancels the wait
   */
  public CompletableFuture<@Nullable Permit> acquire(long maxWaitNanos) {
    Waiter waiter;
    synchronized (this) {
      long now = time.nanos();
      rollWindows(now);
      if (queue.isEmpty() && nextAt(now) <= now) {
        return CompletableFuture.completedFuture(permit(now, true));
      }
      waiter =
          new Waiter(new CompletableFuture<>(), now + Math.min(maxWaitNanos, this.maxWaitNanos));
      queue.add(waiter);
    }
    grantDue();
    return waiter.permit;
  }

  /** Returns a permit for a request that does not wait. */
  public synchronized Permit acquireNow() {
    return permit(time.nanos(), false);
  }

  private void release(Permit permit, @Nullable RateLimits reported, boolean sent) {
    List<RateLimits> low = new ArrayList<>(0);
    boolean waiting;
    synchronized (this) {
      inFlight--;
      order++;
      if (reported != null) {
        updateLimits(reported, permit, low);
      } else if (sent) {
        countUnreported(null);
      } else if (permit.order == lastSentOrder) {
        lastSent = permit.sentBefore; // nothing was sent, so the next request need not wait for it
      }
      waiting = !queue.isEmpty();
    }
    if (listener != null) {
      low.forEach(listener);
    }
    if (waiting) {
      grantDue();
    }
  }

  /**
   * The limit that is closest to being reached, as the responses reported it, with the seconds that
   * remain; and the quota.
   */
  public RateLimits snapshot() {
    synchronized (this) {
      long now = time.nanos();
      rollWindows(now);
      RateWindow window = closest();
      Long resetSeconds = null;
      if (window != null && !window.isAssumed()) {
        resetSeconds = seconds(window.end() - now - RateWindow.ROUNDING_NANOS);
      }
      return new RateLimits(
          window == null ? null : window.limit(),
          window == null ? null : Math.max(0, window.remaining()),
          resetSeconds,
          quotaLimit,
          quotaRemaining,
          quotaEndKnown ? seconds(quotaEnd - now) : null);
    }
  }

  private static long seconds(long nanos) {
    return nanos <= 0 ? 0 : (nanos + 999_999_999) / 1_000_000_000;
  }

  private Permit permit(long now, boolean immediate) {
    Permit permit = new Permit(now, ++order, lastSent, immediate);
    inFlight++;
    lastSent = now;
    lastSentOrder = permit.order;
    return permit;
  }

  /**
   * Assumes a new window when one has ended, until a response reports it. A limit that is not
   * reported for another window, such as one that was changed, is removed.
   */
  private void rollWindows(long now) {
    RateWindow newest = newest();
    for (int i = windows.size() - 1; i >= 0; i--) {
      RateWindow window = windows.get(i);
      if (window.isOver(now)) {
        if (window.isAssumed() && window != newest) {
          windows.remove(i);
        } else {
          window.assumeNext(now, ++order);
        }
      }
    }
  }

  private void updateLimits(RateLimits reported, Permit permit, List<RateLimits> low) {
    long now = time.nanos();
    rollWindows(now);
    Long limit = reported.limit();
    Long remaining = reported.remaining();
    Long seconds = reported.resetSeconds();
    if (limit == null || limit <= 0 || remaining == null || seconds == null) {
      countUnreported(null);
    } else {
      RateWindow.Reset reset = RateWindow.Reset.of(seconds, permit.sentAt, now);
      RateWindow window = window(limit);
      boolean newest = true;
      if (window == null) {
        removeOldest();
        window = new RateWindow(limit, remaining, reset, order);
        windows.add(window);
      } else {
        newest = window.report(remaining, reset, permit.order, order);
      }
      countUnreported(window);
      if (newest) {
        raiseOthers(window, remaining, permit);
      }
      if (window.updateLow(lowThreshold())) {
        low.add(reported);
      }
    }
    updateQuota(reported, now, low);
  }

  private @Nullable RateWindow window(long limit) {
    for (RateWindow window : windows) {
      if (window.limit() == limit) {
        return window;
      }
    }
    return null;
  }

  /** The window with the newest report. */
  private @Nullable RateWindow newest() {
    RateWindow newest = null;
    for (RateWindow window : windows) {
      if (newest == null || window.reportedAt() > newest.reportedAt()) {
        newest = window;
      }
    }
    return newest;
  }

  private @Nullable RateWindow closest() {
    RateWindow closest = null;
    for (RateWindow window : windows) {
      if (closest == null || window.remaining() < closest.remaining()) {
        closest = window;
      }
    }
    return closest;
  }

  private void removeOldest() {
    if (windows.size() == MAX_WINDOWS) {
      windows.remove(0);
    }
  }

  /** Counts a request against every limit that its response did not report. */
  private void countUnreported(@Nullable RateWindow reported) {
    for (RateWindow window : windows) {
      if (window != reported) {
        window.addUnreported(order);
      }
    }
  }

  /**
   * Raises the other limits. A response reports the limit that is closest to being reached, so at
   * least as much remains of the others. Whether that is a number or a share is not documented, so
   * the lower of both is used.
   */
  private void raiseOthers(RateWindow reported, long remaining, Permit permit) {
    for (RateWindow window : windows) {
      if (window != reported) {
        double share = (double) remaining / (double) reported.limit();
        long least = Math.min(remaining, (long) (share * (double) window.limit()));
        window.atLeast(least, permit.order, order);
      }
    }
  }

  private void updateQuota(RateLimits reported, long now, List<RateLimits> low) {
    if (reported.quotaLimit() != null) {
      quotaLimit = reported.quotaLimit();
    }
    Long remaining = reported.quotaRemaining();
    if (remaining != null) {
      quotaRemaining = remaining;
      boolean isLow = quotaLimit != null && remaining < lowThreshold() * quotaLimit;
      if (isLow && !quotaWasLow && !low.contains(reported)) {
        low.add(reported);
      }
      quotaWasLow = isLow;
    }
    Long reset = reported.quotaResetSeconds();
    if (reset != null) {
      quotaEnd = now + Math.min(reset, Duration.ofDays(10_000).toSeconds()) * 1_000_000_000L;
      quotaEndKnown = true;
    }
  }

  // The listener is notified even if requests are not spread.
  private double lowThreshold() {
    return threshold == 0 ? DEFAULT_THRESHOLD : threshold;
  }

  /** When the next request may be sent; now or earlier for at once. */
  private long nextAt(long now) {
    long next = now;
    if (threshold > 0) {
      for (RateWindow window : windows) {
        next = Math.max(next, window.nextAt(now, threshold, inFlight, lastSent));
      }
    }
    return next;
  }

  /**
   * Grants the permits that are due, and sets the timer for the next. A granted permit can be
   * released at once, which leads here again; a loop takes the place of that recursion.
   */
  private void grantDue() {
    synchronized (this) {
      if (granting) {
        grantAgain = true;
        return;
      }
      granting = true;
    }
    boolean done = false;
    try {
      while (!done) {
        grantOnce();
        synchronized (this) {
          done = !grantAgain;
          grantAgain = false;
          granting = !done;
        }
      }
    } finally {
      if (!done) { // an exception must not stop all later grants
        synchronized (this) {
          granting = false;
        }
      }
    }
  }

  private void grantOnce() {
    List<Waiter> granted = new ArrayList<>();
    List<Permit> permits = new ArrayList<>();
    List<Waiter> refused = new ArrayList<>();
    long delay = -1;
    long wakeAt = 0;
    synchronized (this) {
      long now = time.nanos();
      rollWindows(now);
      long wake = sortQueue(now, granted, permits, refused);
      if (!queue.isEmpty() && (!timerSet || wake - timerAt < 0)) {
        timerSet = true;
        timerAt = wake;
        wakeAt = wake;
        delay = Math.max(0, wake - now);
      }
    }
    for (Waiter waiter : refused) {
      waiter.permit.complete(null);
    }
    for (int i = 0; i < granted.size(); i++) {
      if (!granted.get(i).permit.complete(permits.get(i))) {
        // The caller has cancelled the wait.
        permits.get(i).release(null, false);
      }
    }
    if (delay >= 0) {
      long at = wakeAt;
      CompletableFuture<Void> unused = time.pause(delay).thenRun(() -> wake(at));
    }
  }

  private void wake(long at) {
    synchronized (this) {
      if (!timerSet || timerAt != at) {
        return; // an earlier timer replaced this one
      }
      timerSet = false;
    }
    grantDue();
  }

  private long sortQueue(
      long now, List<Waiter> granted, List<Permit> permits, List<Waiter> refused) {
    long wake = Long.MAX_VALUE;
    boolean maySend = true;
    for (Iterator<Waiter> waiters = queue.iterator(); waiters.hasNext(); ) {
      Waiter waiter = waiters.next();
      if (waiter.permit.isDone()) {
        waiters.remove();
      } else if (maySend && nextAt(now) <= now) {
        waiters.remove();
        granted.add(waiter);
        permits.add(permit(now, false));
      } else if (now - waiter.giveUpAt >= 0) {
        waiters.remove();
        refused.add(waiter);
      } else {
        wake = Math.min(wake, maySend ? Math.min(nextAt(now), waiter.giveUpAt) : waiter.giveUpAt);
        maySend = false;
      }
    }
    return wake;
  }
}
