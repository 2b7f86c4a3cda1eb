package io.github.persona4j.internal.http;

import java.util.function.Consumer;

/** Invokes callbacks of the user and ignores the exceptions that they throw. */
public final class Callbacks {
  private Callbacks() {}

  /**
   * Invokes a callback. Exceptions and errors that it throws, such as a {@code NoSuchMethodError},
   * do not fail the call.
   */
  public static <T> void invoke(Consumer<? super T> callback, T argument) {
    try {
      callback.accept(argument);
    } catch (Throwable e) {
      // There is no caller to report it to.
    }
  }

  /** Passes an exception that reaches no caller to the thread's handler of uncaught exceptions. */
  public static void uncaught(Throwable thrown) {
    Thread thread = Thread.currentThread();
    invoke(
        uncaught -> thread.getUncaughtExceptionHandler().uncaughtException(thread, uncaught),
        thrown);
  }
}
