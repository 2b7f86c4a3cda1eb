package io.github.persona4j.waiter;

import io.github.persona4j.internal.call.CallFuture;
import io.github.persona4j.internal.call.Lifecycle;
import io.github.persona4j.request.RequestOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Drives one wait without a thread: takes a turn, retrieves, pauses, and begins again until the
 * {@link WaitState} ends it. Thread-safe.
 *
 * @param <R> the response of a retrieval
 * @param <T> what it has
 */
final class Wait<R, T> implements Lifecycle.OpenCall {
  private static final Duration MIN_CALL = Duration.ofSeconds(1);
  private static final Duration MAX_CALL =
      Duration.ofSeconds(30); // so that a hanging one is retried

  private final WaitState<T> state;
  private final Waits waits;
  private final Function<RequestOptions, CompletableFuture<R>> retrieval;
  private final Function<R, T> value;
  private final Lifecycle lifecycle;
  private final CallFuture<T> result;

  private volatile @Nullable CompletableFuture<?> current; // a turn, a retrieval or a pause
  private volatile @Nullable CompletableFuture<@Nullable Void> pause; // one that an event ends
  private volatile boolean woken;

  Wait(
      WaitState<T> state,
      Waits waits,
      Lifecycle lifecycle,
      Function<RequestOptions, CompletableFuture<R>> retrieval,
      Function<R, T> value) {
    this.state = state;
    this.waits = waits;
    this.retrieval = retrieval;
    this.value = value;
    this.lifecycle = lifecycle;
    this.result = new CallFuture<>(waits.continuations());
  }

  /**
   * Begins the wait and returns its result; cancelling that ends the wait.
   *
   * @param onEnd is run when the wait has ended
   */
  CompletableFuture<T> begin(Runnable onEnd) {
    CompletableFuture<@Nullable Void> deadline =
        waits.time().alarm(Math.max(0, state.remainingNanos()));
    CompletableFuture<?> unused =
        deadline.thenRun(() -> result.completeExceptionally(state.timeout()));
    result.onCompletion(
        () -> {
          deadline.cancel(false);
          stop(current);
          onEnd.run();
        });
    takeTurn(true);
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
    CompletableFuture<@Nullable Void> waiting = pause;
    if (waiting != null) {
      waiting.complete(null);
    }
    CompletableFuture<?> step = current;
    if (step != null) {
      waits.pace().promote(step); // if it is a turn
    }
  }

  @Override
  public void clientClosed() {
    result.completeExceptionally(Lifecycle.closedException());
  }

  private void takeTurn(boolean isUrgent) {
    CompletableFuture<@Nullable Void> turn = waits.pace().turn(isUrgent);
    begun(turn);
    CompletableFuture<?> unused = turn.thenRunAsync(this::retrieve, waits.steps());
  }

  /** Remembers a step, which ends with the wait. */
  private void begun(CompletableFuture<?> step) {
    current = step;
    if (result.isDone()) {
      step.cancel(true);
    }
  }

  private void retrieve() {
    if (result.isDone()) {
      return;
    }
    woken = false;
    long remaining = state.remainingNanos();
    if (remaining <= 0) {
      result.completeExceptionally(state.timeout());
      return;
    }
    CompletableFuture<R> retrieved;
    try {
      retrieved =
          Objects.requireNonNull(
              retrieval.apply(RequestOptions.builder().callTimeout(callTimeout(remaining)).build()),
              WaitState.NULL_SUPPLIED);
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
      return;
    }
    begun(retrieved);
    CompletableFuture<?> unused = retrieved.handleAsync(this::settle, waits.steps());
  }

  private static Duration callTimeout(long remaining) {
    Duration limit = Duration.ofNanos(remaining);
    if (limit.compareTo(MIN_CALL) < 0) {
      return MIN_CALL;
    }
    return limit.compareTo(MAX_CALL) > 0 ? MAX_CALL : limit;
  }

  private @Nullable Void settle(@Nullable R response, @Nullable Throwable failure) {
    if (failure != null && lifecycle.isClosed()) {
      clientClosed(); // not with the failure of the call that was closed, too
      return null;
    }
    try {
      follow(
          failure != null
              ? state.failed(cause(failure))
              : state.retrieved(
                  value.apply(Objects.requireNonNull(response, WaitState.NULL_SUPPLIED))));
    } catch (RuntimeException | Error e) { // such as a value of another type than described
      result.completeExceptionally(e);
    }
    return null;
  }

  static Throwable cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? failure : cause;
  }

  private void follow(WaitState.Step<T> step) {
    if (step instanceof WaitState.Step.Reached<T> reached) {
      result.complete(reached.value());
    } else if (step instanceof WaitState.Step.Failed<T> failed) {
      result.completeExceptionally(failed.failure());
    } else if (step instanceof WaitState.Step.Pause<T> next && !result.isDone()) {
      pause(next);
    }
  }

  private void pause(WaitState.Step.Pause<T> step) {
    CompletableFuture<@Nullable Void> begun = waits.time().pause(step.nanos());
    begun(begun);
    if (step.endsWithAnEvent()) {
      pause = begun;
      if (woken) {
        begun.complete(null);
      }
    }
    CompletableFuture<?> unused = begun.thenRunAsync(this::resume, waits.steps());
  }

  private void resume() {
    pause = null;
    boolean isUrgent = woken;
    if (isUrgent) {
      state.restartIntervals(); // the event may be there before the state is visible
    }
    if (!result.isDone()) {
      takeTurn(isUrgent);
    }
  }
}
