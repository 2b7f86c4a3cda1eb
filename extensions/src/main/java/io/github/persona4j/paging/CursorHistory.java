package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import java.util.HashMap;
import java.util.Map;

/**
 * The cursors that an iteration has followed in one direction, each with the number of its page. A
 * cursor that leads back to an earlier page is detected at once. Requesting the same page twice is
 * allowed, which is why the numbers are kept. The pages of one iteration share a history.
 * Thread-safe.
 */
final class CursorHistory {
  private final Direction direction;
  private final Map<String, Integer> pageByCursor = new HashMap<>();

  CursorHistory(Direction direction) {
    this.direction = direction;
  }

  Direction direction() {
    return direction;
  }

  /**
   * Records that {@code cursor} leads to the page with this number.
   *
   * @param emptyPages the number of consecutive empty pages before it
   * @throws MalformedResponseException if the cursor has led to an earlier page, or too many pages
   *     were empty
   */
  synchronized void add(String cursor, int page, int emptyPages) {
    if (emptyPages >= Pages.MAX_EMPTY_PAGES) {
      throw new MalformedResponseException(
          direction.linkName()
              + " leads to another page after "
              + emptyPages
              + " consecutive empty pages; iteration may never end");
    }
    Integer earlier = pageByCursor.putIfAbsent(cursor, page);
    if (earlier != null && earlier < page) {
      throw new MalformedResponseException(
          direction.linkName()
              + " has the cursor of an earlier page ("
              + (page - earlier == 1 ? "the one just read" : (page - earlier) + " pages back")
              + "); iteration would never end");
    }
  }
}
