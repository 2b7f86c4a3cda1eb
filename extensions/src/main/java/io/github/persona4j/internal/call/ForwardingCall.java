package io.github.persona4j.internal.call;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import okhttp3.Request;
import okio.Timeout;
import retrofit2.Call;
import retrofit2.CallAdapter;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;

/** A Retrofit call that forwards to another one. */
abstract class ForwardingCall<R> implements Call<R> {
  private final Call<R> call;

  ForwardingCall(Call<R> call) {
    this.call = call;
  }

  /** Wraps the calls of all interfaces. */
  abstract static class Factory extends CallAdapter.Factory {
    abstract <R> Call<R> wrap(Call<R> call);

    @Override
    public CallAdapter<?, ?> get(Type returnType, Annotation[] annotations, Retrofit retrofit) {
      return wrapping(retrofit.nextCallAdapter(this, returnType, annotations));
    }

    private <R, T> CallAdapter<R, T> wrapping(CallAdapter<R, T> next) {
      return new CallAdapter<>() {
        @Override
        public Type responseType() {
          return next.responseType();
        }

        @Override
        public T adapt(Call<R> call) {
          return next.adapt(wrap(call));
        }
      };
    }
  }

  /** The call that this one forwards to. */
  final Call<R> call() {
    return call;
  }

  @Override
  public Response<R> execute() throws IOException {
    return call.execute();
  }

  @Override
  public void enqueue(Callback<R> callback) {
    call.enqueue(callback);
  }

  @Override
  public final boolean isExecuted() {
    return call.isExecuted();
  }

  @Override
  public final void cancel() {
    call.cancel();
  }

  @Override
  public final boolean isCanceled() {
    return call.isCanceled();
  }

  @Override
  public abstract Call<R> clone();

  @Override
  public final Request request() {
    return call.request();
  }

  @Override
  public final Timeout timeout() {
    return call.timeout();
  }
}
