package io.github.persona4j.internal.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Creates the daemon threads of a client, which do not keep a program running. */
public final class DaemonThreads implements ThreadFactory {
  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "persona4j");
    thread.setDaemon(true);
    return thread;
  }

  /** Creates a pool with a thread for each task. An idle thread is kept for a minute. */
  public static ExecutorService pool() {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), new DaemonThreads()) {
      @Override
      public void execute(Runnable task) {
        try {
          super.execute(task);
        } catch (OutOfMemoryError e) {
          // No thread could be started. OkHttp fails a rejected call; an error would make it
          // lose the queued calls.
          throw new RejectedExecutionException("no thread could be started", e);
        }
      }
    };
  }
}
