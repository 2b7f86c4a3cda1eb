package io.github.persona4j.internal.call;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.internal.retry.TimeSource;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/**
 * A Retrofit call whose observer is notified of its end. It wraps the Retrofit call and not the
 * OkHttp call, because only the former includes decoding.
 */
final class ObservedCall<R> extends ForwardingCall<R> {
  private final Factory factory;

  private ObservedCall(Call<R> call, Factory factory) {
    super(call);
    this.factory = factory;
  }

  /** Wraps the calls of all interfaces. */
  static final class Factory extends ForwardingCall.Factory {
    private final CallObserver.Factory observers;
    private final TimeSource time;

    Factory(CallObserver.Factory observers, TimeSource time) {
      this.observers = observers;
      this.time = time;
    }

    @Override
    <R> Call<R> wrap(Call<R> call) {
      return new ObservedCall<>(call, this);
    }
  }

  /** Null for a call that will not begin, because it was made before or its request is invalid. */
  private @Nullable Observation begin() {
    if (isExecuted()) {
      return null;
    }
    try {
      return new Observation(request(), factory);
    } catch (Throwable e) {
      return null; // the call throws the same exception
    }
  }

  @Override
  public Response<R> execute() throws IOException {
    Observation observation = begin();
    if (observation == null) {
      return call().execute();
    }
    Response<R> response;
    try {
      response = call().execute();
    } catch (Throwable e) { // Kotlin code can throw undeclared checked exceptions
      observation.failed(e);
      throw e;
    }
    observation.responded(response);
    return response;
  }

  @Override
  public void enqueue(Callback<R> callback) {
    Observation observation = begin();
    if (observation == null) {
      call().enqueue(callback);
      return;
    }
    call()
        .enqueue(
            new Callback<>() {
              @Override
              public void onResponse(Call<R> unused, Response<R> response) {
                try {
                  observation.responded(response);
                } finally {
                  callback.onResponse(ObservedCall.this, response);
                }
              }

              @Override
              public void onFailure(Call<R> unused, Throwable failure) {
                try {
                  observation.failed(failure);
                } finally {
                  callback.onFailure(ObservedCall.this, failure);
                }
              }
            });
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public Call<R> clone() {
    return new ObservedCall<>(call().clone(), factory);
  }

  /** Measures one call and notifies its observer once of its end. */
  private static final class Observation {
    private final Request request;
    private final TimeSource time;
    private final long since;
    private final CallObserver observer;
    private final @Nullable CallState state;

    Observation(Request request, Factory factory) {
      this.request = request;
      this.time = factory.time;
      this.since = time.nanos();
      this.observer = factory.observers.callStarted(CallState.operation(request));
      this.state = CallState.of(request);
      if (state != null) {
        state.observe(observer);
      }
    }

    void responded(Response<?> response) {
      ended(
          CallState.describe(request, response.raw()), FailureMapper.exception(request, response));
    }

    void failed(Throwable thrown) {
      ended(CallState.describe(request), FailureMapper.exception(request, thrown));
    }

    private void ended(FailedCall call, @Nullable Throwable failure) {
      Duration duration = Duration.ofNanos(time.nanos() - since);
      Duration waitedForPermits = state == null ? Duration.ZERO : state.waitedForPermits();
      observer.callEnded(call, failure, duration, waitedForPermits);
    }
  }
}
