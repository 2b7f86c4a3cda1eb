package io.github.persona4j.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** Why a call ends on this side of the connection. */
public enum StopReason {
  CLIENT_CLOSED("This PersonaClient is closed"),
  // As OkHttp reports it.
  CANCELED("Canceled"),
  INTERRUPTED("interrupted");

  private final String message;

  StopReason(String message) {
    this.message = message;
  }

  /** What the exception of such a call says. */
  public String message() {
    return message;
  }

  /** The failure of a call that was stopped. */
  public InterruptedIOException exception() {
    return new InterruptedIOException(message);
  }

  /** Whether a call failed for this reason. */
  public boolean isReasonOf(IOException failure) {
    return failure instanceof InterruptedIOException && message.equals(failure.getMessage());
  }

  /** The failure of a call that was stopped, where the connection reported something else. */
  public IOException exception(@Nullable IOException reported) {
    if (reported != null && message.equals(reported.getMessage())) {
      return reported;
    }
    InterruptedIOException stopped = exception();
    stopped.initCause(reported);
    return stopped;
  }
}
