package io.github.persona4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client is still open, and the calls that end with it; shared by the client and what it
 * hands out. Thread-safe.
 */
final class Lifecycle {
  static final String CLOSED = "This PersonaClient is closed";

  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable Lifecycle parent;

  // Weak, so that a streamed body that its owner forgot can be collected. Guarded by itself.
  private final Set<RepeatingCall> running = Collections.newSetFromMap(new WeakHashMap<>());

  Lifecycle() {
    this.parent = null;
  }

  /** The life of a derived client, which ends with its own end or with that of the first. */
  Lifecycle(Lifecycle parent) {
    this.parent = parent;
  }

  /** Closes and stops the running calls; true for the first to do so. */
  boolean close() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    List<RepeatingCall> ending;
    synchronized (running) {
      ending = new ArrayList<>(running);
    }
    ending.forEach(RepeatingCall::clientClosed);
    return true;
  }

  boolean isClosed() {
    return closed.get() || (parent != null && parent.isClosed());
  }

  /** A call begins, which {@link #close} stops. */
  void begin(RepeatingCall call) {
    for (Lifecycle life = this; life != null; life = life.parent) {
      synchronized (life.running) {
        life.running.add(call);
      }
    }
    if (isClosed()) {
      call.clientClosed();
    }
  }

  /** A call has ended, and its body with it. Does nothing for one that had ended before. */
  void end(RepeatingCall call) {
    for (Lifecycle life = this; life != null; life = life.parent) {
      synchronized (life.running) {
        life.running.remove(call);
      }
    }
  }
}
