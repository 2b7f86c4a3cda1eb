package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.request.PagedQuery;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/**
 * One page of a list or of a search, with access to the next and the previous page.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#page -->
 *
 * <pre>{@code
 * Page<Inquiry> page = persona.inquiries().list(q -> q.pageSize(20)); // one request
 * if (page.hasNext()) {
 *   Page<Inquiry> older = page.next(); // another one
 *   show(older.items());
 * }
 * }</pre>
 *
 * <p>{@link #hasNext} and {@link #hasPrevious} make no request. {@link #next} and {@link #previous}
 * make one, with the caller's filters, page size and options; only the cursor changes.
 *
 * <p>An empty page can have a next page. {@link Pages} iterates over all pages. Immutable.
 * Thread-safe if the operation is, as the operations of {@code PersonaClient} are.
 *
 * @param <T> the type of the items
 */
public final class Page<T> extends AnyPage<T> {
  private Page(PageSource<T, ?> source, PageStep step, ResourcePage<T> response) {
    super(source, step, response);
  }

  /**
   * Requests the page that the query selects. The operations of the client return pages; this is
   * for an interface of your own.
   *
   * @param operation requests a page
   * @param query the filters, the page size and the cursor
   */
  public static <T, Q extends PagedQuery<Q>> Page<T> of(PageOperation<Q, T> operation, Q query) {
    return first(PageSource.of(operation, query));
  }

  /** Requests the first page of an iteration. */
  static <T> Page<T> first(PageSource<T, ?> source) {
    return request(source, PageStep.first(source));
  }

  /**
   * Requests the next page, which has older items.
   *
   * @throws NoSuchElementException if there is none
   * @throws MalformedResponseException if the link has no cursor, names a host, or leads back to an
   *     earlier page, or if {@link Pages#MAX_EMPTY_PAGES} consecutive pages in this direction were
   *     empty
   * @throws PersonaException if the call fails
   */
  public Page<T> next() {
    return request(source, step(Direction.NEXT));
  }

  /**
   * Requests the previous page, which has newer items.
   *
   * @throws NoSuchElementException if there is none
   * @throws MalformedResponseException if the link has no cursor, names a host, or leads back to an
   *     earlier page, or if {@link Pages#MAX_EMPTY_PAGES} consecutive pages in this direction were
   *     empty
   * @throws PersonaException if the call fails
   */
  public Page<T> previous() {
    return request(source, step(Direction.PREVIOUS));
  }

  /** Requests the page that follows in the direction of the iteration. */
  Page<T> following() {
    return request(source, step(direction()));
  }

  /** Requests the page that follows in the direction of the iteration, without waiting for it. */
  CompletableFuture<Page<T>> prefetchFollowing() {
    PageStep step = step(direction());
    return source.requestAsync(step, response -> new Page<>(source, step, response));
  }

  private static <T> Page<T> request(PageSource<T, ?> source, PageStep step) {
    return new Page<>(source, step, source.request(step));
  }
}
