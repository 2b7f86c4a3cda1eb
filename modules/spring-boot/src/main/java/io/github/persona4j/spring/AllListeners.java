package io.github.persona4j.spring;

import io.github.persona4j.ApiOperation;
import io.github.persona4j.CallListener;
import java.util.ArrayList;
import java.util.List;

/** Notifies several listeners, each also if another one throws. Thread-safe. */
final class AllListeners implements CallListener.Factory {
  private final List<CallListener.Factory> factories;

  AllListeners(List<CallListener.Factory> factories) {
    this.factories = List.copyOf(factories);
  }

  @Override
  public CallListener callStarted(ApiOperation operation) {
    List<CallListener> listeners = new ArrayList<>();
    for (CallListener.Factory factory : factories) {
      ignoreFailure(() -> listeners.add(factory.callStarted(operation)));
    }
    return call -> listeners.forEach(each -> ignoreFailure(() -> each.callEnded(call)));
  }

  /** As the client does with the exceptions of a listener. */
  private static void ignoreFailure(Runnable notification) {
    try {
      notification.run();
    } catch (RuntimeException e) {
      // the call is not affected
    }
  }
}
