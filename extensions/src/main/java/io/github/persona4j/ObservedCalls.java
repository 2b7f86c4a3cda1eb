package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import okhttp3.Request;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.CallAdapter;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;

/**
 * Lets a listener hear of every call of every interface. Stands above Retrofit, where it is known
 * whether the answer could be decoded.
 */
final class ObservedCalls extends CallAdapter.Factory {
  private final CallListener.Factory listeners;
  private final Time time;

  private ObservedCalls(CallListener.Factory listeners, Time time) {
    this.listeners = listeners;
    this.time = time;
  }

  /** What to give to Retrofit; as such it is not loaded where nobody listens. */
  static CallAdapter.Factory telling(CallListener.Factory listeners, Time time) {
    return new ObservedCalls(listeners, time);
  }

  @Override
  public CallAdapter<?, ?> get(Type returnType, Annotation[] annotations, Retrofit retrofit) {
    return observing(retrofit.nextCallAdapter(this, returnType, annotations));
  }

  private <R, T> CallAdapter<R, T> observing(CallAdapter<R, T> next) {
    return new CallAdapter<>() {
      @Override
      public Type responseType() {
        return next.responseType();
      }

      @Override
      public T adapt(Call<R> call) {
        return next.adapt(new ObservedCall<>(call));
      }
    };
  }

  private final class ObservedCall<R> implements Call<R> {
    private final Call<R> call;

    ObservedCall(Call<R> call) {
      this.call = call;
    }

    /** Null for a call that will not begin: it was made before, or its request cannot be. */
    private @Nullable Observation begin() {
      if (call.isExecuted()) {
        return null;
      }
      try {
        return new Observation(call.request());
      } catch (Throwable e) {
        // The call meets the same, and says so itself.
        return null;
      }
    }

    @Override
    public Response<R> execute() throws IOException {
      Observation observation = begin();
      if (observation == null) {
        return call.execute();
      }
      Response<R> answer;
      try {
        answer = call.execute();
      } catch (Throwable e) { // from Kotlin also what is not declared
        observation.failed(e);
        throw e;
      }
      observation.answered(answer);
      return answer;
    }

    @Override
    public void enqueue(Callback<R> callback) {
      Observation observation = begin();
      if (observation == null) {
        call.enqueue(callback);
        return;
      }
      call.enqueue(
          new Callback<>() {
            @Override
            public void onResponse(Call<R> unused, Response<R> answer) {
              try {
                observation.answered(answer);
              } finally {
                callback.onResponse(ObservedCall.this, answer);
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
      return new ObservedCall<>(call.clone());
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

  /** One call from its beginning to its end. */
  private final class Observation {
    private final Request request;
    private final ApiOperation operation;
    private final long since = time.nanos();
    private @Nullable CallListener listener;

    Observation(Request request) {
      this.request = request;
      this.operation = CallRecord.operation(request);
      Listeners.tell(started -> listener = listeners.callStarted(started), operation);
    }

    void answered(Response<?> answer) {
      ended(CallRecord.failedCall(request, answer.raw()), Outcome.failure(request, answer));
    }

    void failed(Throwable thrown) {
      ended(CallRecord.failedCall(request), Outcome.failure(request, thrown));
    }

    private void ended(FailedCall call, CallReport.@Nullable Failure failure) {
      CallListener mine = listener;
      if (mine != null) {
        Duration duration = Duration.ofNanos(time.nanos() - since);
        Listeners.tell(mine::callEnded, new CallReport(operation, call, failure, duration));
      }
    }
  }
}
