package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.json.ResourcePage;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, which knows its neighbours. Whether there is one is known without a request;
 * going there makes one, with the caller's filters and page size and only the cursor changed.
 *
 * <p>A page may be empty and have a next page all the same. Immutable; safe for several threads if
 * the operation it came from is, as those of a {@code PersonaClient} are.
 *
 * @param <T> the type of the items
 */
public final class Page<T> {
  private final Source<T> source;
  private final ResourcePage<T> answer;
  private final @Nullable String cursor;
  private final Walk walk;
  private final int number;
  private final int emptyPages;

  private Page(
      Source<T> source,
      ResourcePage<T> answer,
      @Nullable String cursor,
      Walk walk,
      int number,
      int emptyBefore) {
    this.source = source;
    this.answer = Objects.requireNonNull(answer, "the list operation gave no page");
    this.cursor = cursor;
    this.walk = walk;
    this.number = number;
    this.emptyPages = answer.items().isEmpty() ? emptyBefore + 1 : 0;
  }

  /** Makes the request for the page where a walk starts. */
  static <T> Page<T> start(Source<T> source) {
    Walk walk = new Walk(source.direction());
    String cursor = source.cursor();
    if (cursor != null) {
      walk.step(cursor, 0, 0);
    }
    return new Page<>(source, source.start(), cursor, walk, 0, 0);
  }

  /** The items in the order of the server, newest first; unmodifiable, possibly empty. */
  public List<T> items() {
    return answer.items();
  }

  /** Whether a page with older items follows. No request is made. */
  public boolean hasNext() {
    return answer.nextLink() != null;
  }

  /** Whether a page with newer items precedes. No request is made. */
  public boolean hasPrevious() {
    return answer.previousLink() != null;
  }

  /**
   * Asks for the page that follows.
   *
   * @throws NoSuchElementException if there is none
   * @throws MalformedResponseException if the server's link has no cursor, names a host, or repeats
   *     the cursor of a page already read on this way, or if {@link Pages#MAX_EMPTY_PAGES} pages in
   *     a row were empty on this way
   * @throws PersonaException if the call fails
   */
  public Page<T> next() {
    return go(Direction.NEXT);
  }

  /**
   * Asks for the page that precedes.
   *
   * @throws NoSuchElementException if there is none
   * @throws MalformedResponseException if the server's link has no cursor, names a host, or repeats
   *     the cursor of a page already read on this way, or if {@link Pages#MAX_EMPTY_PAGES} pages in
   *     a row were empty on this way
   * @throws PersonaException if the call fails
   */
  public Page<T> previous() {
    return go(Direction.PREVIOUS);
  }

  /**
   * The cursor that this page was asked with, {@code page[after]} or {@code page[before]}; null for
   * the start of the list.
   */
  public @Nullable String cursor() {
    return cursor;
  }

  /**
   * The cursor of the next page, to go on later from here: give it to a new query as {@code
   * page[after]}. Null when there is no next page. Opaque: compare or store it, do not take it
   * apart.
   *
   * @throws MalformedResponseException if the server's link has no cursor or names a host
   */
  public @Nullable String nextCursor() {
    return Direction.NEXT.cursor(answer);
  }

  /**
   * The cursor of the previous page, for {@code page[before]}; null when there is none.
   *
   * @throws MalformedResponseException if the server's link has no cursor or names a host
   */
  public @Nullable String previousCursor() {
    return Direction.PREVIOUS.cursor(answer);
  }

  /** Shows the number of items and the neighbours, no item and no cursor. */
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

  /** Whether the walk over all pages goes on behind this one. */
  boolean hasMore() {
    return walk.direction().link(answer) != null;
  }

  /** The next page of the walk, whichever way it goes. */
  Page<T> more() {
    return go(walk.direction());
  }

  private Page<T> go(Direction direction) {
    String to = direction.cursor(answer);
    if (to == null) {
      throw new NoSuchElementException(direction.linkName() + " is null: the list ends here");
    }
    // Turning round is no circle, so a new way starts with an empty memory.
    boolean turned = direction != walk.direction();
    Walk way = turned ? new Walk(direction) : walk;
    int page = turned ? 1 : number + 1;
    int emptyBefore = turned ? 0 : emptyPages;
    way.step(to, page, emptyBefore);
    return new Page<>(source, source.fetch(direction, to), to, way, page, emptyBefore);
  }
}
