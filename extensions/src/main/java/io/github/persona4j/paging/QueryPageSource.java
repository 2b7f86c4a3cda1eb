package io.github.persona4j.paging;

import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.request.PagedQuery;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages whose cursor is a query parameter. */
final class QueryPageSource<T, Q extends PagedQuery<Q>> implements PageSource<T> {
  private final Function<Q, ? extends ResourcePage<T>> operation;
  private final Q query;

  QueryPageSource(Function<Q, ? extends ResourcePage<T>> operation, Q query) {
    this.operation = operation;
    this.query = query;
  }

  @Override
  public ResourcePage<T> first() {
    return operation.apply(query);
  }

  @Override
  public ResourcePage<T> fetch(Direction direction, String cursor) {
    return operation.apply(direction.withCursor(query, cursor));
  }

  @Override
  public @Nullable String cursor() {
    return direction() == Direction.NEXT ? query.pageAfter() : query.pageBefore();
  }

  @Override
  public Direction direction() {
    return query.pageBefore() == null ? Direction.NEXT : Direction.PREVIOUS;
  }
}
