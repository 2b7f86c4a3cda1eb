package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.internal.call.CallObserver;
import io.github.persona4j.internal.call.Operation;
import io.github.persona4j.internal.http.Callbacks;
import io.github.persona4j.request.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the user's listeners of calls, in the order in which they were added, and ignores the
 * exceptions that they throw.
 */
final class ListenerAdapter implements CallObserver.Factory {
  private final List<CallListener.Factory> factories;

  ListenerAdapter(List<CallListener.Factory> factories) {
    this.factories = List.copyOf(factories);
  }

  @Override
  public CallObserver callStarted(Operation started) {
    ApiOperation operation = new ApiOperation(started);
    List<CallListener> listeners = new ArrayList<>(factories.size());
    for (CallListener.Factory factory : factories) {
      Callbacks.invoke(
          creating -> {
            CallListener listener = creating.callStarted(operation);
            if (listener != null) {
              listeners.add(listener);
            }
          },
          factory);
    }
    return new Listeners(operation, listeners);
  }

  /** The listeners of one call. */
  private static final class Listeners implements CallObserver {
    private final ApiOperation operation;
    private final List<CallListener> listeners;
    private volatile boolean ended;

    Listeners(ApiOperation operation, List<CallListener> listeners) {
      this.operation = operation;
      this.listeners = listeners;
    }

    @Override
    public void callEnded(
        FailedCall call,
        @Nullable Throwable failure,
        Duration duration,
        Duration waitedForPermits) {
      ended = true;
      CallReport report =
          new CallReport(
              operation, call, CallReport.Failure.of(failure), duration, waitedForPermits);
      for (CallListener listener : listeners) {
        Callbacks.invoke(listener::callEnded, report);
      }
    }

    @Override
    public void attemptFailed(Attempted attempt) {
      if (ended) {
        return; // a call that was stopped or timed out ends before its attempt
      }
      AttemptReport report = new AttemptReport(operation, attempt);
      for (CallListener listener : listeners) {
        Callbacks.invoke(listener::attemptFailed, report);
      }
    }

    @Override
    public Map<String, String> requestHeaders() {
      RequestOptions.Builder headers = RequestOptions.builder(); // checks them
      for (CallListener listener : listeners) {
        Callbacks.invoke(
            adding -> adding.requestHeaders().forEach((name, value) -> add(headers, name, value)),
            listener);
      }
      return headers.build().headers();
    }

    private static void add(RequestOptions.Builder headers, String name, String value) {
      Callbacks.invoke(checking -> checking.header(name, value), headers);
    }
  }
}
