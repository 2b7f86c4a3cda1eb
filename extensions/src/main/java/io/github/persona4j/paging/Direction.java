package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.json.UnexpectedTypeException;
import io.github.persona4j.request.PagedQuery;
import org.jspecify.annotations.Nullable;

/** The two directions through a list, with the names that the API uses for each. */
enum Direction {
  /** To older items. Lists are newest first. */
  NEXT("links.next", "page[after]") {
    @Override
    <Q extends PagedQuery<Q>> Q withCursor(Q query, String cursor) {
      return query.withPageAfter(cursor);
    }

    @Override
    @Nullable String read(ResourcePage<?> page) {
      return page.nextLink();
    }
  },

  /** To newer items, towards the start of the list. */
  PREVIOUS("links.prev", "page[before]") {
    @Override
    <Q extends PagedQuery<Q>> Q withCursor(Q query, String cursor) {
      return query.withPageBefore(cursor);
    }

    @Override
    @Nullable String read(ResourcePage<?> page) {
      return page.previousLink();
    }
  };

  private final String linkName;
  private final String parameter;

  Direction(String linkName, String parameter) {
    this.linkName = linkName;
    this.parameter = parameter;
  }

  /** Returns the caller's query with only the cursor changed. */
  abstract <Q extends PagedQuery<Q>> Q withCursor(Q query, String cursor);

  abstract @Nullable String read(ResourcePage<?> page);

  /**
   * The link of a page in this direction; null at this end of the list.
   *
   * @throws MalformedResponseException if it is not a string
   */
  @Nullable String link(ResourcePage<?> page) {
    try {
      return read(page);
    } catch (UnexpectedTypeException e) {
      throw new MalformedResponseException(linkName + " is not a string");
    }
  }

  /** The cursor in the link of a page in this direction; null at this end of the list. */
  @Nullable String cursor(ResourcePage<?> page) {
    String link = link(page);
    return link == null ? null : CursorLink.cursor(link, linkName, parameter);
  }

  String linkName() {
    return linkName;
  }
}
