package io.github.persona4j.paging;

import io.github.persona4j.json.ResourcePage;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A list operation or a search: requests one page. For an interface of your own it is a lambda:
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#interfaces-of-your-own -->
 *
 * <pre>{@code
 * EventsApi api = persona.api(EventsApi.class);
 * Pages<Event> events =
 *     Pages.of(changed -> persona.send(api.list(changed, RequestOptions.none())).body(), query);
 * }</pre>
 *
 * <p>Must be thread-safe if its pages are used by several threads.
 *
 * @param <Q> the query or the body with the cursor
 * @param <T> the type of the items
 */
@FunctionalInterface
public interface PageOperation<Q, T> {
  /** Requests the page that the query selects, and waits for it. */
  ResourcePage<T> request(Q query);

  /**
   * Requests the page that the query selects, without waiting for it. Unless it is overridden, it
   * calls {@link #request} on the default executor of {@link CompletableFuture}, and canceling the
   * future does not end the call. The operations of the client hold no thread, and canceling the
   * future cancels the call.
   *
   * @param result makes the result of the future from the page
   */
  default <R> CompletableFuture<R> requestAsync(
      Q query, Function<? super ResourcePage<T>, ? extends R> result) {
    return CompletableFuture.supplyAsync(() -> result.apply(request(query)));
  }
}
