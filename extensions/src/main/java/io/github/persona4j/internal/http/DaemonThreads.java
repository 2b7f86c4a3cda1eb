package io.github.persona4j.internal.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a client: a program that forgets to close it ends all the same. */
public final class DaemonThreads implements ThreadFactory {
  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "persona4j");
    thread.setDaemon(true);
    return thread;
  }

  /** As many threads as there are tasks; each is kept for a minute. None is started yet. */
  public static ExecutorService pool() {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), new DaemonThreads()) {
      @Override
      public void execute(Runnable task) {
        try {
          super.execute(task);
        } catch (OutOfMemoryError e) {
          // No thread could be started. OkHttp knows how to fail a call that is rejected; an error
          // would make it forget the calls that wait behind.
          throw new RejectedExecutionException("no thread could be started", e);
        }
      }
    };
  }
}
