package io.github.persona4j;

import java.util.function.Consumer;

/** Tells things to code of users. */
final class Listeners {
  private Listeners() {}

  /**
   * Tells; what a listener throws is its own affair and not that of the call it hears of. That may
   * be an error, such as that of a library in another version than expected.
   */
  static <T> void tell(Consumer<? super T> listener, T news) {
    try {
      listener.accept(news);
    } catch (Throwable e) {
      // There is nobody to report it to: the caller's call went as it went.
    }
  }

  /**
   * Hands what code of a user threw, and nobody can be told, to the thread's handler of uncaught
   * exceptions.
   */
  static void uncaught(Throwable thrown) {
    Thread thread = Thread.currentThread();
    tell(
        handled -> thread.getUncaughtExceptionHandler().uncaughtException(thread, handled), thrown);
  }
}
