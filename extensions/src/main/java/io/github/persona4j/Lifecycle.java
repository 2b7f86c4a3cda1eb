package io.github.persona4j;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Whether a client is still open; shared by the client and what it hands out. */
final class Lifecycle {
  static final String CLOSED = "This PersonaClient is closed";

  private final AtomicBoolean closed = new AtomicBoolean();

  private final Set<Runnable> waits = ConcurrentHashMap.newKeySet();
  private final @Nullable Lifecycle parent;

  Lifecycle() {
    this.parent = null;
  }

  /** The life of a derived client, which ends with its own end or with that of the first. */
  Lifecycle(Lifecycle parent) {
    this.parent = parent;
  }

  /** Closes; true for the first to do so. */
  boolean close() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    waits.forEach(Runnable::run);
    return true;
  }

  boolean isClosed() {
    return closed.get() || (parent != null && parent.isClosed());
  }

  /** Ends this wait early when the client is closed. */
  void watch(CompletableFuture<?> wait) {
    Runnable end = () -> wait.complete(null);
    waits.add(end);
    CompletableFuture<?> unused = wait.whenComplete((nothing, failure) -> waits.remove(end));
    if (closed.get()) {
      wait.complete(null);
    }
    if (parent != null) {
      parent.watch(wait);
    }
  }
}
