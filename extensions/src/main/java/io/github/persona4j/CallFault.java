package io.github.persona4j;

import java.io.IOException;
import java.util.Objects;

/**
 * An unchecked exception or an error, such as one of a user's interceptor, on its way through
 * OkHttp: the only form in which it reaches those who wait for an enqueued call. Whoever made the
 * call gets what is inside.
 */
final class CallFault extends IOException {
  private static final long serialVersionUID = 1L;

  CallFault(Throwable unchecked) {
    super("the call was given up because of a fault", unchecked);
  }

  /** What was thrown, to be thrown on; errors are thrown here. */
  RuntimeException unwrapped() {
    Throwable unchecked = Objects.requireNonNull(getCause());
    if (unchecked instanceof Error error) {
      throw error;
    }
    return (RuntimeException) unchecked;
  }
}
