package io.github.persona4j.internal.http;

import java.io.IOException;
import java.util.Objects;

/**
 * Wraps an exception or error other than an {@link IOException} so that it passes through OkHttp.
 * It usually comes from the user's code, such as an interceptor. The caller gets the wrapped
 * exception.
 */
public final class UserCodeException extends IOException {
  private static final long serialVersionUID = 1L;

  public UserCodeException(Throwable thrown) {
    super("the call ended because of an exception that was thrown within it", thrown);
  }

  /** Returns the failure if it is an {@link IOException}, otherwise wraps it. */
  public static IOException of(Throwable failure) {
    return failure instanceof IOException known ? known : new UserCodeException(failure);
  }

  /**
   * Unwraps an exception that OkHttp wrapped, such as that of an event listener at the end of an
   * enqueued call. Returns any other failure unchanged.
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

  /** The wrapped exception. */
  public Throwable thrown() {
    return Objects.requireNonNull(getCause());
  }

  /** Throws the wrapped exception, which may be an undeclared checked exception. */
  public RuntimeException unwrapped() {
    return unchecked(thrown());
  }

  /** Throws any exception, which may be an undeclared checked exception. */
  public static RuntimeException unchecked(Throwable thrown) {
    return UserCodeException.<RuntimeException>sneaky(thrown);
  }

  // The compiler infers an unchecked exception.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
