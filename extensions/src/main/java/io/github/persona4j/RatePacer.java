package io.github.persona4j;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the rate limits of one key, and the queue of those who wait for their turn.
 * While much of each limit is left everybody goes at once; below a share of one, requests are
 * spread over the time until its reset, first come first served; when nothing is left they wait for
 * the reset. Thread-safe; no thread is held while nobody blocks on a turn.
 *
 * <p>Creation quotas are watched and not paced: they count other things than requests, and their
 * periods are long.
 */
final class RatePacer {
  // A key has a limit and its environment has one; more means that they change.
  private static final int MOST_LIMITS = 4;

  /** Leave to send one request; {@link #release} ends it. */
  static final class Permit {
    private final long sentAt;
    private final long order;
    private final long sentBefore;
    private final boolean atOnce;

    private Permit(long sentAt, long order, long sentBefore, boolean atOnce) {
      this.sentAt = sentAt;
      this.order = order;
      this.sentBefore = sentBefore;
      this.atOnce = atOnce;
    }

    /** Whether nobody had to wait for it. */
    boolean atOnce() {
      return atOnce;
    }
  }

  private record Waiter(CompletableFuture<@Nullable Permit> turn, long giveUpAt) {}

  private final Time time;
  private final double share;
  private final long maxWaitNanos;
  private final @Nullable Consumer<RateLimits> listener;

  // All of the following is guarded by this object.
  private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
  private final List<RateWindow> windows = new ArrayList<>(2);
  private int inFlight;
  private long order; // grows with each request that is sent, and each response
  private long lastSent;
  private long lastSentOrder;
  private boolean timed;
  private long timerAt;
  private boolean quotaWasLow;
  private @Nullable Long quotaLimit;
  private @Nullable Long quotaRemaining;
  private long quotaEnd;
  private boolean quotaEndKnown;

  /**
   * Paces requests.
   *
   * @param share below this share of the limit requests are spread; 0 for no pacing at all
   * @param maxWait nobody waits longer, whatever the server does with them then
   */
  RatePacer(Time time, double share, Duration maxWait, @Nullable Consumer<RateLimits> listener) {
    this.time = time;
    this.share = share;
    this.maxWaitNanos = maxWait.toNanos();
    this.listener = listener;
    this.lastSent = time.nanos();
  }

  /**
   * Asks for a turn.
   *
   * @param bound how long the caller may wait, in nanoseconds
   * @return the permit, which may be there at once; null in its place when one of the bounds passed
   *     first. Completing the future gives the turn up
   */
  CompletableFuture<@Nullable Permit> acquire(long bound) {
    Waiter waiter;
    synchronized (this) {
      long now = time.nanos();
      turnWindows(now);
      if (queue.isEmpty() && nextAt(now) <= now) {
        return CompletableFuture.completedFuture(permit(now, true));
      }
      waiter = new Waiter(new CompletableFuture<>(), now + Math.min(bound, maxWaitNanos));
      queue.add(waiter);
    }
    drive();
    return waiter.turn;
  }

  /** Leave for a request that does not wait for its turn. */
  synchronized Permit withoutTurn() {
    return permit(time.nanos(), false);
  }

  /**
   * A request has ended.
   *
   * @param headers those of its response, null if none came
   * @param left whether it may have reached the server, and been counted there
   */
  void release(Permit permit, @Nullable Headers headers, boolean left) {
    List<RateLimits> news = new ArrayList<>(0);
    RateLimits told = headers == null ? null : RateLimits.of(headers); // not while others wait
    boolean wanted;
    synchronized (this) {
      inFlight--;
      order++;
      if (told != null) {
        learn(told, permit, news);
      } else if (left) {
        used(null);
      } else if (permit.order == lastSentOrder) {
        lastSent = permit.sentBefore; // the next one need not keep its distance
      }
      wanted = !queue.isEmpty();
    }
    if (listener != null) {
      for (RateLimits low : news) {
        Listeners.tell(listener, low);
      }
    }
    if (wanted) {
      drive();
    }
  }

  /**
   * The limit that is closest to being reached, as far as the responses reported it, with the
   * seconds that are left by now; and the quota.
   */
  RateLimits snapshot() {
    Headers.Builder headers = new Headers.Builder();
    synchronized (this) {
      long now = time.nanos();
      turnWindows(now);
      RateWindow window = closest();
      if (window != null) {
        headers.add("RateLimit-Limit", Long.toString(window.limit()));
        headers.add("RateLimit-Remaining", Long.toString(Math.max(0, window.remaining())));
        if (!window.isAssumed()) {
          long left = window.end() - now - RateWindow.ROUNDING_NANOS;
          headers.add("RateLimit-Reset", Long.toString(seconds(left)));
        }
      }
      if (quotaLimit != null) {
        headers.add("Quota-Limit", Long.toString(quotaLimit));
      }
      if (quotaRemaining != null) {
        headers.add("Quota-Remaining", Long.toString(quotaRemaining));
      }
      if (quotaEndKnown) {
        headers.add("Quota-Reset", Long.toString(seconds(quotaEnd - now)));
      }
    }
    return RateLimits.of(headers.build());
  }

  private static long seconds(long nanos) {
    return nanos <= 0 ? 0 : (nanos + 999_999_999) / 1_000_000_000;
  }

