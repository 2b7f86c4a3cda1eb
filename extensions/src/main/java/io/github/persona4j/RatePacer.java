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
 * What is known of the rate limit of one key, and the queue of those who wait for their turn. While
 * much of the limit is left everybody goes at once; below a share of it requests are spread over
 * the time until the reset, first come first served; when nothing is left they wait for the reset.
 * Thread-safe; no thread is held while nobody blocks on a turn.
 *
 * <p>Creation quotas are watched and not paced: they count other things than requests, and their
 * periods are long.
 */
final class RatePacer {
  /** The reset is told in whole seconds, and nobody says in which direction they are rounded. */
  private static final long ROUNDING_NANOS = Duration.ofSeconds(1).toNanos();

  private record Waiter(CompletableFuture<Boolean> turn, long giveUpAt) {}

  private final Time time;
  private final double share;
  private final long maxWaitNanos;
  private final @Nullable Consumer<RateLimits> listener;

  // All of the following is guarded by this object.
  private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
  private boolean known;
  private boolean assumed;
  private long limit;
  private long remaining;
  private long windowEnd;
  private long windowStateSince;
  private long windowLength;
  private int inFlight;
  private long lastSent;
  private boolean timed;
  private long timerAt;
  private boolean rateWasLow;
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
   * Asks for a turn, which {@link #release} must follow once it was granted.
   *
   * @param bound how long the caller may wait, in nanoseconds
   * @return null to go at once; otherwise the turn to wait for: true to go, false when one of the
   *     bounds passed first. Completing it gives it up.
   */
  @Nullable CompletableFuture<Boolean> acquire(long bound) {
    Waiter waiter;
    synchronized (this) {
      long now = time.nanos();
      turnWindow(now);
      if (queue.isEmpty() && nextAt(now) <= now) {
        go(now);
        return null;
      }
      waiter = new Waiter(new CompletableFuture<>(), now + Math.min(bound, maxWaitNanos));
      queue.add(waiter);
    }
    drive();
    return waiter.turn;
  }

  /** A request goes without its turn. */
  synchronized void goAnyway() {
    go(time.nanos());
  }

  /**
   * A request has ended.
   *
   * @param headers those of its answer, null if none came
   * @param sentAt when it was sent
   * @param left whether it may have reached the server, and been counted there
   */
  void release(@Nullable Headers headers, long sentAt, boolean left) {
    List<RateLimits> news = new ArrayList<>(0);
    RateLimits told = headers == null ? null : RateLimits.of(headers); // not while others wait
    boolean wanted;
    synchronized (this) {
      inFlight--;
      long now = time.nanos();
      if (told == null) {
        remaining -= left ? 1 : 0;
      } else {
        learn(told, now, sentAt, news);
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

  /** The state as the last answers told it, with the seconds that are left by now. */
  RateLimits snapshot() {
    Headers.Builder headers = new Headers.Builder();
    synchronized (this) {
      long now = time.nanos();
      turnWindow(now);
      if (known) {
        headers.add("RateLimit-Limit", Long.toString(limit));
        headers.add("RateLimit-Remaining", Long.toString(Math.max(0, remaining)));
        if (!assumed) {
          headers.add("RateLimit-Reset", Long.toString(seconds(windowEnd - now - ROUNDING_NANOS)));
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

  private void go(long now) {
    inFlight++;
    lastSent = now;
  }

  /** When the time of the window is over a new one is taken for granted, until an answer tells. */
  private void turnWindow(long now) {
    if (known && now - windowEnd >= 0) {
      assumed = true;
      remaining = limit;
      windowEnd = now + windowLength + ROUNDING_NANOS;
      windowStateSince = now;
      rateWasLow = false;
    }
  }

  private void learn(RateLimits told, long now, long sentAt, List<RateLimits> news) {
    turnWindow(now);
    Long toldLimit = told.limit();
    Long toldRemaining = told.remaining();
    Long toldReset = told.resetSeconds();
    if (toldLimit != null && toldLimit > 0 && toldRemaining != null && toldReset != null) {
      long reset = Math.min(toldReset, Duration.ofDays(1).toSeconds()) * 1_000_000_000L;
      long end = now + reset + ROUNDING_NANOS;
      boolean sentInThisState = sentAt - windowStateSince >= 0;
      if (!known
          || end - windowEnd > 2 * ROUNDING_NANOS
          || (sentInThisState && (assumed || windowEnd - end > 2 * ROUNDING_NANOS))) {
        // Another window than the one known of.
        rateWasLow = rateWasLow && known && toldRemaining <= remaining;
        remaining = toldRemaining;
        windowEnd = end;
        windowStateSince = now;
        assumed = false;
      } else if (windowEnd - end <= 2 * ROUNDING_NANOS) {
        // Answers may overtake each other; within a window there is only less and less.
        remaining = Math.min(remaining, toldRemaining);
        windowEnd = end - windowEnd > 0 ? end : windowEnd;
      }
      windowLength = Math.max(windowLength, reset);
      limit = toldLimit;
      known = true;
      boolean low = remaining < lowShare() * limit;
      if (low && !rateWasLow) {
        news.add(told);
      }
      rateWasLow = low;
    }
    learnQuota(told, now, news);
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
    if (share == 0 || !known) {
      return now;
    }
    long available = remaining - inFlight;
    if (available <= 0) {
      // With an unknown window the answers of those on their way will tell.
      return windowEnd;
    }
    if (available >= share * limit) {
      return now;
    }
    return lastSent + (windowEnd - lastSent) / (available + 1);
  }

  /** Grants the turns that are due and sets the timer for the next. */
  private void drive() {
    List<Waiter> granted = new ArrayList<>();
    List<Waiter> refused = new ArrayList<>();
    long delay = -1;
    long wakeAt = 0;
    synchronized (this) {
      long now = time.nanos();
      turnWindow(now);
      long wake = sort(now, granted, refused);
      if (!queue.isEmpty() && (!timed || wake - timerAt < 0)) {
        timed = true;
        timerAt = wake;
        wakeAt = wake;
        delay = Math.max(0, wake - now);
      }
    }
    for (Waiter waiter : refused) {
      waiter.turn.complete(false);
    }
    for (Waiter waiter : granted) {
      if (!waiter.turn.complete(true)) {
        // Given up in the last moment.
        giveBack();
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

  private void giveBack() {
    synchronized (this) {
      inFlight--;
    }
    drive();
  }

  private long sort(long now, List<Waiter> granted, List<Waiter> refused) {
    long wake = Long.MAX_VALUE;
    boolean mayGo = true;
    for (Iterator<Waiter> waiters = queue.iterator(); waiters.hasNext(); ) {
      Waiter waiter = waiters.next();
      if (waiter.turn.isDone()) {
        waiters.remove();
      } else if (mayGo && nextAt(now) <= now) {
        waiters.remove();
        go(now);
        granted.add(waiter);
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
