package io.github.persona4j.paging;

import io.github.persona4j.request.PagedQuery;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All items of a list or of a search, starting at the cursor in the query.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#pages -->
 *
 * <pre>{@code
 * for (Event event : persona.events().listAll()) {
 *   show(event.id());
 * }
 * for (Page<Event> page : persona.events().listAll().pages()) {
 *   show(page.items().size());
 *   show(page.nextCursor()); // for pageAfter(...) in another run
 * }
 * List<String> ids = persona.events().listAll().limit(500).stream().map(Event::id).toList();
 * }</pre>
 *
 * <p>A page is requested when it is needed, and each iteration makes its own requests. Every
 * request has the caller's query and options, with only the cursor changed, and 100 items a page
 * unless the query sets another size. The cursor comes from the link of the page before. An
 * iteration ends when the server returns no further link. An empty page does not end it.
 *
 * <p>A query with {@code page[before]} iterates towards the start of the list, to newer items. The
 * items of each page then come in reverse order, so that those nearest to the cursor come first.
 * Any other query iterates to older items.
 *
 * <p>Iteration throws the exceptions of the calls ({@code PersonaException}); the same iterator can
 * be asked again, and retries the request that failed. It throws {@code MalformedResponseException}
 * if a link is invalid, leads back to an earlier page, or leads to another page after {@link
 * #MAX_EMPTY_PAGES} consecutive empty pages. To continue later, store {@link Page#nextCursor()} of
 * the last page that was read. It is null at the end of the list; a query without a cursor starts
 * at the beginning.
 *
 * <p>Each page of a search is a separate POST with an idempotency key of its own. Options with an
 * idempotency key do not suit it, because the API refuses a key that it has seen with another body.
 *
 * <p>Immutable. Thread-safe if the operation is, as those of {@code PersonaClient} are. An iterator
 * and a stream are for one thread.
 *
 * @param <T> the type of the items
 */
public final class Pages<T> implements Iterable<T> {
  /**
   * The maximum number of consecutive empty pages. After that many an iteration fails, because a
   * server that keeps returning empty pages would make it endless. Filters produce far fewer.
   */
  public static final int MAX_EMPTY_PAGES = 1000;

  private static final int CHARACTERISTICS = Spliterator.ORDERED | Spliterator.IMMUTABLE;

  private final PageSource<T, ?> source;
  private final long limit;
  private final boolean prefetches;

  private Pages(PageSource<T, ?> source, long limit, boolean prefetches) {
    this.source = source;
    this.limit = limit;
    this.prefetches = prefetches;
  }

  /**
   * Returns the items of a list operation. Makes no request. The client has methods that return
   * this, such as {@code persona.events().listAll()}; this is for an interface of your own.
   *
   * @param operation requests a page
   * @param query the filters, the page size and the cursor to start from; for a search, the body
   * @throws IllegalArgumentException if the query has both {@code page[after]} and {@code
   *     page[before]}
   */
  public static <T, Q extends PagedQuery<Q>> Pages<T> of(PageOperation<Q, T> operation, Q query) {
    return new Pages<>(PageSource.ofAll(operation, query), Long.MAX_VALUE, false);
  }

  /** Requests the first page: the one at the cursor of the query. */
  public Page<T> first() {
    return Page.first(source);
  }

  /**
   * Returns the pages with these items. The first {@code next()} of an iterator makes the first
   * request. With a {@link #limit} the last page is the one with the last item, and is whole.
   */
  public Iterable<Page<T>> pages() {
    return this::pageIterator;
  }

  /**
   * Returns at most the first {@code limit} of these items. The page size of the query is
   * unchanged, and no page is requested after the last item.
   *
   * @param limit zero or more; with zero no request is made
   * @throws IllegalArgumentException if the limit is negative
   */
  public Pages<T> limit(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must be zero or more, but is " + limit);
    }
    return new Pages<>(source, Math.min(limit, this.limit), prefetches);
  }

  /**
   * Returns the same items, whose pages are requested ahead: when a page is returned, the request
   * of the page after it starts, and runs while the caller processes the first.
   *
   * <p>A caller that stops early wastes at most one request, except at a {@link #limit}. A failure
   * is thrown where its page is needed, not before. An interruption of the thread that waits for a
   * page cancels its request, and is reported as for any call. The client holds no thread for the
   * request, and closing it ends the request. With {@link #of} and a lambda the request runs on a
   * thread of the default executor of {@link java.util.concurrent.CompletableFuture}.
   */
  public Pages<T> prefetch() {
    return new Pages<>(source, limit, true);
  }

  /**
   * Returns the same items as a publisher, with the {@link #limit}: no thread waits for a page.
   * {@link #prefetch} does not apply, because the demand of the subscriber says what is requested.
   *
   * <p>With {@link #of} and a lambda, a request runs on a thread of the default executor of {@link
   * java.util.concurrent.CompletableFuture}, and canceling the subscription does not end it.
   */
  public AsyncPages<T> async() {
    return AsyncPages.of(source, limit);
  }

  /** Returns these items as a sequential stream, which requests pages as it is consumed. */
  public Stream<T> stream() {
    return StreamSupport.stream(
        () -> Spliterators.spliteratorUnknownSize(iterator(), CHARACTERISTICS),
        CHARACTERISTICS,
        false);
  }

  /** Returns an iterator over the items. A page is requested when its first item is needed. */
  @Override
  public Iterator<T> iterator() {
    return new ItemIterator<>(pageIterator(), limit);
  }

  private Iterator<Page<T>> pageIterator() {
    return new PageIterator<>(source, limit, prefetches);
  }
}