  private Permit permit(long now, boolean atOnce) {
    Permit permit = new Permit(now, ++order, lastSent, atOnce);
    inFlight++;
    lastSent = now;
    lastSentOrder = permit.order;
    return permit;
  }

  /**
   * When the time of a window is over a new one is taken for granted until a response reports it.
   * What is not reported for longer has gone, such as a limit that was changed.
   */
  private void turnWindows(long now) {
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

  private void learn(RateLimits told, Permit permit, List<RateLimits> news) {
    long now = time.nanos();
    turnWindows(now);
    Long limit = told.limit();
    Long remaining = told.remaining();
    Long seconds = told.resetSeconds();
    if (limit == null || limit <= 0 || remaining == null || seconds == null) {
      used(null);
    } else {
      RateWindow.Reset reset = RateWindow.Reset.of(seconds, permit.sentAt, now);
      RateWindow window = window(limit);
      boolean newest = true;
      if (window == null) {
        makeRoom();
        window = new RateWindow(limit, remaining, reset, order);
        windows.add(window);
      } else {
        newest = window.report(remaining, reset, permit.order, order);
      }
      used(window);
      if (newest) {
        refute(window, remaining, permit);
      }
      if (window.becameLow(lowShare())) {
        news.add(told);
      }
    }
    learnQuota(told, now, news);
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

  private void makeRoom() {
    if (windows.size() == MOST_LIMITS) {
      windows.remove(0);
    }
  }

  /** A request counts against every limit, and its response reported one at most. */
  private void used(@Nullable RateWindow reported) {
    for (RateWindow window : windows) {
      if (window != reported) {
        window.used(order);
      }
    }
  }

  /**
   * The limit that is closer to being reached is the one that is reported, so the others have as
   * much left; as a number or as a share, since the vendor does not say which.
   */
  private void refute(RateWindow reported, long remaining, Permit permit) {
    for (RateWindow window : windows) {
      if (window != reported) {
        double share = (double) remaining / (double) reported.limit();
        long least = Math.min(remaining, (long) (share * (double) window.limit()));
        window.atLeast(least, permit.order, order);
      }
    }
  }

  private void learnQuota(RateLimits told, long now, List<RateLimits> news) {
    if (told.quotaLimit() != null) {
      quotaLimit = told.quotaLimit();
    }
    Long left = told.quotaRemaining();
    if (left != null) {
      quotaRemaining = left;
      boolean low = quotaLimit != null && left < lowShare() * quotaLimit;
      if (low && !quotaWasLow && !news.contains(told)) {
        news.add(told);
      }
      quotaWasLow = low;
    }
    Long reset = told.quotaResetSeconds();
    if (reset != null) {
      quotaEnd = now + Math.min(reset, Duration.ofDays(10_000).toSeconds()) * 1_000_000_000L;
      quotaEndKnown = true;
    }
  }

  // Without pacing there still is a point where the listener wants to know.
  private double lowShare() {
    return share == 0 ? PersonaClient.DEFAULT_PACING_SHARE : share;
  }

  /** When the next request may go; in the past or now for "at once". */
  private long nextAt(long now) {
    long next = now;
    if (share > 0) {
      for (RateWindow window : windows) {
        next = Math.max(next, window.nextAt(now, share, inFlight, lastSent));
      }
    }
    return next;
  }

  /** Grants the turns that are due and sets the timer for the next. */
  private void drive() {
    List<Waiter> granted = new ArrayList<>();
    List<Permit> permits = new ArrayList<>();
    List<Waiter> refused = new ArrayList<>();
    long delay = -1;
    long wakeAt = 0;
    synchronized (this) {
      long now = time.nanos();
      turnWindows(now);
      long wake = sort(now, granted, permits, refused);
      if (!queue.isEmpty() && (!timed || wake - timerAt < 0)) {
        timed = true;
        timerAt = wake;
        wakeAt = wake;
        delay = Math.max(0, wake - now);
      }
    }
    for (Waiter waiter : refused) {
      waiter.turn.complete(null);
    }
    for (int i = 0; i < granted.size(); i++) {
      if (!granted.get(i).turn.complete(permits.get(i))) {
        // It was given up meanwhile.
        release(permits.get(i), null, false);
      }
    }
    if (delay >= 0) {
      long at = wakeAt;
      CompletableFuture<Void> unused = time.pause(delay).thenRun(() -> wake(at));
    }
  }

  private void wake(long at) {
    synchronized (this) {
      if (!timed || timerAt != at) {
        return; // an earlier one took its place
      }
      timed = false;
    }
    drive();
  }

  private long sort(long now, List<Waiter> granted, List<Permit> permits, List<Waiter> refused) {
    long wake = Long.MAX_VALUE;
    boolean mayGo = true;
    for (Iterator<Waiter> waiters = queue.iterator(); waiters.hasNext(); ) {
      Waiter waiter = waiters.next();
      if (waiter.turn.isDone()) {
        waiters.remove();
      } else if (mayGo && nextAt(now) <= now) {
        waiters.remove();
        granted.add(waiter);
        permits.add(permit(now, false));
      } else if (now - waiter.giveUpAt >= 0) {
        waiters.remove();
        refused.add(waiter);
      } else {
        wake = Math.min(wake, mayGo ? Math.min(nextAt(now), waiter.giveUpAt) : waiter.giveUpAt);
        mayGo = false;
      }
    }
    return wake;
  }
}
