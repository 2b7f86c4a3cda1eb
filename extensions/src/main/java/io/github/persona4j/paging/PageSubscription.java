package io.github.persona4j.paging;

import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Requests pages as a subscriber requests elements, and passes these to it.
 *
 * <p>{@link #work()} does one thing after the other, on the thread that first has something to do.
 * Meanwhile other threads only count what they add: a demand, a page, a cancellation.
 *
 * @param <T> the type of the items of pages
 * @param <E> the elements of a page that the subscriber gets
 */
final class PageSubscription<T, E> implements Flow.Subscription {
  /** What the subscriber gets of a page. */
  interface Elements<T, E> {
    /**
     * Returns the elements of a page.
     *
     * @param remaining the maximum number of items that are needed
     */
    Iterator<E> of(AsyncPage<T> page, long remaining);
  }

  private final PageSource<T, ?> source;
  private final Elements<T, E> elementsOf;

  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private volatile boolean ended;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable CompletableFuture<AsyncPage<T>> request;

  // Used only in work().
  private Flow.@Nullable Subscriber<? super E> subscriber;
  private Iterator<E> elements = Collections.emptyIterator();
  private @Nullable AsyncPage<T> last;
  private long remaining; // items that later pages may have

  PageSubscription(
      PageSource<T, ?> source,
      long limit,
      Elements<T, E> elementsOf,
      Flow.Subscriber<? super E> subscriber) {
    this.source = source;
    this.remaining = limit;
    this.elementsOf = elementsOf;
    this.subscriber = subscriber;
  }

  /** Passes this to the subscriber, and what it has requested after that. */
  void start() {
    Flow.Subscriber<? super E> receiver = subscriber;
    if (receiver == null) {
      return;
    }
    changes.incrementAndGet(); // no signal before onSubscribe has returned
    try {
      receiver.onSubscribe(this);
    } catch (Throwable e) {
      end();
      throw e;
    }
    workOff();
  }

  @Override
  public void request(long n) {
    if (n > 0) {
      demand.accumulateAndGet(n, (one, more) -> one + more < 0 ? Long.MAX_VALUE : one + more);
    } else {
      failure =
          new IllegalArgumentException(
              "a subscriber must request at least 1 element (rule 3.9 of Reactive Streams), not "
                  + n);
    }
    changed();
  }

  @Override
  public void cancel() {
    end();
    changed();
  }

  /** Stops requests. */
  private void end() {
    ended = true;
    CompletableFuture<AsyncPage<T>> running = request;
    if (running != null) {
      running.cancel(true);
    }
  }

  private void changed() {
    if (changes.getAndIncrement() == 0) {
      workOff();
    }
  }

  private void workOff() {
    int seen = 1;
    do {
      work();
      seen = changes.addAndGet(-seen);
    } while (seen != 0);
  }

  /** Does all that can be done now. */
  private void work() {
    Flow.Subscriber<? super E> receiver = subscriber;
    boolean goesOn = true;
    while (goesOn && receiver != null && !ended) {
      Throwable reported = failure;
      try {
        if (reported == null) {
          goesOn = step(receiver);
        }
      } catch (Throwable e) { // for example an item or a link of another type
        reported = e;
      }
      if (reported != null) {
        fail(receiver, reported);
      }
    }
    if (ended) {
      subscriber = null; // what has ended keeps nothing
      elements = Collections.emptyIterator();
      last = null;
    }
  }

  /** Does one thing; returns false if there is nothing to do now. */
  private boolean step(Flow.Subscriber<? super E> receiver) {
    if (elements.hasNext()) {
      if (demand.get() == 0) {
        return false;
      }
      pass(receiver, elements.next());
    } else if (request != null) {
      return takePage();
    } else if (remaining == 0 || (last != null && !last.hasFollowing())) {
      end();
      signal(receiver::onComplete);
    } else if (demand.get() == 0) {
      return false;
    } else {
      requestPage();
    }
    return true;
  }

  private void pass(Flow.Subscriber<? super E> receiver, E element) {
    demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
    signal(() -> receiver.onNext(element));
  }

  private void requestPage() {
    AsyncPage<T> page = last;
    CompletableFuture<AsyncPage<T>> next =
        page == null ? AsyncPage.first(source) : page.following();
    request = next;
    if (ended) {
      next.cancel(true); // ended before the request was known
    }
    CompletableFuture<?> action = next.handle((arrived, thrown) -> whenPageIsDone());
    // The executor of the client may reject the action.
    CompletableFuture<?> unused =
        CompletableFuture.allOf(action)
            .exceptionally(
                rejection -> {
                  failure = cause(rejection);
                  return whenPageIsDone();
                });
  }

  private @Nullable Void whenPageIsDone() {
    changed();
    return null;
  }

  /** Takes the page that was requested; returns false if it has not arrived. */
  private boolean takePage() {
    CompletableFuture<AsyncPage<T>> running = request;
    if (running == null || !running.isDone()) {
      return false;
    }
    request = null;
    AsyncPage<T> page;
    try {
      page = running.join();
    } catch (CompletionException e) {
      failure = cause(e);
      return true;
    }
    elements = elementsOf.of(page, remaining);
    remaining -= Math.min(remaining, page.items().size());
    last = page;
    return true;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private void fail(Flow.Subscriber<? super E> receiver, Throwable failure) {
    end();
    signal(() -> receiver.onError(failure));
  }

  /** Calls the subscriber, which must not throw anything. */
  private void signal(Runnable signal) {
    try {
      signal.run();
    } catch (Throwable e) {
      end();
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
