package io.github.persona4j.waiter;

import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.retry.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pace of all requests of a client's waits: at most half of its rate limit, so that many waits
 * leave room for other calls. A few may be made at once. Thread-safe.
 */
final class Pace {
  /** The number of requests that may be made at once. */
  static final int BURST = 10;

  // The default of production environments.
  private static final long DEFAULT_LIMIT = 300;

  private final TimeSource time;
  private final Supplier<RateLimits> limits;
  private final Executor executor;

  // Guarded by this object. A turn that was cancelled stays in its queue until it is polled.
  private final Deque<CompletableFuture<@Nullable Void>> urgent = new ArrayDeque<>();
  private final Deque<CompletableFuture<@Nullable Void>> others = new ArrayDeque<>();
  private @Nullable Long nextFree;
  private boolean isScheduled;

  /**
   * A pace.
   *
   * @param limits returns the rate limits that the last responses reported
   * @param executor completes the turns
   */
  Pace(TimeSource time, Supplier<RateLimits> limits, Executor executor) {
    this.time = time;
    this.limits = limits;
    this.executor = executor;
  }

  /**
   * Returns a future that completes when a request may be made. Cancelling it gives the turn back.
   *
   * @param isUrgent whether it comes before those that are not: the first request of a wait, and
   *     one after an event
   */
  CompletableFuture<@Nullable Void> turn(boolean isUrgent) {
    CompletableFuture<@Nullable Void> turn = new CompletableFuture<>();
    synchronized (this) {
      (isUrgent ? urgent : others).add(turn);
    }
    grant();
    return turn;
  }

  private void grant() {
    while (true) {
      CompletableFuture<@Nullable Void> turn = null;
      long delay;
      synchronized (this) {
        removeEnded(urgent);
        removeEnded(others);
        Deque<CompletableFuture<@Nullable Void>> queue = urgent.isEmpty() ? others : urgent;
        if (queue.isEmpty() || isScheduled) {
          return;
        }
        delay = nanosUntilFree();
        if (delay > 0) {
          isScheduled = true;
        } else {
          turn = queue.remove();
          long now = time.nanos();
          nextFree = (nextFree == null ? now : now + Math.max(0, nextFree - now)) + interval();
        }
      }
      if (turn == null) {
        CompletableFuture<?> unused = time.pause(delay).thenRunAsync(this::grantNext, executor);
        return;
      }
      complete(turn);
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
    long limit = reported == null || reported < 2 ? DEFAULT_LIMIT : reported;
    return TimeUnit.MINUTES.toNanos(1) / (limit / 2);
  }

  private void grantNext() {
    synchronized (this) {
      isScheduled = false;
    }
    grant();
  }

  private void complete(CompletableFuture<@Nullable Void> turn) {
    executor.execute(() -> turn.complete(null));
  }
}
