package io.github.persona4j.internal.http;

import java.util.function.Consumer;

/** Invokes user callbacks and ignores what they throw. */
public final class Callbacks {
  private Callbacks() {}

  /**
   * Invokes a callback. What it throws does not fail the call that it is notified of; that may be
   * an error, such as that of a library in another version than expected.
   */
  public static <T> void invoke(Consumer<? super T> callback, T argument) {
    try {
      callback.accept(argument);
    } catch (Throwable e) {
      // Nothing to report it to.
    }
  }

  /** Hands an exception that no caller can get to the thread's handler of uncaught exceptions. */
  public static void uncaught(Throwable thrown) {
    Thread thread = Thread.currentThread();
    invoke(
        uncaught -> thread.getUncaughtExceptionHandler().uncaughtException(thread, uncaught),
        thrown);
  }
}
