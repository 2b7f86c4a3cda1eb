package io.github.persona4j.internal.call;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.internal.http.UserCodeException;
import io.github.persona4j.json.JsonException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Request;
import retrofit2.Call;
import retrofit2.Response;

/** Makes Retrofit calls, blocking or asynchronously, and throws the exceptions of this client. */
public final class CallSender {
  /** Creates the result for the caller. */
  @FunctionalInterface
  public interface ResponseMapper<T, R> {
    R map(FailedCall call, Response<T> response);
  }

  private final Lifecycle lifecycle;
  private final CompletionExecutor completions;

  public CallSender(Lifecycle lifecycle, CompletionExecutor completions) {
    this.lifecycle = lifecycle;
    this.completions = completions;
  }

  /** Makes a call and waits for its decoded body. */
  public <T> T run(Call<T> call) {
    return checked(call.request(), execute(call)).body();
  }

  /** Makes a call and waits for its response. */
  public <T, R> R send(Call<T> call, ResponseMapper<T, R> mapper) {
    Request request = call.request();
    Response<T> response = checked(request, execute(call));
    return mapper.map(CallState.describe(request, response.raw()), response);
  }

  /**
   * Makes a call and waits for its response, whatever its status.
   *
   * @throws PersonaException if there is no response
   */
  public <T> Response<T> execute(Call<T> call) {
    try {
      return executeWithReceiver(call);
    } catch (IOException e) {
      throw UserCodeException.unchecked(e); // only a receiver has local failures
    }
  }

  /**
   * Like {@link #execute}, but throws local failures of a {@link BodyReceiver} as they are.
   *
   * @throws IOException if there is a local failure, such as one of the disk
   * @throws PersonaException if there is no response for another reason
   */
  public <T> Response<T> executeWithReceiver(Call<T> call) throws IOException {
    if (lifecycle.isClosed()) {
      throw Lifecycle.closedException();
    }
    // Outside the try block, because a failure to encode the body is not a failure of the call.
    Request request = call.request();
    try {
      return call.execute();
    } catch (IOException | JsonException | PersonaException e) {
      Throwable mapped = FailureMapper.exception(request, e);
      if (mapped instanceof IOException local) {
        throw local;
      }
      throw UserCodeException.unchecked(mapped);
    }
  }

  private static <T> Response<T> checked(Request request, Response<T> response) {
    PersonaException failure = FailureMapper.exception(request, response);
    if (failure != null) {
      throw failure;
    }
    return response;
  }

  /** Makes a call without waiting; the future fails with the exceptions of {@link #send}. */
  public <T, R> CompletableFuture<R> sendAsync(Call<T> call, ResponseMapper<T, R> mapper) {
    if (lifecycle.isClosed()) {
      return CompletableFuture.failedFuture(Lifecycle.closedException());
    }
    Request request;
    try {
      request = call.request();
    } catch (IllegalStateException e) { // there is no API key
      return CompletableFuture.failedFuture(e);
    }
    ResponseFuture<T, R> promised = new ResponseFuture<>(call, request, mapper, completions);
    call.enqueue(promised);
    return promised.future();
  }
}
