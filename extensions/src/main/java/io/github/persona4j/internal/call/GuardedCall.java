package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.Callbacks;
import io.github.persona4j.internal.http.UserCodeException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/**
 * A Retrofit call that ends exactly once, and with the exception that was thrown within it.
 * Retrofit's own call does not report some errors of converters, and prints the exceptions of
 * callbacks.
 */
final class GuardedCall<R> extends ForwardingCall<R> {
  private GuardedCall(Call<R> call) {
    super(call);
  }

  /** Wraps the calls of all interfaces. */
  static final class Factory extends ForwardingCall.Factory {
    @Override
    <R> Call<R> wrap(Call<R> call) {
      return new GuardedCall<>(call);
    }
  }

  @Override
  public Response<R> execute() throws IOException {
    try {
      return call().execute();
    } catch (UserCodeException e) {
      throw e.unwrapped();
    } catch (DecodingException e) {
      throw (RuntimeException) FailureMapper.exception(request(), e);
    }
  }

  @Override
  public void enqueue(Callback<R> callback) {
    call().enqueue(new OnceCallback<>(this, callback));
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public Call<R> clone() {
    return new GuardedCall<>(call().clone());
  }

  private static final class OnceCallback<R> implements Callback<R> {
    private final Call<R> call;
    private final Callback<R> callback;
    private final AtomicBoolean invoked = new AtomicBoolean();

    OnceCallback(Call<R> call, Callback<R> callback) {
      this.call = call;
      this.callback = callback;
    }

    @Override
    public void onResponse(Call<R> unused, Response<R> response) {
      invoke(() -> callback.onResponse(call, response));
    }

    @Override
    public void onFailure(Call<R> unused, Throwable failure) {
      invoke(() -> callback.onFailure(call, reported(failure)));
    }

    private Throwable reported(Throwable failure) {
      if (failure instanceof DecodingException) {
        return FailureMapper.exception(call.request(), failure);
      }
      return failure instanceof UserCodeException wrapper ? wrapper.thrown() : failure;
    }

    private void invoke(Runnable invocation) {
      if (invoked.compareAndSet(false, true)) {
        try {
          invocation.run();
        } catch (Throwable e) {
          Callbacks.uncaught(e); // an exception of the user's callback, after the call has ended
        }
      }
    }
  }
}
