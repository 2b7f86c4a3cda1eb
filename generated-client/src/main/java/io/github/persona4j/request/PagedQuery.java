package io.github.persona4j.request;

import org.jspecify.annotations.Nullable;

/**
 * The query of a list operation with cursors.
 *
 * <p>A cursor is the ID of an object; treat it as opaque. Immutable.
 *
 * @param <Q> the query itself
 */
public interface PagedQuery<Q> {
  /** Returns the cursor after which the page starts; null if none is set. */
  @Nullable String pageAfter();

  /** Returns the cursor before which the page ends; null if none is set. */
  @Nullable String pageBefore();

  /**
   * Returns the maximum number of items of a page, 1 to 100; null for the default of the API, 10.
   */
  @Nullable Integer pageSize();

  /** Returns this query for the page after a cursor. Only the cursors change. */
  Q withPageAfter(String cursor);

  /** Returns this query for the page before a cursor. Only the cursors change. */
  Q withPageBefore(String cursor);

  /**
   * Returns this query with another page size.
   *
   * @throws IllegalArgumentException if the size is not 1 to 100
   */
  Q withPageSize(int size);
}
