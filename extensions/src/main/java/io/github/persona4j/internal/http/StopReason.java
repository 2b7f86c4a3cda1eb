package io.github.persona4j.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** The reason why the caller or the client stops a call. */
public enum StopReason {
  CLIENT_CLOSED("This PersonaClient is closed"),
  // The message of OkHttp.
  CANCELED("Canceled"),
  INTERRUPTED("interrupted");

  private final String message;

  StopReason(String message) {
    this.message = message;
  }

  /** The message of the exception. */
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

  /** The failure of a stopped call, with the failure of its connection as the cause. */
  public IOException exception(@Nullable IOException reported) {
    if (reported != null && message.equals(reported.getMessage())) {
      return reported;
    }
    InterruptedIOException stopped = exception();
    stopped.initCause(reported);
    return stopped;
  }
}
