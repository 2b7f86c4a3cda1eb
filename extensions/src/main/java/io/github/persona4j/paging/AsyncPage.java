package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.request.PagedQuery;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/**
 * One page of a list or of a search, whose neighbors are futures.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#async-page -->
 *
 * <pre>{@code
 * CompletableFuture<Void> done =
 *     persona
 *         .async()
 *         .inquiries()
 *         .list()
 *         .thenCompose(page -> page.next())
 *         .thenAccept(page -> show(page.items()));
 * }</pre>
 *
 * <p>{@link #hasNext} and {@link #hasPrevious} make no request. {@link #next} and {@link #previous}
 * make one, with the caller's filters, page size and options; only the cursor changes. Canceling
 * their future cancels the request.
 *
 * <p>An empty page can have a next page. {@link AsyncPages} has all pages. Immutable. Thread-safe
 * if the operation is, as the operations of {@code PersonaClient} are.
 *
 * @param <T> the type of the items
 */
public final class AsyncPage<T> extends AnyPage<T> {
  private AsyncPage(PageSource<T, ?> source, PageStep step, ResourcePage<T> response) {
    super(source, step, response);
  }

  /**
   * Requests the page that the query selects. The operations of the client return pages; this is
   * for an interface of your own.
   *
   * @param operation requests a page
   * @param query the filters, the page size and the cursor
   */
  public static <T, Q extends PagedQuery<Q>> CompletableFuture<AsyncPage<T>> of(
      PageOperation<Q, T> operation, Q query) {
    return first(PageSource.of(operation, query));
  }

  /** Requests the first page of an iteration. */
  static <T> CompletableFuture<AsyncPage<T>> first(PageSource<T, ?> source) {
    return request(source, PageStep.first(source));
  }

  /**
   * Requests the next page, which has older items. The future fails with a {@link
   * NoSuchElementException} if there is none, with a {@link MalformedResponseException} in the
   * cases of {@link Page#next}, and otherwise as any call.
   */
  public CompletableFuture<AsyncPage<T>> next() {
    return request(Direction.NEXT);
  }

  /**
   * Requests the previous page, which has newer items. The future fails with a {@link
   * NoSuchElementException} if there is none, with a {@link MalformedResponseException} in the
   * cases of {@link Page#previous}, and otherwise as any call.
   */
  public CompletableFuture<AsyncPage<T>> previous() {
    return request(Direction.PREVIOUS);
  }

  /** Requests the page that follows in the direction of the iteration. */
  CompletableFuture<AsyncPage<T>> following() {
    return request(direction());
  }

  private CompletableFuture<AsyncPage<T>> request(Direction direction) {
    PageStep step;
    try {
      step = step(direction);
    } catch (NoSuchElementException | MalformedResponseException e) {
      return CompletableFuture.failedFuture(e);
    }
    return request(source, step);
  }

  private static <T> CompletableFuture<AsyncPage<T>> request(
      PageSource<T, ?> source, PageStep step) {
    return source.requestAsync(step, response -> new AsyncPage<>(source, step, response));
  }
}
