package io.github.persona4j;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Request;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** Brings an enqueued call and a future together: the end of either is that of the other. */
final class PromisedAnswer<T> implements Callback<T> {
  private final CallFuture<ApiResponse<T>> future;
  private final Request request;
  private final Transport transport;
  private volatile boolean over;

  PromisedAnswer(Call<T> call, Transport transport) {
    this.request = call.request();
    this.transport = transport;
    this.future = new CallFuture<>(transport.continuations());
    future.onCompletion(
        () -> {
          if (!over) {
            call.cancel();
          }
        });
  }

  CompletableFuture<ApiResponse<T>> future() {
    return future;
  }

  @Override
  public void onResponse(Call<T> call, Response<T> answer) {
    over = true;
    ApiResponse<T> response;
    try {
      response = new ApiResponse<>(request, Outcome.checked(request, answer));
    } catch (Throwable e) {
      fail(e);
      return;
    }
    transport.complete(
        () -> {
          if (!future.complete(response)) {
            close(response.body());
          }
        });
  }

  @Override
  public void onFailure(Call<T> call, Throwable failure) {
    over = true;
    Throwable told;
    try {
      told = Outcome.exception(request, failure);
    } catch (Throwable e) {
      e.addSuppressed(failure);
      told = e;
    }
    fail(told);
  }

  private void fail(Throwable failure) {
    transport.complete(() -> future.completeExceptionally(failure));
  }

  // A streamed body that nobody will read.
  private static void close(Object body) {
    if (body instanceof Closeable stream) {
      try {
        stream.close();
      } catch (IOException e) {
        // Then its connection is gone, which is what this is for.
      }
    }
  }
}
