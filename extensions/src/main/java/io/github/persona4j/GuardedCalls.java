package io.github.persona4j;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Request;
import okio.Timeout;
import retrofit2.Call;
import retrofit2.CallAdapter;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;

/**
 * Sees to it that every call of every interface ends once, waited for or not, with what was thrown:
 * stands directly above Retrofit, which lets some errors of its converters out and prints what
 * callbacks throw.
 */
final class GuardedCalls extends CallAdapter.Factory {
  @Override
  public CallAdapter<?, ?> get(Type returnType, Annotation[] annotations, Retrofit retrofit) {
    return guarding(retrofit.nextCallAdapter(this, returnType, annotations));
  }

  private static <R, T> CallAdapter<R, T> guarding(CallAdapter<R, T> next) {
    return new CallAdapter<>() {
      @Override
      public Type responseType() {
        return next.responseType();
      }

      @Override
      public T adapt(Call<R> call) {
        return next.adapt(new GuardedCall<>(call));
      }
    };
  }

  private static final class GuardedCall<R> implements Call<R> {
    private final Call<R> call;

    GuardedCall(Call<R> call) {
      this.call = call;
    }

    @Override
    public Response<R> execute() throws IOException {
      try {
        return call.execute();
      } catch (CallFault e) {
        throw e.unwrapped();
      } catch (DecodingFault e) {
        throw Outcome.malformed(request(), e);
      }
    }

    @Override
    public void enqueue(Callback<R> callback) {
      call.enqueue(new GuardedCallback<>(this, callback));
    }

    @Override
    public boolean isExecuted() {
      return call.isExecuted();
    }

    @Override
    public void cancel() {
      call.cancel();
    }

    @Override
    public boolean isCanceled() {
      return call.isCanceled();
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Call<R> clone() {
      return new GuardedCall<>(call.clone());
    }

    @Override
    public Request request() {
      return call.request();
    }

    @Override
    public Timeout timeout() {
      return call.timeout();
    }
  }

  private static final class GuardedCallback<R> implements Callback<R> {
    private final Call<R> call;
    private final Callback<R> callback;
    private final AtomicBoolean told = new AtomicBoolean();

    GuardedCallback(Call<R> call, Callback<R> callback) {
      this.call = call;
      this.callback = callback;
    }

    @Override
    public void onResponse(Call<R> unused, Response<R> response) {
      tell(() -> callback.onResponse(call, response));
    }

    @Override
    public void onFailure(Call<R> unused, Throwable failure) {
      tell(() -> callback.onFailure(call, shown(failure)));
    }

    private Throwable shown(Throwable failure) {
      if (failure instanceof DecodingFault fault) {
        return Outcome.malformed(call.request(), fault);
      }
      return failure instanceof CallFault && failure.getCause() != null
          ? failure.getCause()
          : failure;
    }

    private void tell(Runnable end) {
      if (told.compareAndSet(false, true)) {
        try {
          end.run();
        } catch (Throwable e) {
          Listeners.uncaught(e); // the call is over, and its callback is the user's
        }
      }
    }
  }
}
