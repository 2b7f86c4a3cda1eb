package io.github.persona4j.paging;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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

  private static final class ItemIterator<T> implements Iterator<T> {
    private final Iterator<Page<T>> pages;
    private final boolean backward;
    private long remaining;
    private List<T> items = List.of();
    private int taken;

    ItemIterator(Iterator<Page<T>> pages, boolean backward, long limit) {
      this.pages = pages;
      this.backward = backward;
      this.remaining = limit;
    }

    @Override
    public boolean hasNext() {
      if (remaining == 0) {
        return false;
      }
      // A loop, because an empty page is not the end of the list.
      while (taken == items.size()) {
        if (!pages.hasNext()) {
          return false;
        }
        items = pages.next().items();
        taken = 0;
      }
      return true;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      T item = items.get(backward ? items.size() - 1 - taken : taken);
      taken++;
      remaining--;
      return item;
    }
  }
}
