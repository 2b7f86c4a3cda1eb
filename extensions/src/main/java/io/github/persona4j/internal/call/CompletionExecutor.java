package io.github.persona4j.internal.call;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** Threads on which calls complete, and on which actions that depend on their futures run. */
public final class CompletionExecutor {
  /** How many threads may run actions that depend on futures. */
  public static final int MAX_CONTINUATIONS = 256;

  /** How many threads may complete futures or run callbacks, beside those of the calls. */
  private static final int MAX_COMPLETIONS = 64;

  private final BoundedExecutor completions;
  private final Executor continuations;

  /**
   * Completions on these threads.
   *
   * @param threads starts a thread, or takes an idle one, for each task
   * @param continuations runs actions that depend on futures; null for the same threads
   */
  public CompletionExecutor(ExecutorService threads, @Nullable Executor continuations) {
    this.completions = new BoundedExecutor(threads, MAX_COMPLETIONS);
    this.continuations =
        continuations == null ? new BoundedExecutor(threads, MAX_CONTINUATIONS) : continuations;
  }

  /** Runs actions that depend on the futures of calls, which may block. */
  Executor continuations() {
    return continuations;
  }

  /** Runs a callback on a thread that no call needs. */
  void run(Runnable callback) {
    try {
      if (!completions.tryExecute(callback)) {
        ForkJoinPool.commonPool().execute(callback);
      }
    } catch (Throwable e) {
      callback.run(); // the machine has no thread left
    }
  }

  /**
   * Completes a future; on the present thread if all others are taken, since they may wait for this
   * very future.
   */
  void complete(Runnable completion) {
    boolean started = false;
    try {
      started = completions.tryExecute(completion);
    } catch (Throwable e) {
      // The machine has no thread left. Completing a future twice does no harm.
    }
    if (!started) {
      completion.run();
    }
  }
}
