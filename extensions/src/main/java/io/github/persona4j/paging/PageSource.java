package io.github.persona4j.paging;

import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.request.PagedQuery;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list operation with the caller's query. Immutable. */
final class PageSource<T, Q extends PagedQuery<Q>> {
  private static final int DEFAULT_SIZE = 100;

  private final PageOperation<Q, T> operation;
  private final Q query;

  private PageSource(PageOperation<Q, T> operation, Q query) {
    this.operation = operation;
    this.query = query;
  }

  /** The source of one page, and of those beside it. */
  static <T, Q extends PagedQuery<Q>> PageSource<T, Q> of(PageOperation<Q, T> operation, Q query) {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(query, "query");
    return new PageSource<>(operation, query);
  }

  /**
   * The source of all pages: with the maximum page size unless the query has one.
   *
   * @throws IllegalArgumentException if the query has two cursors
   */
  static <T, Q extends PagedQuery<Q>> PageSource<T, Q> ofAll(
      PageOperation<Q, T> operation, Q query) {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(query, "query");
    if (query.pageAfter() != null && query.pageBefore() != null) {
      throw new IllegalArgumentException(
          "query must not have both page[after] and page[before] to iterate over pages");
    }
    return new PageSource<>(
        operation, query.pageSize() == null ? query.withPageSize(DEFAULT_SIZE) : query);
  }

  /** Requests a page. */
  ResourcePage<T> request(PageStep step) {
    return operation.request(query(step));
  }

  /** Requests a page without waiting for it. */
  <R> CompletableFuture<R> requestAsync(
      PageStep step, Function<? super ResourcePage<T>, ? extends R> result) {
    return operation.requestAsync(query(step), result);
  }

  private Q query(PageStep step) {
    String cursor = step.cursor();
    return step.isFirst() || cursor == null ? query : step.direction().withCursor(query, cursor);
  }

  /** The cursor in the caller's query; null if there is none. */
  @Nullable String cursor() {
    return direction() == Direction.NEXT ? query.pageAfter() : query.pageBefore();
  }

  /**
   * The direction of the iteration: {@code PREVIOUS} if the query has {@code page[before]},
   * otherwise {@code NEXT}.
   */
  Direction direction() {
    return query.pageBefore() == null ? Direction.NEXT : Direction.PREVIOUS;
  }
}
