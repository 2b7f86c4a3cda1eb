package io.github.persona4j.paging;

import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.model.SearchPage;
import io.github.persona4j.model.SearchRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages whose cursor is in the body of a search. */
final class SearchPageSource<T> implements PageSource<T> {
  private final Function<SearchRequest, ? extends ResourcePage<T>> operation;
  private final SearchRequest request;
  private final SearchPage page;

  SearchPageSource(
      Function<SearchRequest, ? extends ResourcePage<T>> operation, SearchRequest request) {
    this.operation = operation;
    this.request = request;
    SearchPage page = request.page();
    this.page = page == null ? SearchPage.builder().build() : page;
    if (this.page.after() != null && this.page.before() != null) {
      throw new IllegalArgumentException(
          "request must not have both page.after and page.before to iterate over pages");
    }
  }

  @Override
  public ResourcePage<T> first() {
    return operation.apply(request);
  }

  @Override
  public ResourcePage<T> fetch(Direction direction, String cursor) {
    SearchPage nextPage = direction.withCursor(page.toBuilder(), cursor);
    return operation.apply(request.toBuilder().page(nextPage).build());
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
