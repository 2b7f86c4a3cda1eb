package io.github.persona4j.paging;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the pages of a source, up to the one with the last item of a limit. A page is
 * requested by {@link #next}, or when the page before it is returned.
 */
final class PageIterator<T> implements Iterator<Page<T>> {
  private final PageSource<T, ?> source;
  private final boolean prefetches;
  private long remaining;
  private @Nullable Page<T> last;
  private @Nullable CompletableFuture<Page<T>> prefetched;

  PageIterator(PageSource<T, ?> source, long limit, boolean prefetches) {
    this.source = source;
    this.remaining = limit;
    this.prefetches = prefetches;
  }

  @Override
  public boolean hasNext() {
    Page<T> page = last;
    return remaining > 0 && (page == null || page.hasFollowing());
  }

  @Override
  public Page<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Page<T> page = request();
    last = page;
    remaining -= Math.min(remaining, page.items().size());
    if (prefetches && hasNext()) {
      prefetch(page);
    }
    return page;
  }

  private Page<T> request() {
    CompletableFuture<Page<T>> request = prefetched;
    prefetched = null; // after a failure the page is requested again
    if (request != null) {
      try {
        return request.get();
      } catch (InterruptedException e) {
        request.cancel(true);
        Thread.currentThread().interrupt();
        // Requested on this thread, the page fails as any call of an interrupted thread does.
      } catch (ExecutionException e) {
        throw unchecked(e.getCause());
      }
    }
    Page<T> page = last;
    return page == null ? Page.first(source) : page.following();
  }

  private void prefetch(Page<T> page) {
    try {
      prefetched = page.prefetchFollowing();
    } catch (RuntimeException e) {
      // An invalid link is reported when its page is needed.
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(failure);
  }
}
