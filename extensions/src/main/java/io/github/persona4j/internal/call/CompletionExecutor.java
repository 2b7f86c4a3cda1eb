package io.github.persona4j.internal.call;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** Completes calls and runs the actions that depend on their futures. */
public final class CompletionExecutor {
  /** The maximum number of threads for actions that depend on futures. */
  public static final int MAX_CONTINUATIONS = 256;

  /**
   * The maximum number of threads that complete futures or run callbacks, besides those of calls.
   */
  private static final int MAX_COMPLETIONS = 64;

  private final BoundedExecutor completions;
  private final Executor continuations;

  /**
   * Creates an executor on these threads.
   *
   * @param threads starts a thread, or uses an idle one, for each task
   * @param continuations runs actions that depend on futures; null for the same threads
   */
  public CompletionExecutor(ExecutorService threads, @Nullable Executor continuations) {
    this.completions = new BoundedExecutor(threads, MAX_COMPLETIONS);
    this.continuations =
        continuations == null ? new BoundedExecutor(threads, MAX_CONTINUATIONS) : continuations;
  }

  /** Runs actions that depend on the futures of calls, which may block. */
  public Executor continuations() {
    return continuations;
  }

  /** Runs a callback on a thread that does not belong to a call. */
  public void run(Runnable callback) {
    try {
      if (!completions.tryExecute(callback)) {
        ForkJoinPool.commonPool().execute(callback);
      }
    } catch (Throwable e) {
      callback.run(); // no thread can be created
    }
  }

  /**
   * Completes a future. If all threads are in use it runs on the current thread, because they may
   * wait for this future.
   */
  void complete(Runnable completion) {
    boolean started = false;
    try {
      started = completions.tryExecute(completion);
    } catch (Throwable e) {
      // No thread can be created. Completing a future twice has no effect.
    }
    if (!started) {
      completion.run();
    }
  }
}
