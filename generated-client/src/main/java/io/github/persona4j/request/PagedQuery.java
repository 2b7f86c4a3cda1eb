package io.github.persona4j.request;

import org.jspecify.annotations.Nullable;

/**
 * The query of a list operation that pages by cursor.
 *
 * <p>A cursor is the ID of an object and is to be treated as opaque. Immutable.
 *
 * @param <Q> the query itself
 */
public interface PagedQuery<Q> {
  /** The cursor after which the page starts; null where none is set. */
  @Nullable String pageAfter();

  /** The cursor before which the page ends; null where none is set. */
  @Nullable String pageBefore();

  /** How many items a page holds at most, 1 to 100; null for the API's default of 10. */
  @Nullable Integer pageSize();

  /** This query for the page after a cursor; everything but the cursors stays. */
  Q withPageAfter(String cursor);

  /** This query for the page before a cursor; everything but the cursors stays. */
  Q withPageBefore(String cursor);

  /**
   * This query with another page size.
   *
   * @throws IllegalArgumentException if the size is not 1 to 100
   */
  Q withPageSize(int size);
}
