package io.github.persona4j.paging;

import io.github.persona4j.request.PagedQuery;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * All items of a list or of a search, as a publisher. What {@link Pages} says about the query, its
 * cursors and its failures applies here too.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#async-pages -->
 *
 * <pre>{@code
 * CompletableFuture<Void> all =
 *     persona.async().events().listAll().forEach(event -> show(event.id()));
 * }</pre>
 *
 * <p>A page is requested only when the subscriber has requested an item of it, and no thread waits
 * for it. Each subscription makes its own requests. Canceling it ends them, also the one that is
 * running. A failure is signaled after the items before it, and ends the subscription.
 *
 * <p>Signals are serial, as {@link Flow} requires. They come on the threads on which actions that
 * depend on a future of the client run, or on the thread that requests items, and may block. What a
 * subscriber throws cancels its subscription and goes to its thread's handler of uncaught
 * exceptions.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the type of the items
 */
public final class AsyncPages<T> implements Flow.Publisher<T> {
  private final PageSource<T, ?> source;
  private final long limit;

  private AsyncPages(PageSource<T, ?> source, long limit) {
    this.source = source;
    this.limit = limit;
  }

  /**
   * Returns the items of a list operation. Makes no request. The client has methods that return
   * this, such as {@code persona.async().events().listAll()}; this is for an interface of your own.
   *
   * @param operation requests a page
   * @param query the filters, the page size and the cursor to start from; for a search, the body
   * @throws IllegalArgumentException if the query has both {@code page[after]} and {@code
   *     page[before]}
   */
  public static <T, Q extends PagedQuery<Q>> AsyncPages<T> of(
      PageOperation<Q, T> operation, Q query) {
    return new AsyncPages<>(PageSource.ofAll(operation, query), Long.MAX_VALUE);
  }

  /** The first items of a source. */
  static <T> AsyncPages<T> of(PageSource<T, ?> source, long limit) {
    return new AsyncPages<>(source, limit);
  }

  /** Returns the pages with these items. A page is requested when the subscriber requests it. */
  public Flow.Publisher<AsyncPage<T>> pages() {
    return subscriber -> subscribe(subscriber, (page, remaining) -> List.of(page).iterator());
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    subscribe(subscriber, AsyncPages::items);
  }

  /** The items of a page, of which at most {@code remaining} are needed. */
  private static <T> Iterator<T> items(AsyncPage<T> page, long remaining) {
    Iterator<T> items = page.itemsInDirection();
    if (remaining >= page.items().size()) {
      return items;
    }
    Spliterator<T> all = Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED);
    return StreamSupport.stream(all, false).limit(remaining).iterator();
  }

  /**
   * Passes all items to an action, one after the other.
   *
   * @param action may block; what it throws ends the iteration and fails the future
   * @return is completed after the last item, and fails as the call that failed; canceling it ends
   *     the requests
   */
  public CompletableFuture<Void> forEach(Consumer<? super T> action) {
    ForEach<T> forEach = new ForEach<>(Objects.requireNonNull(action, "action"));
    subscribe(forEach);
    return forEach.done();
  }

  private <E> void subscribe(
      Flow.Subscriber<? super E> subscriber, PageSubscription.Elements<T, E> elements) {
    Objects.requireNonNull(subscriber, "subscriber");
    new PageSubscription<>(source, limit, elements, subscriber).start();
  }
}
