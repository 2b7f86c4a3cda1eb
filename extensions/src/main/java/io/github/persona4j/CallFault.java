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
