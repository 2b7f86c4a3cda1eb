package io.github.persona4j.paging;

import io.github.persona4j.json.ResourcePage;
import org.jspecify.annotations.Nullable;

/** A list operation together with the caller's query; hides the type of the query. */
interface Source<T> {
  /** The page that the query itself asks for. */
  ResourcePage<T> start();

  /** The page at a cursor, the query being the same otherwise. */
  ResourcePage<T> fetch(Direction direction, String cursor);

  /** The cursor in the caller's query, if any. */
  @Nullable String cursor();

  /** The way on from the start: back when the query has {@code page[before]}, else on. */
  Direction direction();
}
