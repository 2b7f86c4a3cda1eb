package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.json.ResourcePage;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, with access to the next and the previous page. {@link #hasNext} and {@link
 * #hasPrevious} make no request. {@link #next} and {@link #previous} make one, with the caller's
 * filters and page size; only the cursor changes.
 *
 * <p>An empty page can have a next page. Immutable. Thread-safe if the operation is, as the
 * operations of {@code PersonaClient} are.
 *
 * @param <T> the type of the items
 */
public final class Page<T> {
  private final PageSource<T> source;
  private final ResourcePage<T> response;
  private final @Nullable String cursor;
  private final CursorHistory history;
  private final int number;
  private final int emptyPages;

  private Page(
      PageSource<T> source,
      ResourcePage<T> response,
      @Nullable String cursor,
      CursorHistory history,
      int number,
      int emptyBefore) {
    this.source = source;
    this.response = Objects.requireNonNull(response, "the list operation returned no page");
    this.cursor = cursor;
    this.history = history;
    this.number = number;
    this.emptyPages = response.items().isEmpty() ? emptyBefore + 1 : 0;
  }

  /** Requests the first page of an iteration. */
  static <T> Page<T> first(PageSource<T> source) {
    CursorHistory history = new CursorHistory(source.direction());
    String cursor = source.cursor();
    if (cursor != null) {
      history.add(cursor, 0, 0);
    }
    return new Page<>(source, source.first(), cursor, history, 0, 0);
  }

  /** The items in the order of the server, newest first. Unmodifiable; may be empty. */
  public List<T> items() {
    return response.items();
  }

  /** Returns whether there is a page with older items. Makes no request. */
  public boolean hasNext() {
    return response.nextLink() != null;
  }

  /** Returns whether there is a page with newer items. Makes no request. */
  public boolean hasPrevious() {
    return response.previousLink() != null;
  }

  /**
   * Requests the next page, which has older items.
   *
   * @throws NoSuchElementException if there is none
   * @throws MalformedResponseException if the link has no cursor, names a host, or leads back to an
   *     earlier page, or if {@link Pages#MAX_EMPTY_PAGES} consecutive pages in this direction were
   *     empty
   * @throws PersonaException if the call fails
   */
  public Page<T> next() {
    return fetch(Direction.NEXT);
  }

  /**
   * Requests the previous page, which has newer items.
   *
   * @throws NoSuchElementException if there is none
   * @throws MalformedResponseException if the link has no cursor, names a host, or leads back to an
   *     earlier page, or if {@link Pages#MAX_EMPTY_PAGES} consecutive pages in this direction were
   *     empty
   * @throws PersonaException if the call fails
   */
  public Page<T> previous() {
    return fetch(Direction.PREVIOUS);
  }

  /**
   * The cursor with which this page was requested, {@code page[after]} or {@code page[before]};
   * null for the start of the list.
   */
  public @Nullable String cursor() {
    return cursor;
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
    return "Page{items="
        + items().size()
        + ", hasNext="
        + hasNext()
        + ", hasPrevious="
        + hasPrevious()
        + '}';
  }

  /** Whether the iteration continues after this page. */
  boolean hasFollowing() {
    return history.direction().link(response) != null;
  }

  /** Requests the page that follows in the direction of the iteration. */
  Page<T> following() {
    return fetch(history.direction());
  }

  private Page<T> fetch(Direction direction) {
    String cursor = direction.cursor(response);
    if (cursor == null) {
      throw new NoSuchElementException(direction.linkName() + " is null: the list ends here");
    }
    // Pages are visited again after a change of direction, so that starts a new history.
    boolean reversed = direction != history.direction();
    CursorHistory nextHistory = reversed ? new CursorHistory(direction) : history;
    int page = reversed ? 1 : number + 1;
    int emptyBefore = reversed ? 0 : emptyPages;
    nextHistory.add(cursor, page, emptyBefore);
    return new Page<>(
        source, source.fetch(direction, cursor), cursor, nextHistory, page, emptyBefore);
  }
}
