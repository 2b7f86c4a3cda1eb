package io.github.persona4j.waiter;

import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.RequestTimeoutException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.error.WaitTimeoutException;
import io.github.persona4j.internal.http.Callbacks;
import io.github.persona4j.internal.http.RetryAfter;
import io.github.persona4j.internal.retry.TimeSource;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One wait: decides after each retrieval whether it ends, or how long it pauses. One thread at a
 * time.
 */
final class WaitState<T> {
  private static final double GROWTH = 1.5;
  private static final Duration RATE_LIMIT = Duration.ofSeconds(5);

  static final String NULL_SUPPLIED = "the supplier returned null";

  /** What a retrieval led to. */
  sealed interface Step<T> {
    /** The goal was reached. */
    record Reached<T>(T value) implements Step<T> {}

    /** The goal cannot be reached, or was not in time. */
    record Failed<T>(Throwable failure) implements Step<T> {}

    /**
     * The next retrieval follows after a pause.
     *
     * @param endsWithAnEvent false if the rate limit is to reset before
     */
    record Pause<T>(long nanos, boolean endsWithAnEvent) implements Step<T> {}
  }

  private final String id;
  private final Goal<T> goal;
  private final WaitSettings settings;
  private final TimeSource time;
  private final @Nullable Supplier<T> latest;
  private final long begin;

  private double intervalNanos;

  // Read at the deadline, by any thread.
  private volatile int retrievals;
  private volatile @Nullable T last;
  private volatile @Nullable Throwable lastFailure;

  WaitState(String id, Goal<T> goal, WaitSettings settings, TimeSource time) {
    this(id, goal, settings, time, null);
  }

  /**
   * A wait.
   *
   * @param latest returns what is known at the deadline; null for the value that was retrieved last
   */
  WaitState(
      String id,
      Goal<T> goal,
      WaitSettings settings,
      TimeSource time,
      @Nullable Supplier<T> latest) {
    this.id = id;
    this.goal = goal;
    this.settings = settings;
    this.time = time;
    this.latest = latest;
    this.begin = time.nanos();
    this.intervalNanos = settings.firstInterval().toNanos();
  }

  /** Returns the time until the deadline; zero or less if it has passed. */
  long remainingNanos() {
    return settings.timeout().toNanos() - elapsed();
  }

  /** Returns whether a resource that is not found may still be created. */
  boolean toleratesNotFound() {
    return elapsed() < settings.notFound().toNanos();
  }

  /** Lets the intervals grow from the first one again. */
  void restartIntervals() {
    intervalNanos = settings.firstInterval().toNanos();
  }

  private long elapsed() {
    return time.nanos() - begin;
  }

  /** A retrieval returned a value. */
  Step<T> retrieved(T value) {
    last = value;
    lastFailure = null;
    report(goal.state().apply(value), goal.isKnown(value), null);
    if (goal.reached().test(value)) {
      return new Step.Reached<>(value);
    } else if (goal.failed().test(value)) {
      return failed(value, "its state is " + goal.state().apply(value));
    } else if (goal.redacted().test(value)) {
      return failed(value, "it was redacted");
    }
    return pause(0);
  }

  private Step<T> failed(T value, String reason) {
    String message = "waiting for " + goal.what() + " failed: " + reason;
    return new Step.Failed<>(goal.failure().apply(message, value));
  }

  /** Returns whether the same request may succeed later. */
  static boolean mayPass(Throwable failure) {
    return failure instanceof ServerException
        || failure instanceof RateLimitException
        || failure instanceof RequestTimeoutException
        || (failure instanceof PersonaConnectionException broken && !broken.isStopped());
  }

  /** A retrieval failed. */
  Step<T> failed(Throwable failure) {
    boolean tolerated =
        mayPass(failure)
            || (failure instanceof NotFoundException && last == null && toleratesNotFound());
    if (!tolerated) {
      return new Step.Failed<>(failure);
    }
    lastFailure = failure;
    report(null, true, failure);
    return pause(failure instanceof RateLimitException limit ? rateLimit(limit).toNanos() : 0);
  }

  private Duration rateLimit(RateLimitException limit) {
    Long reset = limit.rateLimits().resetSeconds();
    Duration untilReset =
        Duration.ofSeconds(reset == null ? 0 : Math.min(reset, Integer.MAX_VALUE));
    Duration after = RetryAfter.of(limit.header("Retry-After"), limit.header("Date"), time.now());
    Duration longest = after == null || after.compareTo(untilReset) < 0 ? untilReset : after;
    return longest.isZero() ? RATE_LIMIT : longest;
  }

  private void report(@Nullable String state, boolean known, @Nullable Throwable failure) {
    int number = retrievals + 1;
    retrievals = number;
    WaitProgress progress =
        new WaitProgress(id, state, known, failure, number, Duration.ofNanos(elapsed()));
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
    return new Step.Pause<>(Math.min(remaining, Math.max(atLeast, jittered)), atLeast == 0);
  }

  /** Returns the exception of a wait whose deadline has passed. */
  WaitTimeoutException timeout() {
    return new WaitTimeoutException(
        "waiting for "
            + goal.what()
            + " ended after "
            + Duration.ofNanos(elapsed()).toMillis()
            + " ms and "
            + retrievals
            + " retrievals"
            + knownState(),
        latest == null ? last : latest.get(),
        lastFailure);
  }

  /** An unknown state may be any text, so no message contains it. */
  private String knownState() {
    T value = last;
    String state = value == null ? null : goal.state().apply(value);
    return value != null && state != null && goal.hasKnownStates() && goal.isKnown(value)
        ? ": its state is " + state
        : "";
  }
}
