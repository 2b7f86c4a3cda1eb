package io.github.persona4j.paging;

import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.model.SearchRequest;
import io.github.persona4j.request.PagedQuery;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All pages of a list operation or of a search, starting at the cursor in the query.
 *
 * <pre>{@code
 * EventsApi.ListQuery query = EventsApi.ListQuery.builder().pageSize(100).build();
 * for (Event event : Pages.of(client.events()::list, query).items()) {
 *   System.out.println(event.id());
 * }
 * }</pre>
 *
 * <p>The cursor of a search is in its body: {@link #ofSearch} sends the same body again with
 * another cursor. A few lists return links between pages, but the API describes no parameter for
 * the cursor: related objects of an account, inquiry sessions and devices. This class does not
 * support them; use their filters to select other resources.
 *
 * <p>A page is requested when it is needed, and each iteration makes its own requests. Every
 * request has the caller's query with only the cursor changed. The cursor comes from the link of
 * the page before. An iteration ends when the server returns no further link. An empty page does
 * not end it.
 *
 * <p>A query with {@code page[before]} iterates towards the start of the list, to newer items.
 * {@link #items()} then returns the items of each page in reverse order, so that those nearest to
 * the cursor come first. Any other query iterates to older items.
 *
 * <p>Iteration throws the exceptions of the calls ({@code PersonaException}). It throws {@code
 * MalformedResponseException} if a link is invalid, leads back to an earlier page, or leads to
 * another page after {@link #MAX_EMPTY_PAGES} consecutive empty pages. To continue later, store
 * {@link Page#nextCursor()} of the last page that was read. It is null at the end of the list; a
 * query without a cursor starts at the beginning.
 *
 * <p>Immutable. Thread-safe if the operation is. An iterator is for one thread.
 *
 * @param <T> the type of the items
 */
public final class Pages<T> implements Iterable<Page<T>> {
  /**
   * The maximum number of consecutive empty pages. After that many an iteration fails, because a
   * server that keeps returning empty pages would make it endless. Filters produce far fewer.
   */
  public static final int MAX_EMPTY_PAGES = 1000;

  private final PageSource<T> source;

  private Pages(PageSource<T> source) {
    this.source = source;
  }

  /**
   * Returns the pages of a list operation. Makes no request.
   *
   * @param operation a list operation of the client, such as {@code client.events()::list}, or a
   *     function that calls one with more arguments
   * @param query the filters, the page size and the cursor to start from
   * @throws IllegalArgumentException if the query has both {@code page[after]} and {@code
   *     page[before]}
   */
  public static <T, Q extends PagedQuery<Q>> Pages<T> of(
      Function<Q, ? extends ResourcePage<T>> operation, Q query) {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(query, "query");
    if (query.pageAfter() != null && query.pageBefore() != null) {
      throw new IllegalArgumentException(
          "query must not have both page[after] and page[before] to iterate over pages");
    }
    return new Pages<>(new QueryPageSource<>(operation, query));
  }

  /**
   * Returns the pages of a search. Makes no request.
   *
   * <pre>{@code
   * SearchRequest request =
   *     SearchRequest.builder().page(SearchPage.builder().size(100L).build()).build();
   * Pages<Account> pages = Pages.ofSearch(client.accounts()::search, request);
   * }</pre>
   *
   * <p>Each page is a separate POST. A function that passes {@code RequestOptions} must not set an
   * idempotency key in them, because the API refuses a key that it has seen with another body.
   *
   * @param operation a search of the client, such as {@code client.accounts()::search}, or a
   *     function that calls one with more arguments
   * @param request the condition, the order, the page size and the cursor to start from
   * @throws IllegalArgumentException if the request has both {@code page.after} and {@code
   *     page.before}
   */
  public static <T> Pages<T> ofSearch(
      Function<SearchRequest, ? extends ResourcePage<T>> operation, SearchRequest request) {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(request, "request");
    return new Pages<>(new SearchPageSource<>(operation, request));
  }

  /** Requests the first page: the one at the cursor of the query. */
  public Page<T> first() {
    return Page.first(source);
  }

  /** Returns the items of all pages in order. Makes no request. */
  public Items<T> items() {
    return new Items<>(this, Long.MAX_VALUE);
  }

  /**
   * Returns the items of all pages as a sequential stream, which requests pages as it is consumed.
   */
  public Stream<T> stream() {
    return items().stream();
  }

  /** Returns an iterator over the pages. Its first {@code next()} makes the first request. */
  @Override
  public Iterator<Page<T>> iterator() {
    return new PageIterator<>(source);
  }

  boolean isBackward() {
    return source.direction() == Direction.PREVIOUS;
  }
}
