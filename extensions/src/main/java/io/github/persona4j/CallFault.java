package io.github.persona4j;

import java.io.IOException;
import java.util.Objects;

/**
 * An exception or an error, such as one of a user's interceptor, on its way through OkHttp: the
 * only form in which it reaches those who wait for an enqueued call. Whoever made the call gets
 * what is inside.
 */
final class CallFault extends IOException {
  private static final long serialVersionUID = 1L;

  CallFault(Throwable fault) {
    super("the call was given up because of a fault", fault);
  }

  /** A failure in the form in which it goes on: as it is, or packed into a fault. */
  static IOException of(Throwable failure) {
    return failure instanceof IOException known ? known : new CallFault(failure);
  }

  /**
   * The fault inside, where OkHttp itself packed it: what a listener of its events threw while an
   * enqueued call ended. Otherwise the failure as it is.
   */
  static IOException within(IOException failure) {
    String message = failure.getMessage();
    if (message == null || !message.startsWith("canceled due to ")) {
      return failure;
    }
    Throwable cause = failure.getCause();
    if (cause == null && failure.getSuppressed().length > 0) {
      cause = failure.getSuppressed()[0]; // OkHttp 4
    }
    return cause == null ? failure : new CallFault(cause);
  }

  /** Throws what was thrown, which may be checked where it comes from Kotlin or Scala. */
  RuntimeException unwrapped() {
    return CallFault.<RuntimeException>thrown(Objects.requireNonNull(getCause()));
  }

  // To the compiler it is unchecked.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E thrown(Throwable fault) throws E {
    throw (E) fault;
  }
}
