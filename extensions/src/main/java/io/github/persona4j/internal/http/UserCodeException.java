package io.github.persona4j.internal.http;

import java.io.IOException;
import java.util.Objects;

/**
 * Wraps an exception or error other than an {@link IOException}, as a rule one of the user's code
 * such as an interceptor, so that it passes through OkHttp. The caller gets the exception inside.
 */
public final class UserCodeException extends IOException {
  private static final long serialVersionUID = 1L;

  public UserCodeException(Throwable thrown) {
    super("the call ended because of an exception that was thrown within it", thrown);
  }

  /** The failure as it is, or wrapped. */
  public static IOException of(Throwable failure) {
    return failure instanceof IOException known ? known : new UserCodeException(failure);
  }

  /**
   * The exception inside, where OkHttp itself wrapped it: what a listener of its events threw while
   * an enqueued call ended. Otherwise the failure as it is.
   */
  public static IOException within(IOException failure) {
    String message = failure.getMessage();
    if (message == null || !message.startsWith("canceled due to ")) {
      return failure;
    }
    Throwable cause = failure.getCause();
    if (cause == null && failure.getSuppressed().length > 0) {
      cause = failure.getSuppressed()[0]; // OkHttp 4
    }
    return cause == null ? failure : new UserCodeException(cause);
  }

  /** What was thrown. */
  public Throwable thrown() {
    return Objects.requireNonNull(getCause());
  }

  /** Throws what was thrown, which may be checked where it comes from Kotlin or Scala. */
  public RuntimeException unwrapped() {
    return UserCodeException.<RuntimeException>sneaky(thrown());
  }

  // To the compiler it is unchecked.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
