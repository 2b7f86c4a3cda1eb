package io.github.persona4j.paging;

import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;

/** Iterates over a list from its end. */
final class BackwardIterator<T> implements Iterator<T> {
  private final ListIterator<T> items;

  BackwardIterator(List<T> items) {
    this.items = items.listIterator(items.size());
  }

  @Override
  public boolean hasNext() {
    return items.hasPrevious();
  }

  @Override
  public T next() {
    return items.previous();
  }
}
