package io.github.persona4j.waiter;

import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.retry.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pace of all requests of a client's waits: at most half of its rate limit, so that many waits
 * leave room for other calls. A few may be made at once. Thread-safe.
 */
final class Pace {
  /** The number of requests that may be made at once. */
  private static final int BURST = 10;

  // The default of production environments.
  private static final long DEFAULT_LIMIT = 300;

  private final TimeSource time;
  private final Supplier<RateLimits> limits;

  // Guarded by this object. A turn that was cancelled stays in its queue until it is polled.
  private final Deque<CompletableFuture<@Nullable Void>> urgent = new ArrayDeque<>();
  private final Deque<CompletableFuture<@Nullable Void>> others = new ArrayDeque<>();
  private @Nullable Long nextFree;
  private boolean isScheduled;
  private boolean isOthersTurn; // every second turn, so that they do not starve

  /**
   * A pace.
   *
   * @param limits returns the rate limits that the last responses reported
   */
  Pace(TimeSource time, Supplier<RateLimits> limits) {
    this.time = time;
    this.limits = limits;
  }

  /**
   * Returns a future that completes when a request may be made, on a thread that must not be held
   * up. Cancelling it gives the turn back.
   *
   * @param isUrgent whether it comes before most of those that are not: the first request of a
   *     wait, and one after an event
   */
  CompletableFuture<@Nullable Void> turn(boolean isUrgent) {
    CompletableFuture<@Nullable Void> turn = new CompletableFuture<>();
    synchronized (this) {
      (isUrgent ? urgent : others).add(turn);
    }
    grant();
    return turn;
  }

  /** Makes a turn urgent; without effect if it is, was granted, or is no turn of this pace. */
  void promote(CompletableFuture<?> turn) {
    synchronized (this) {
      for (Iterator<CompletableFuture<@Nullable Void>> i = others.iterator(); i.hasNext(); ) {
        CompletableFuture<@Nullable Void> each = i.next();
        if (each == turn) {
          i.remove();
          urgent.add(each);
          return;
        }
      }
    }
  }

  private void grant() {
    while (true) {
      CompletableFuture<@Nullable Void> turn = null;
      long delay;
      synchronized (this) {
        removeEnded(urgent);
        removeEnded(others);
        boolean isOther = urgent.isEmpty() || (isOthersTurn && !others.isEmpty());
        Deque<CompletableFuture<@Nullable Void>> queue = isOther ? others : urgent;
        if (queue.isEmpty() || isScheduled) {
          return;
        }
        delay = nanosUntilFree();
        if (delay > 0) {
          isScheduled = true;
        } else {
          turn = queue.remove();
          isOthersTurn = !isOther;
          long now = time.nanos();
          nextFree = (nextFree == null ? now : now + Math.max(0, nextFree - now)) + interval();
        }
      }
      if (turn == null) {
        CompletableFuture<?> unused = time.pause(delay).thenRun(this::grantNext);
        return;
      }
      turn.complete(null);
    }
  }

  private static void removeEnded(Deque<CompletableFuture<@Nullable Void>> queue) {
    while (!queue.isEmpty() && queue.element().isDone()) {
      queue.remove();
    }
  }

  private long nanosUntilFree() {
    return nextFree == null ? 0 : nextFree - (BURST - 1) * interval() - time.nanos();
  }

  private long interval() {
    Long reported = limits.get().limit();
    long limit = reported == null ? DEFAULT_LIMIT : reported;
    return TimeUnit.MINUTES.toNanos(1) / Math.max(1, limit / 2);
  }

  private void grantNext() {
    synchronized (this) {
      isScheduled = false;
    }
    grant();
  }
}
