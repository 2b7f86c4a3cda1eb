package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.StopReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client is open, and the calls that end when it is closed. A derived client ends with
 * the client that it was derived from. Thread-safe.
 */
public final class Lifecycle {
  /** A call, or a body that is being read, which ends with the client. */
  interface OpenCall {
    void clientClosed();
  }

  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable Lifecycle parent;

  // Weak, so that a streamed body that its owner forgot can be collected. Guarded by itself.
  private final Set<OpenCall> open = Collections.newSetFromMap(new WeakHashMap<>());

  /** That of a client by itself. */
  public Lifecycle() {
    this.parent = null;
  }

  /** That of a derived client. */
  Lifecycle(Lifecycle parent) {
    this.parent = parent;
  }

  /** Closes the client and ends its calls; true the first time. */
  public boolean close() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    List<OpenCall> ending;
    synchronized (open) {
      ending = new ArrayList<>(open);
    }
    ending.forEach(OpenCall::clientClosed);
    return true;
  }

  public boolean isClosed() {
    return closed.get() || (parent != null && parent.isClosed());
  }

  /** The exception for calls of a closed client. */
  static IllegalStateException closedException() {
    return new IllegalStateException(StopReason.CLIENT_CLOSED.message());
  }

  /** A call begins, which {@link #close} ends. */
  void begin(OpenCall call) {
    for (Lifecycle life = this; life != null; life = life.parent) {
      synchronized (life.open) {
        life.open.add(call);
      }
    }
    if (isClosed()) {
      call.clientClosed();
    }
  }

  /** A call has ended, and its body with it. Does nothing if it had ended before. */
  void end(OpenCall call) {
    for (Lifecycle life = this; life != null; life = life.parent) {
      synchronized (life.open) {
        life.open.remove(call);
      }
    }
  }
}
