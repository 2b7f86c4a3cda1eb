package io.github.persona4j.paging;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Iterates over the items of pages, up to a limit. */
final class ItemIterator<T> implements Iterator<T> {
  private final Iterator<Page<T>> pages;
  private long remaining;
  private Iterator<T> items = List.<T>of().iterator();

  ItemIterator(Iterator<Page<T>> pages, long limit) {
    this.pages = pages;
    this.remaining = limit;
  }

  @Override
  public boolean hasNext() {
    if (remaining == 0) {
      return false;
    }
    // A loop, because an empty page is not the end of the list.
    while (!items.hasNext()) {
      if (!pages.hasNext()) {
        return false;
      }
      items = pages.next().itemsInDirection();
    }
    return true;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    remaining--;
    return items.next();
  }
}
