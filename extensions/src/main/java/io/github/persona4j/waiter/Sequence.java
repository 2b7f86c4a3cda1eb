package io.github.persona4j.waiter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are made one after the other, each in a turn of the {@link Pace}; the first one has
 * its turn already. A request may add others. One thread at a time, but for the cancellation of the
 * result.
 */
final class Sequence {
  private final Pace pace;
  private final Deque<Supplier<CompletableFuture<?>>> requests = new ArrayDeque<>();
  private final CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<?> current; // a turn or a request

  Sequence(Pace pace) {
    this.pace = pace;
  }

  /** Adds a request after all others. */
  void add(Supplier<CompletableFuture<?>> request) {
    requests.add(request);
  }

  /** Begins, and returns when all have ended. Cancelling the result ends the current one. */
  CompletableFuture<@Nullable Void> begin() {
    CompletableFuture<?> unused =
        result.whenComplete(
            (end, failure) -> {
              CompletableFuture<?> running = current;
              if (running != null) {
                running.cancel(true);
              }
            });
    Supplier<CompletableFuture<?>> first = requests.poll();
    if (first == null) {
      result.complete(null);
    } else {
      follow(first, this::next);
    }
    return result;
  }

  /**
   * Returns the value after a step. Unlike with {@code thenApply}, cancelling the result ends the
   * step.
   */
  static <T> CompletableFuture<T> then(CompletableFuture<?> step, Supplier<T> value) {
    CompletableFuture<T> result = new CompletableFuture<>();
    CompletableFuture<?> unused =
        step.whenComplete(
            (end, failure) -> {
              if (failure == null) {
                result.complete(value.get());
              } else {
                result.completeExceptionally(failure);
              }
            });
    unused = result.whenComplete((end, failure) -> step.cancel(true));
    return result;
  }

  private void next() {
    Supplier<CompletableFuture<?>> request = requests.poll();
    if (request == null) {
      result.complete(null);
    } else {
      follow(() -> pace.turn(false), () -> follow(request, this::next));
    }
  }

  private void follow(Supplier<CompletableFuture<?>> step, Runnable then) {
    try {
      CompletableFuture<?> begun = step.get();
      current = begun;
      if (result.isDone()) {
        begun.cancel(true);
      }
      CompletableFuture<?> unused =
          begun.whenComplete(
              (value, failure) -> {
                if (failure != null) {
                  result.completeExceptionally(failure);
                } else if (!result.isDone()) {
                  then.run();
                }
              });
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }
}
