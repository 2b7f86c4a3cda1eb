package io.github.persona4j.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list operation: its items and the links to the next and previous page.
 *
 * @param <T> the resource
 */
public interface ResourcePage<T> extends JsonObject {
  /**
   * Returns the items in the order of the response, unmodifiable. May be empty even if there is a
   * next page.
   */
  List<T> items();

  /** Returns the link to the next page, relative to the host; null on the last page. */
  @Nullable String nextLink();

  /** Returns the link to the previous page, relative to the host; null on the first page. */
  @Nullable String previousLink();
}
