package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import org.jspecify.annotations.Nullable;

/**
 * A page of an iteration: how it is requested, and what came before it.
 *
 * @param cursor the cursor with which it is requested; null for the start of the list
 * @param number the number of pages before it in the direction of the history
 * @param emptyBefore the number of consecutive empty pages before it
 */
record PageStep(@Nullable String cursor, CursorHistory history, int number, int emptyBefore) {
  /** The first page of an iteration: the one that the caller's query selects. */
  static PageStep first(PageSource<?, ?> source) {
    CursorHistory history = new CursorHistory(source.direction());
    String cursor = source.cursor();
    if (cursor != null) {
      history.add(cursor, 0, 0);
    }
    return new PageStep(cursor, history, 0, 0);
  }

  /**
   * The page after this one.
   *
   * @param emptyPages the number of consecutive empty pages, with this one
   * @throws MalformedResponseException if the cursor has led to an earlier page, or too many pages
   *     were empty
   */
  PageStep to(Direction direction, String cursor, int emptyPages) {
    // Pages are visited again after a change of direction, so that starts a new history.
    boolean reversed = direction != direction();
    CursorHistory next = reversed ? new CursorHistory(direction) : history;
    int page = reversed ? 1 : number + 1;
    int emptyBefore = reversed ? 0 : emptyPages;
    next.add(cursor, page, emptyBefore);
    return new PageStep(cursor, next, page, emptyBefore);
  }

  boolean isFirst() {
    return number == 0;
  }

  Direction direction() {
    return history.direction();
  }
}
