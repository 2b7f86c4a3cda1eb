package io.github.persona4j.waiter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are made one after the other, each in a turn of the {@link Pace}; the first one has
 * its turn already. What handles a response may add others. A request whose failure may pass does
 * not keep the others from being made, but fails the sequence at its end. One thread at a time, but
 * for the cancellation of the result.
 *
 * @param <T> the result
 */
final class Sequence<T> {
  private final Waits waits;
  private final Supplier<T> value;
  private final Deque<Runnable> requests = new ArrayDeque<>();
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<?> current; // a turn or a request
  private @Nullable Throwable failure;

  /**
   * A sequence.
   *
   * @param value returns the result after the last request
   */
  Sequence(Waits waits, Supplier<T> value) {
    this.waits = waits;
    this.value = value;
  }

  /**
   * Adds a request after all others.
   *
   * @param handler gets its response or its failure, and throws a failure that it does not handle
   */
  <R> void add(
      Supplier<CompletableFuture<R>> request,
      BiConsumer<@Nullable R, @Nullable Throwable> handler) {
    requests.add(() -> send(request, handler));
  }

  /** Begins, and returns when all have ended. Cancelling the result ends the current one. */
  CompletableFuture<T> begin() {
    CompletableFuture<?> unused =
        result.whenComplete(
            (end, thrown) -> {
              CompletableFuture<?> running = current;
              if (running != null) {
                running.cancel(true);
              }
            });
    Runnable first = requests.poll();
    if (first == null) {
      result.complete(value.get());
    } else {
      first.run();
    }
    return result;
  }

  private <R> void send(
      Supplier<CompletableFuture<R>> request,
      BiConsumer<@Nullable R, @Nullable Throwable> handler) {
    CompletableFuture<R> begun;
    try {
      begun = request.get();
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
      return;
    }
    begun(begun);
    CompletableFuture<?> unused =
        begun.whenCompleteAsync(
            (response, thrown) -> {
              if (!result.isDone()) {
                settle(response, thrown, handler);
              }
            },
            waits.steps());
  }

  private void begun(CompletableFuture<?> step) {
    current = step;
    if (result.isDone()) {
      step.cancel(true);
    }
  }

  private <R> void settle(
      @Nullable R response,
      @Nullable Throwable thrown,
      BiConsumer<@Nullable R, @Nullable Throwable> handler) {
    try {
      handler.accept(response, thrown == null ? null : Wait.cause(thrown));
    } catch (RuntimeException | Error e) {
      Throwable cause = Wait.cause(e);
      if (!WaitState.mayPass(cause)) {
        result.completeExceptionally(cause);
        return;
      }
      failure = failure == null ? cause : failure;
    }
    next();
  }

  private void next() {
    Runnable request = requests.poll();
    if (request != null) {
      CompletableFuture<@Nullable Void> turn = waits.pace().turn(false);
      begun(turn);
      CompletableFuture<?> unused =
          turn.thenRunAsync(
              () -> {
                if (!result.isDone()) {
                  request.run();
                }
              },
              waits.steps());
    } else if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      result.complete(value.get());
    }
  }
}
