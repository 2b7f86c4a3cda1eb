package io.github.persona4j;

import io.github.persona4j.error.PersonaException;
import io.github.persona4j.json.JsonException;
import io.github.persona4j.request.CallRunner;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Request;
import retrofit2.Call;
import retrofit2.Response;

/** Sends calls, waiting for the answer or not. */
final class CallSender implements CallRunner {
  private final Lifecycle lifecycle;
  private final Transport transport;

  CallSender(Lifecycle lifecycle, Transport transport) {
    this.lifecycle = lifecycle;
    this.transport = transport;
  }

  @Override
  public <T> T run(Call<T> call) {
    return execute(call).body();
  }

  <T> ApiResponse<T> send(Call<T> call) {
    return new ApiResponse<>(call.request(), execute(call));
  }

  private <T> Response<T> execute(Call<T> call) {
    if (lifecycle.isClosed()) {
      throw closed();
    }
    // Made before the try: a body that cannot be encoded is not the server's fault.
    Request request = call.request();
    Response<T> answer;
    try {
      answer = call.execute();
    } catch (IOException e) {
      throw Outcome.unanswered(request, e);
    } catch (JsonException e) {
      throw Outcome.malformed(request, e);
    } catch (PersonaException e) { // of a file, which is received as a part of the call
      throw CallRecord.withEarlier(request, e);
    }
    return Outcome.checked(request, answer);
  }

  <T> CompletableFuture<ApiResponse<T>> sendAsync(Call<T> call) {
    if (lifecycle.isClosed()) {
      return CompletableFuture.failedFuture(closed());
    }
    PromisedAnswer<T> promised;
    try {
      promised = new PromisedAnswer<>(call, transport);
    } catch (IllegalStateException e) {
      if (RepeatingCallFactory.isMissingKey(e)) {
        return CompletableFuture.failedFuture(e);
      }
      throw e;
    }
    call.enqueue(promised);
    return promised.future();
  }

  private static IllegalStateException closed() {
    return new IllegalStateException(Lifecycle.CLOSED);
  }
}
