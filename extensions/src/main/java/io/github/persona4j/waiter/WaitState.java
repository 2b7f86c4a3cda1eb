package io.github.persona4j.waiter;

import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.RequestTimeoutException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.error.WaitTimeoutException;
import io.github.persona4j.internal.http.Callbacks;
import io.github.persona4j.internal.retry.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One wait: decides after each retrieval whether it ends, or how long it pauses. One thread at a
 * time.
 */
final class WaitState<T> {
  private static final double GROWTH = 1.5;
  private static final long RATE_LIMIT_SECONDS = 5;

  /** What a retrieval led to. */
  sealed interface Step<T> {
    /** The goal was reached. */
    record Reached<T>(T value) implements Step<T> {}

    /** The goal cannot be reached, or was not in time. */
    record Failed<T>(RuntimeException failure) implements Step<T> {}

    /** The next retrieval follows after a pause. */
    record Pause<T>(long nanos) implements Step<T> {}
  }

  private final String id;
  private final Goal<T> goal;
  private final WaitSettings settings;
  private final TimeSource time;
  private final long begin;

  private double intervalNanos;

  // Read at the deadline, by any thread.
  private volatile int retrievals;
  private volatile @Nullable T last;
  private volatile @Nullable Throwable lastFailure;

  WaitState(String id, Goal<T> goal, WaitSettings settings, TimeSource time) {
    this.id = id;
    this.goal = goal;
    this.settings = settings;
    this.time = time;
    this.begin = time.nanos();
    this.intervalNanos = settings.firstInterval().toNanos();
  }

  /** Returns the time until the deadline; zero or less if it has passed. */
  long remainingNanos() {
    return settings.timeout().toNanos() - elapsed();
  }

  private long elapsed() {
    return time.nanos() - begin;
  }

  /** A retrieval returned a value. */
  Step<T> retrieved(T value) {
    last = value;
    lastFailure = null;
    report(goal.state().apply(value), goal.isKnown(value));
    if (goal.reached().test(value)) {
      return new Step.Reached<>(value);
    }
    return goal.failed().test(value)
        ? new Step.Failed<>(goal.failure().apply(failureMessage(value), value))
        : pause(0);
  }

  private String failureMessage(T value) {
    String state = goal.state().apply(value);
    boolean plain = state != null && goal.isKnown(value);
    return "waiting for " + goal.what() + " failed" + (plain ? ": its state is " + state : "");
  }

  /** A retrieval failed. */
  Step<T> failed(Throwable failure) {
    boolean tolerated =
        failure instanceof ServerException
            || failure instanceof RateLimitException
            || failure instanceof RequestTimeoutException
            || (failure instanceof PersonaConnectionException broken && !broken.isStopped())
            || (failure instanceof NotFoundException
                && last == null
                && elapsed() < settings.notFound().toNanos());
    if (!tolerated) {
      return new Step.Failed<>(
          failure instanceof RuntimeException known ? known : new IllegalStateException(failure));
    }
    lastFailure = failure;
    report(null, true);
    return pause(failure instanceof RateLimitException limit ? rateLimitNanos(limit) : 0);
  }

  private static long rateLimitNanos(RateLimitException limit) {
    Long seconds = limit.rateLimits().resetSeconds();
    return Duration.ofSeconds(
            seconds == null ? RATE_LIMIT_SECONDS : Math.min(seconds, Integer.MAX_VALUE))
        .toNanos();
  }

  private void report(@Nullable String state, boolean known) {
    int number = retrievals + 1;
    retrievals = number;
    WaitProgress progress = new WaitProgress(id, state, known, number, Duration.ofNanos(elapsed()));
    Callbacks.invoke(settings.onProgress(), progress);
  }

  /** Returns a pause with jitter, so that waits that began together spread. */
  private Step<T> pause(long atLeast) {
    long remaining = remainingNanos();
    if (remaining <= 0) {
      return new Step.Failed<>(timeout());
    }
    long jittered = (long) (intervalNanos * (0.5 + time.random() / 2));
    intervalNanos = Math.min(intervalNanos * GROWTH, (double) settings.maxInterval().toNanos());
    return new Step.Pause<>(Math.min(remaining, Math.max(atLeast, jittered)));
  }

  /** Returns the exception of a wait whose deadline has passed. */
  WaitTimeoutException timeout() {
    return new WaitTimeoutException(
        "waiting for "
            + goal.what()
            + " ended after "
            + settings.timeout().toMillis()
            + " ms and "
            + retrievals
            + " retrievals",
        last,
        lastFailure);
  }
}
