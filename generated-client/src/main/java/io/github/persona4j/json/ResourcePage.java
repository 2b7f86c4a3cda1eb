package io.github.persona4j.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list operation: its items and the links to its neighbours.
 *
 * @param <T> the resource
 */
public interface ResourcePage<T> {
  /**
   * The items in the order of the answer, unmodifiable; may be empty although a next page exists.
   */
  List<T> items();

  /** The link to the next page, relative to the host; null on the last page. */
  @Nullable String nextLink();

  /** The link to the previous page, relative to the host; null on the first page. */
  @Nullable String previousLink();
}
