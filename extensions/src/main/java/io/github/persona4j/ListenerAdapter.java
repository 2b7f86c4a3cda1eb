package io.github.persona4j;

import io.github.persona4j.internal.call.CallObserver;
import io.github.persona4j.internal.call.Operation;
import io.github.persona4j.internal.http.Callbacks;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Notifies the user's listeners of calls and ignores the exceptions that they throw. */
final class ListenerAdapter implements CallObserver.Factory {
  private final CallListener.Factory listeners;

  ListenerAdapter(CallListener.Factory listeners) {
    this.listeners = listeners;
  }

  @Override
  public @Nullable CallObserver callStarted(Operation started) {
    ApiOperation operation = new ApiOperation(started);
    AtomicReference<@Nullable CallListener> created = new AtomicReference<>();
    Callbacks.invoke(factory -> created.set(factory.callStarted(operation)), listeners);
    CallListener listener = created.get();
    return listener == null
        ? null
        : (call, failure, duration) ->
            Callbacks.invoke(
                listener::callEnded,
                new CallReport(operation, call, CallReport.Failure.of(failure), duration));
  }
}
