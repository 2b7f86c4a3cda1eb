package io.github.persona4j.paging;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The items of {@link Pages}. A page is requested when its first item is needed, and no page is
 * requested after the last item that the limit allows. Each iteration makes its own requests.
 * Immutable and thread-safe if the operation is; iterators and streams are for one thread.
 *
 * @param <T> the type of the items
 */
public final class Items<T> implements Iterable<T> {
  private static final int CHARACTERISTICS = Spliterator.ORDERED | Spliterator.IMMUTABLE;

  private final Pages<T> pages;
  private final long limit;

  Items(Pages<T> pages, long limit) {
    this.pages = pages;
    this.limit = limit;
  }

  /**
   * Returns at most the first {@code limit} of these items. The page size of the query is
   * unchanged.
   *
   * @param limit zero or more; with zero no request is made
   * @throws IllegalArgumentException if the limit is negative
   */
  public Items<T> limit(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must be zero or more, but is " + limit);
    }
    return new Items<>(pages, Math.min(limit, this.limit));
  }

  /** Returns these items as a sequential stream, which requests pages as it is consumed. */
  public Stream<T> stream() {
    return StreamSupport.stream(
        () -> Spliterators.spliteratorUnknownSize(iterator(), CHARACTERISTICS),
        CHARACTERISTICS,
        false);
  }

  @Override
  public Iterator<T> iterator() {
    return new ItemIterator<>(pages.iterator(), pages.isBackward(), limit);
  }
}
