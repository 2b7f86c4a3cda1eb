package io.github.persona4j.paging;

import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.model.SearchRequest;
import io.github.persona4j.request.PagedQuery;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All pages of a list operation or of a search, from the cursor in the query on.
 *
 * <pre>{@code
 * EventsApi.ListQuery query = EventsApi.ListQuery.builder().pageSize(100).build();
 * for (Event event : Pages.of(client.events()::list, query).items()) {
 *   System.out.println(event.id());
 * }
 * }</pre>
 *
 * <p>A search has its cursor in the body: {@link #ofSearch} posts the same body again with another
 * one. A few lists have links between pages, but the API describes no parameter that would ask for
 * another page: related objects of an account, inquiry sessions and devices. They are read a page
 * at a time, without this class; their filters say which one.
 *
 * <p>Nothing is asked before it is needed, and each iteration starts anew with its own requests.
 * Every request repeats the caller's query with only the cursor changed; the cursor comes from the
 * link of the page before. A walk ends where the server gives no further link, not at an empty
 * page.
 *
 * <p>A query with {@code page[before]} walks back to the start of the list, to ever newer items;
 * {@link #items()} then gives each page's items in reverse, so that the ones nearest to the cursor
 * come first. Any other query walks on to older items.
 *
 * <p>Iterating throws what the calls throw ({@code PersonaException}), and {@code
 * MalformedResponseException} when a link cannot be followed, leads in a circle, or leads on after
 * {@link #MAX_EMPTY_PAGES} empty pages in a row. {@link Page#nextCursor()} of the last page is
 * where another walk can go on.
 *
 * <p>Immutable; safe for several threads if the operation is. Iterators belong to one thread.
 *
 * @param <T> the type of the items
 */
public final class Pages<T> implements Iterable<Page<T>> {
  /**
   * How many pages in a row may be empty and lead on to another. One more is not asked for: far
   * fewer come of filters, and a server that never ends such a list would keep its caller for ever.
   */
  public static final int MAX_EMPTY_PAGES = 1000;

  private final Source<T> source;

  private Pages(Source<T> source) {
    this.source = source;
  }

  /**
   * The pages of a list operation.
   *
   * @param operation a list operation of the client, such as {@code client.events()::list}, or a
   *     function that calls one with more arguments
   * @param query the filters, the page size and the cursor to start from
   * @throws IllegalArgumentException if the query has both {@code page[after]} and {@code
   *     page[before]}: a walk has one direction
   */
  public static <T, Q extends PagedQuery<Q>> Pages<T> of(
      Function<Q, ? extends ResourcePage<T>> operation, Q query) {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(query, "query");
    if (query.pageAfter() != null && query.pageBefore() != null) {
      throw new IllegalArgumentException(
          "query must not have both page[after] and page[before] to walk through pages");
    }
    return new Pages<>(new QuerySource<>(operation, query));
  }

  /**
   * The pages of a search.
   *
   * <pre>{@code
   * SearchRequest request =
   *     SearchRequest.builder().page(SearchPage.builder().size(100L).build()).build();
   * Pages<Account> pages = Pages.ofSearch(client.accounts()::search, request);
   * }</pre>
   *
   * <p>Each page is a POST of its own. A function that passes {@code RequestOptions} must not give
   * them an idempotency key: the API refuses another body under the key of an earlier one.
   *
   * @param operation a search of the client, such as {@code client.accounts()::search}, or a
   *     function that calls one with more arguments
   * @param request the condition, the order, the page size and the cursor to start from
   * @throws IllegalArgumentException if the request has both {@code page.after} and {@code
   *     page.before}: a walk has one direction
   */
  public static <T> Pages<T> ofSearch(
      Function<SearchRequest, ? extends ResourcePage<T>> operation, SearchRequest request) {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(request, "request");
    return new Pages<>(new SearchSource<>(operation, request));
  }

  /** Asks for the first page: the one at the query's cursor. */
  public Page<T> first() {
    return Page.start(source);
  }

  /** The items of all pages, one after the other. */
  public Items<T> items() {
    return new Items<>(this, Long.MAX_VALUE);
  }

  /** The items of all pages as a sequential stream that asks for pages as it is consumed. */
  public Stream<T> stream() {
    return items().stream();
  }

  /** Walks through the pages; the first request is made by the first {@code next()}. */
  @Override
  public Iterator<Page<T>> iterator() {
    return new Iterator<>() {
      private @Nullable Page<T> last;

      @Override
      public boolean hasNext() {
        Page<T> page = last;
        return page == null || page.hasMore();
      }

      @Override
      public Page<T> next() {
        Page<T> page = last;
        if (page != null && !page.hasMore()) {
          throw new NoSuchElementException();
        }
        page = page == null ? first() : page.more();
        last = page;
        return page;
      }
    };
  }

  boolean isBackwards() {
    return source.direction() == Direction.PREVIOUS;
  }
}
