package io.github.persona4j.paging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Passes all items to an action. */
final class ForEach<T> implements Flow.Subscriber<T> {
  private final Consumer<? super T> action;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  ForEach(Consumer<? super T> action) {
    this.action = action;
  }

  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    // However the future is completed, there is nothing more to request then.
    CompletableFuture<Void> unused = done.whenComplete((nothing, failure) -> subscription.cancel());
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(T item) {
    try {
      action.accept(item);
    } catch (Throwable e) {
      done.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }
}
