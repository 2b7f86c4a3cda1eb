package io.github.persona4j.paging;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Iterates over the items of pages, up to a limit. */
final class ItemIterator<T> implements Iterator<T> {
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
