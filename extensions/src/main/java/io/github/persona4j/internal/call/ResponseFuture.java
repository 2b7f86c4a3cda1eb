package io.github.persona4j.internal.call;

import io.github.persona4j.error.PersonaException;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** Connects an enqueued call with its future. The end of either ends the other. */
final class ResponseFuture<T, R> implements Callback<T> {
  private final CallFuture<R> future;
  private final CallSender.ResponseMapper<T, R> mapper;
  private final Request request;
  private final CompletionExecutor completions;
  private volatile boolean ended;

  ResponseFuture(
      Call<T> call,
      Request request,
      CallSender.ResponseMapper<T, R> mapper,
      CompletionExecutor completions) {
    this.request = request;
    this.mapper = mapper;
    this.completions = completions;
    this.future = new CallFuture<>(completions.continuations());
    future.onCompletion(
        () -> {
          if (!ended) {
            call.cancel();
          }
        });
  }

  CompletableFuture<R> future() {
    return future;
  }

  @Override
  public void onResponse(Call<T> call, Response<T> response) {
    ended = true;
    R result;
    try {
      PersonaException failure = FailureMapper.exception(request, response);
      if (failure != null) {
        fail(failure);
        return;
      }
      result = mapper.map(CallState.describe(request, response.raw()), response);
    } catch (Throwable e) {
      fail(e);
      return;
    }
    completions.complete(
        () -> {
          if (!future.complete(result)) {
            close(response.body());
          }
        });
  }

  @Override
  public void onFailure(Call<T> call, Throwable thrown) {
    ended = true;
    Throwable failure;
    try {
      failure = FailureMapper.exception(request, thrown);
    } catch (Throwable e) {
      e.addSuppressed(thrown);
      failure = e;
    }
    fail(failure);
  }

  private void fail(Throwable failure) {
    completions.complete(() -> future.completeExceptionally(failure));
  }

  // Closes a streamed body that no caller will read.
  private static void close(@Nullable Object body) {
    if (body instanceof Closeable stream) {
      try {
        stream.close();
      } catch (IOException e) {
        // The connection is closed, as intended.
      }
    }
  }
}
