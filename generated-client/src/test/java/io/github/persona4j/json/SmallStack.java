package io.github.persona4j.json;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs tasks on a thread with a stack of 192 KiB, which some servers configure. */
final class SmallStack {
  private static final long BYTES = 192 * 1024;

  private SmallStack() {}

  static <T> T call(Callable<T> task) throws Exception {
    FutureTask<T> future = new FutureTask<>(task);
    new Thread(null, future, "small stack", BYTES).start();
    return future.get(60, TimeUnit.SECONDS);
  }
}
