package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import java.util.HashMap;
import java.util.Map;

/**
 * The cursors met while going one way, each with the number of the page it leads to, so that a
 * server that leads in a circle is noticed at once. Numbers, not a plain set: asking one page for
 * its neighbour twice is no circle. Shared by the pages of a walk; safe for several threads.
 */
final class Walk {
  private final Direction direction;
  private final Map<String, Integer> pageByCursor = new HashMap<>();

  Walk(Direction direction) {
    this.direction = direction;
  }

  Direction direction() {
    return direction;
  }

  /**
   * Notes that {@code cursor} leads to the page with this number.
   *
   * @param emptyPages how many pages in a row were empty before that
   * @throws MalformedResponseException if it has led to an earlier page, or too many were empty
   */
  synchronized void step(String cursor, int page, int emptyPages) {
    if (emptyPages >= Pages.MAX_EMPTY_PAGES) {
      throw new MalformedResponseException(
          direction.linkName()
              + " leads on after "
              + emptyPages
              + " empty pages in a row; following it may never end");
    }
    Integer earlier = pageByCursor.putIfAbsent(cursor, page);
    if (earlier != null && earlier < page) {
      throw new MalformedResponseException(
          direction.linkName()
              + " repeats the cursor of an earlier page ("
              + (page - earlier == 1 ? "the one just read" : (page - earlier) + " pages back")
              + "); following it would never end");
    }
  }
}
