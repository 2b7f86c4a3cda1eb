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
 * The state of a client, open or closed, and its calls, which end when it is closed. Closing a
 * client also closes the clients derived from it. Thread-safe.
 */
public final class Lifecycle {
  /** A call, a body that is being read, or a wait, which ends when the client is closed. */
  public interface OpenCall {
    void clientClosed();
  }

  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable Lifecycle parent;

  // Weak, so that a streamed body that is not closed can be collected. Guarded by itself.
  private final Set<OpenCall> open = Collections.newSetFromMap(new WeakHashMap<>());

  /** Creates the lifecycle of a client. */
  public Lifecycle() {
    this.parent = null;
  }

  /** Creates the lifecycle of a derived client. */
  Lifecycle(Lifecycle parent) {
    this.parent = parent;
  }

  /** Closes the client and ends its calls. Returns false if it was closed before. */
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
  public static IllegalStateException closedException() {
    return new IllegalStateException(StopReason.CLIENT_CLOSED.message());
  }

  /** Registers a call, which {@link #close} ends. */
  public void begin(OpenCall call) {
    for (Lifecycle life = this; life != null; life = life.parent) {
      synchronized (life.open) {
        life.open.add(call);
      }
    }
    if (isClosed()) {
      call.clientClosed();
    }
  }

  /** Removes a call that has ended. Does nothing if it was removed before. */
  public void end(OpenCall call) {
    for (Lifecycle life = this; life != null; life = life.parent) {
      synchronized (life.open) {
        life.open.remove(call);
      }
    }
  }
}
