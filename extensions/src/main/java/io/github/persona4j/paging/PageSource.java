package io.github.persona4j.paging;

import io.github.persona4j.json.ResourcePage;
import org.jspecify.annotations.Nullable;

/** A list operation with the caller's query. Hides the type of the query. */
interface PageSource<T> {
  /** Requests the page that the query itself selects. */
  ResourcePage<T> first();

  /** Requests the page at a cursor; the rest of the query is unchanged. */
  ResourcePage<T> fetch(Direction direction, String cursor);

  /** The cursor in the caller's query; null if there is none. */
  @Nullable String cursor();

  /**
   * The direction of the iteration: {@code PREVIOUS} if the query has {@code page[before]},
   * otherwise {@code NEXT}.
   */
  Direction direction();
}
