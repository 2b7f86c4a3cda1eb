package io.github.persona4j;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether a client is still open; shared by the client and what it hands out. */
final class Lifecycle {
  static final String CLOSED = "This PersonaClient is closed";

  private final AtomicBoolean closed = new AtomicBoolean();

  /** Closes; true for the first to do so. */
  boolean close() {
    return closed.compareAndSet(false, true);
  }

  boolean isClosed() {
    return closed.get();
  }
}
