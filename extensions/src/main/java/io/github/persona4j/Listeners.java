package io.github.persona4j;

import java.util.function.Consumer;

/** Tells things to code of users. */
final class Listeners {
  private Listeners() {}

  /** Tells; what a listener throws is its own affair and not that of the call it hears of. */
  static <T> void tell(Consumer<? super T> listener, T news) {
    try {
      listener.accept(news);
    } catch (RuntimeException e) {
      // There is nobody to report it to: the caller's call went as it went.
    }
  }
}
