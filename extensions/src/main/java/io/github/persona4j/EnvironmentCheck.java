package io.github.persona4j;

import io.github.persona4j.internal.http.Callbacks;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Warns once if a key belongs to another environment than expected. Thread-safe. */
final class EnvironmentCheck implements Consumer<String> {
  private final Environment expected;
  private final Consumer<String> warning;
  private final AtomicBoolean warned = new AtomicBoolean();

  EnvironmentCheck(Environment expected, Consumer<String> warning) {
    this.expected = expected;
    this.warning = warning;
  }

  @Override
  public void accept(String key) {
    for (Environment other : Environment.values()) {
      if (other != expected && other.isOf(key) && warned.compareAndSet(false, true)) {
        Callbacks.invoke(
            warning, "This PersonaClient is for " + expected + ", but it has a key for " + other);
      }
    }
  }
}
