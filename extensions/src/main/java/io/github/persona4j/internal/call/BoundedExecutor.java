package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.Callbacks;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a limited number of tasks concurrently on the threads of another executor. Further tasks are
 * queued in order. Thread-safe.
 */
final class BoundedExecutor implements Executor {
  private final Executor threads;
  private final int maxRunning;

  // Guarded by this object.
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * Creates an executor.
   *
   * @param threads starts a thread, or uses an idle one, for each task; may have other users
   * @param maxRunning the maximum number of concurrent tasks
   */
  BoundedExecutor(Executor threads, int maxRunning) {
    this.threads = threads;
    this.maxRunning = maxRunning;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      if (running == maxRunning) {
        waiting.add(task);
        return;
      }
      running++;
    }
    start(task);
  }

  /** Runs a task if it can start now. Otherwise returns false. */
  boolean tryExecute(Runnable task) {
    synchronized (this) {
      if (running == maxRunning) {
        return false;
      }
      running++;
    }
    start(task);
    return true;
  }

  private void start(Runnable task) {
    try {
      threads.execute(() -> work(task));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The client is closed, or no thread can be created. The common pool of the JDK is available.
      ForkJoinPool.commonPool().execute(() -> work(task));
    }
  }

  private void work(Runnable first) {
    for (Runnable task = first; task != null; task = next()) {
      try {
        task.run();
      } catch (Throwable e) {
        Callbacks.uncaught(e);
      }
      // An interruption applies to that task, not to the next one.
      boolean unused = Thread.interrupted();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    if (task == null) {
      running--;
    }
    return task;
  }
}
