package io.github.persona4j.waiter;

import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.request.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Drives one wait without a thread: retrieves, pauses, and retrieves again until the {@link
 * WaitState} ends it. Thread-safe.
 *
 * @param <R> the response of a retrieval
 * @param <T> what it has
 */
final class Wait<R, T> {
  private static final Duration MIN_CALL = Duration.ofSeconds(1);
  private static final Duration MAX_CALL =
      Duration.ofSeconds(30); // so that a hanging one is retried

  private final WaitState<T> state;
  private final Pace pace;
  private final TimeSource time;
  private final Function<RequestOptions, CompletableFuture<R>> retrieval;
  private final Function<R, T> value;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  private volatile @Nullable CompletableFuture<?> running;
  private volatile @Nullable CompletableFuture<@Nullable Void> pause;
  private volatile boolean woken;

  Wait(
      WaitState<T> state,
      Pace pace,
      TimeSource time,
      Function<RequestOptions, CompletableFuture<R>> retrieval,
      Function<R, T> value) {
    this.state = state;
    this.pace = pace;
    this.time = time;
    this.retrieval = retrieval;
    this.value = value;
  }

  /** Begins the wait and returns its result; cancelling that ends the wait. */
  CompletableFuture<T> begin() {
    CompletableFuture<@Nullable Void> deadline = time.alarm(Math.max(0, state.remainingNanos()));
    CompletableFuture<?> unused =
        deadline.thenRun(() -> result.completeExceptionally(state.timeout()));
    unused =
        result.whenComplete(
            (end, failure) -> {
              deadline.cancel(false);
              stop(running);
              stop(pause);
            });
    takeTurn();
    return result;
  }

  private static void stop(@Nullable CompletableFuture<?> step) {
    if (step != null) {
      step.cancel(true);
    }
  }

  /** Lets the next retrieval be made as soon as the pace allows it. */
  void wake() {
    woken = true; // a retrieval that is running may have been too early
    CompletableFuture<@Nullable Void> current = pause;
    if (current != null) {
      current.complete(null);
    }
  }

  private void takeTurn() {
    long nanos = pace.take();
    if (nanos == 0) {
      retrieve();
    } else {
      then(time.pause(Math.min(nanos, Math.max(0, state.remainingNanos()))), this::retrieve);
    }
  }

  private void then(CompletableFuture<@Nullable Void> begun, Runnable next) {
    CompletableFuture<?> unused =
        begun.thenRun(
            () -> {
              if (!result.isDone()) {
                next.run();
              }
            });
  }

  private void retrieve() {
    woken = false;
    long remaining = state.remainingNanos();
    if (remaining <= 0) {
      result.completeExceptionally(state.timeout());
      return;
    }
    CompletableFuture<R> begun;
    try {
      begun = retrieval.apply(RequestOptions.builder().callTimeout(callTimeout(remaining)).build());
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
      return;
    }
    running = begun;
    if (result.isDone()) {
      begun.cancel(true);
    }
    CompletableFuture<?> unused = begun.handle(this::settle);
  }

  private static Duration callTimeout(long remaining) {
    Duration limit = Duration.ofNanos(remaining);
    if (limit.compareTo(MIN_CALL) < 0) {
      return MIN_CALL;
    }
    return limit.compareTo(MAX_CALL) > 0 ? MAX_CALL : limit;
  }

  private @Nullable Void settle(@Nullable R response, @Nullable Throwable failure) {
    try {
      follow(
          response == null ? state.failed(cause(failure)) : state.retrieved(value.apply(response)));
    } catch (RuntimeException | Error e) { // such as a value of another type than described
      result.completeExceptionally(e);
    }
    return null;
  }

  private static Throwable cause(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? new IllegalStateException("there is no response") : cause;
  }

  private void follow(WaitState.Step<T> step) {
    if (step instanceof WaitState.Step.Reached<T> reached) {
      result.complete(reached.value());
    } else if (step instanceof WaitState.Step.Failed<T> failed) {
      result.completeExceptionally(failed.failure());
    } else if (step instanceof WaitState.Step.Pause<T> next && !result.isDone()) {
      CompletableFuture<@Nullable Void> begun = time.pause(next.nanos());
      pause = begun;
      if (result.isDone() || woken) {
        begun.complete(null);
      }
      then(begun, this::takeTurn);
    }
  }
}
