package io.github.persona4j.paging;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Iterates over the pages of a source, each of which is requested by {@link #next}. */
final class PageIterator<T> implements Iterator<Page<T>> {
  private final PageSource<T> source;
  private @Nullable Page<T> last;

  PageIterator(PageSource<T> source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    Page<T> page = last;
    return page == null || page.hasFollowing();
  }

  @Override
  public Page<T> next() {
    Page<T> page = last;
    if (page != null && !page.hasFollowing()) {
      throw new NoSuchElementException();
    }
    page = page == null ? Page.first(source) : page.following();
    last = page;
    return page;
  }
}
