package io.github.persona4j.paging;

import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.model.SearchPage;
import io.github.persona4j.model.SearchRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages whose cursor is in the body of a search. */
final class SearchSource<T> implements Source<T> {
  private final Function<SearchRequest, ? extends ResourcePage<T>> operation;
  private final SearchRequest request;
  private final SearchPage page;

  SearchSource(
      Function<SearchRequest, ? extends ResourcePage<T>> operation, SearchRequest request) {
    this.operation = operation;
    this.request = request;
    SearchPage page = request.page();
    this.page = page == null ? SearchPage.builder().build() : page;
    if (this.page.after() != null && this.page.before() != null) {
      throw new IllegalArgumentException(
          "request must not have both page.after and page.before to walk through pages");
    }
  }

  @Override
  public ResourcePage<T> start() {
    return operation.apply(request);
  }

  @Override
  public ResourcePage<T> fetch(Direction direction, String cursor) {
    SearchPage moved = direction.move(page.toBuilder(), cursor);
    return operation.apply(request.toBuilder().page(moved).build());
  }

  @Override
  public @Nullable String cursor() {
    return direction() == Direction.NEXT ? page.after() : page.before();
  }

  @Override
  public Direction direction() {
    return page.before() == null ? Direction.NEXT : Direction.PREVIOUS;
  }
}
