package io.github.persona4j.internal.call;

import io.github.persona4j.error.PersonaException;
import io.github.persona4j.file.Download;
import io.github.persona4j.response.ApiResponse;
import java.util.concurrent.CompletableFuture;
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

  /** Like {@link #open}, without waiting. Cancelling the future cancels the call. */
  CompletableFuture<Download> startOpen(Call<ResponseBody> call);

  /** Like {@link #run}, with the status and the headers. */
  <T> ApiResponse<T> send(Call<T> call);

  /** Like {@link #open}, with the status and the headers. */
  ApiResponse<Download> sendOpen(Call<ResponseBody> call);
}
