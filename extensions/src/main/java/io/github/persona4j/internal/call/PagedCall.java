package io.github.persona4j.internal.call;

import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.paging.PageOperation;
import io.github.persona4j.request.PagedQuery;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import retrofit2.Call;

/**
 * A call for a page, which can be made again for another one.
 *
 * @param call makes the call of Retrofit from the query or the body with the cursor
 * @param query the caller's
 */
public record PagedCall<Q extends PagedQuery<Q>, T>(
    Function<Q, ? extends Call<? extends ResourcePage<T>>> call, Q query) {

  /** The operation of which this is a call. */
  PageOperation<Q, T> operation(OperationRunner runner) {
    return new PageOperation<>() {
      @Override
      public ResourcePage<T> request(Q query) {
        return runner.run(call.apply(query));
      }

      @Override
      public <R> CompletableFuture<R> requestAsync(
          Q query, Function<? super ResourcePage<T>, ? extends R> result) {
        return runner.start(call.apply(query), result);
      }
    };
  }
}
