package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.json.ResourcePage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What pages have in common, however the next one is requested. */
abstract class AnyPage<T> {
  final transient PageSource<T, ?> source; // has the client; not written by Gson
  private final ResourcePage<T> response;
  private final PageStep step;

  AnyPage(PageSource<T, ?> source, PageStep step, ResourcePage<T> response) {
    this.source = source;
    this.step = step;
    this.response = Objects.requireNonNull(response, "the list operation returned no page");
  }

  /** The items in the order of the server, newest first. Unmodifiable; may be empty. */
  public List<T> items() {
    return response.items();
  }

  /**
   * The whole response, with everything that the server sent: links, related resources, and parts
   * that the description does not have, such as {@code response().property("meta")}. Its class is
   * that of the operation, such as {@code InquiryPage}.
   */
  public ResourcePage<T> response() {
    return response;
  }

  /**
   * Returns whether there is a page with older items. Makes no request.
   *
   * @throws MalformedResponseException if the server's link is not a string
   */
  public boolean hasNext() {
    return Direction.NEXT.link(response) != null;
  }

  /**
   * Returns whether there is a page with newer items. Makes no request.
   *
   * @throws MalformedResponseException if the server's link is not a string
   */
  public boolean hasPrevious() {
    return Direction.PREVIOUS.link(response) != null;
  }

  /**
   * The cursor with which this page was requested, {@code page[after]} or {@code page[before]};
   * null for the start of the list.
   */
  public @Nullable String cursor() {
    return step.cursor();
  }

  /**
   * The cursor of the next page; null if there is none. Pass it to a new query as {@code
   * page[after]} to continue from here later. The cursor is opaque: it can be stored and compared,
   * but not parsed.
   *
   * @throws MalformedResponseException if the server's link has no cursor or names a host
   */
  public @Nullable String nextCursor() {
    return Direction.NEXT.cursor(response);
  }

  /**
   * The cursor of the previous page, for {@code page[before]}; null if there is none.
   *
   * @throws MalformedResponseException if the server's link has no cursor or names a host
   */
  public @Nullable String previousCursor() {
    return Direction.PREVIOUS.cursor(response);
  }

  /** Shows the number of items and whether there are other pages, but no item and no cursor. */
  @Override
  public String toString() {
    return getClass().getSimpleName()
        + "{items="
        + items().size()
        + ", hasNext="
        + shown(Direction.NEXT)
        + ", hasPrevious="
        + shown(Direction.PREVIOUS)
        + '}';
  }

  private String shown(Direction direction) {
    try {
      return String.valueOf(direction.link(response) != null);
    } catch (MalformedResponseException e) {
      return "invalid";
    }
  }

  /** The direction of the iteration. */
  Direction direction() {
    return step.direction();
  }

  /** Whether the iteration continues after this page. */
  boolean hasFollowing() {
    return direction().link(response) != null;
  }

  /** The items in the direction of the iteration. */
  Iterator<T> itemsInDirection() {
    if (direction() == Direction.NEXT) {
      return items().iterator();
    }
    List<T> reversed = new ArrayList<>(items());
    Collections.reverse(reversed);
    return reversed.iterator();
  }

  /**
   * The page beside this one.
   *
   * @throws NoSuchElementException if there is none
   * @throws MalformedResponseException if the link is invalid or leads back to an earlier page, or
   *     too many pages were empty
   */
  PageStep step(Direction direction) {
    String cursor = direction.cursor(response);
    if (cursor == null) {
      throw new NoSuchElementException(direction.linkName() + " is null: the list ends here");
    }
    return step.to(direction, cursor, items().isEmpty() ? step.emptyBefore() + 1 : 0);
  }
}
