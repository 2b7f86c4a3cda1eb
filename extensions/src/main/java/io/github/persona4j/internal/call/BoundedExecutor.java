package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.Callbacks;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a limited number of tasks at a time on the threads of another executor; further tasks wait,
 * first come first served. Thread-safe.
 */
final class BoundedExecutor implements Executor {
  private final Executor threads;
  private final int maxRunning;

  // Guarded by this object.
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * A limit on the tasks that come through here; others may use the threads too.
   *
   * @param threads starts a thread, or takes an idle one, for each task
   * @param maxRunning how many tasks may run at a time
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

  /** Runs a task unless it would have to wait; then returns false and does nothing. */
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
      // The client is closed, or the machine has no thread left; the JDK's own pool still runs.
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
      // An interruption was meant for that task, not for the next.
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
