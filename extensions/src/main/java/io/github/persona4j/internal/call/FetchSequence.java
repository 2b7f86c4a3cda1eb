package io.github.persona4j.internal.call;

import io.github.persona4j.resource.Identified;
import io.github.persona4j.resource.ToOne;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Retrieves resources one after the other, without waiting. The first failure ends it. */
final class FetchSequence<T extends Identified> {
  private final RelationshipFetcher fetcher;
  private final List<ToOne<T>> targets;
  private final List<Retrieval<?>> retrievals;
  private final List<T> resources = new ArrayList<>(); // one call at a time adds to it
  private final CompletableFuture<List<T>> done = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<T> running;

  FetchSequence(
      RelationshipFetcher fetcher, List<ToOne<T>> targets, List<Retrieval<?>> retrievals) {
    this.fetcher = fetcher;
    this.targets = targets;
    this.retrievals = retrievals;
  }

  /** Makes the first call. Cancelling the future cancels the call that is running. */
  CompletableFuture<List<T>> start() {
    CompletableFuture<List<T>> unused = done.whenComplete((result, failure) -> cancelCall());
    next();
    return done;
  }

  private void next() {
    int index = resources.size();
    if (index == targets.size()) {
      done.complete(List.copyOf(resources));
      return;
    }
    CompletableFuture<T> call =
        fetcher.start(retrievals.get(index), targets.get(index), Function.identity());
    running = call;
    if (done.isDone()) {
      cancelCall(); // ended before the call was known
    }
    CompletableFuture<?> action = call.handle(this::ended);
    // The executor of the client may reject the action.
    CompletableFuture<?> unused =
        CompletableFuture.allOf(action)
            .whenComplete(
                (nothing, rejection) -> {
                  if (rejection != null) {
                    fail(rejection);
                  }
                });
  }

  private @Nullable Void ended(@Nullable T resource, @Nullable Throwable failure) {
    if (failure != null) {
      fail(failure);
    } else if (resource != null && !done.isDone()) {
      resources.add(resource);
      next();
    }
    return null;
  }

  private void fail(Throwable failure) {
    Throwable cause = failure.getCause();
    done.completeExceptionally(
        failure instanceof CompletionException && cause != null ? cause : failure);
  }

  private void cancelCall() {
    CompletableFuture<T> call = running;
    if (call != null) {
      call.cancel(true);
    }
  }
}
