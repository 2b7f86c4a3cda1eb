package io.github.persona4j.internal.call;

import io.github.persona4j.error.PersonaException;
import io.github.persona4j.file.Download;
import io.github.persona4j.paging.AsyncPage;
import io.github.persona4j.paging.AsyncPages;
import io.github.persona4j.paging.Page;
import io.github.persona4j.paging.Pages;
import io.github.persona4j.request.PagedQuery;
import io.github.persona4j.response.ApiResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import okhttp3.ResponseBody;
import retrofit2.Call;

/**
 * Runs the calls of the operation classes. The methods for files check that the response is a whole
 * file of the requested type.
 */
public interface OperationRunner {
  /**
   * Makes a call and waits for its response.
   *
   * @return the decoded body
   * @throws PersonaException if the call fails
   */
  <T> T run(Call<T> call);

  /**
   * Makes a call whose response is a file.
   *
   * @return the file, to be closed by the caller
   * @throws PersonaException if the call fails, or if the response is not a whole file
   */
  Download open(Call<ResponseBody> call);

  /** Like {@link #run}, without waiting. Cancelling the future cancels the call. */
  <T> CompletableFuture<T> start(Call<T> call);

  /**
   * Like {@link #start(Call)}.
   *
   * @param result makes the result of the future from the decoded body
   */
  <T, R> CompletableFuture<R> start(Call<T> call, Function<? super T, ? extends R> result);

  /** Makes a call for one page and waits for it. */
  default <Q extends PagedQuery<Q>, T> Page<T> page(PagedCall<Q, T> call) {
    return Page.of(call.operation(this), call.query());
  }

  /** Like {@link #page}, without waiting. */
  default <Q extends PagedQuery<Q>, T> CompletableFuture<AsyncPage<T>> startPage(
      PagedCall<Q, T> call) {
    return AsyncPage.of(call.operation(this), call.query());
  }

  /** All pages; makes calls when they are needed. */
  default <Q extends PagedQuery<Q>, T> Pages<T> pages(PagedCall<Q, T> call) {
    return Pages.of(call.operation(this), call.query());
  }

  /** Like {@link #pages}, without waiting. */
  default <Q extends PagedQuery<Q>, T> AsyncPages<T> publish(PagedCall<Q, T> call) {
    return AsyncPages.of(call.operation(this), call.query());
  }

  /** Like {@link #open}, without waiting. Cancelling the future cancels the call. */
  CompletableFuture<Download> startOpen(Call<ResponseBody> call);

  /** Like {@link #run}, with the status and the headers. */
  <T> ApiResponse<T> send(Call<T> call);

  /** Like {@link #open}, with the status and the headers. */
  ApiResponse<Download> sendOpen(Call<ResponseBody> call);
}
