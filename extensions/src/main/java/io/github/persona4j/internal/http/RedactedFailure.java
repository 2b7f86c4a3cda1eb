package io.github.persona4j.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/**
 * Removes quoted data from the messages of OkHttp's and Okio's failures. Bytes received in place of
 * HTTP can be part of a body.
 */
public final class RedactedFailure {
  private RedactedFailure() {}

  /** Returns the failure, or a similar one whose message contains no data. */
  public static IOException of(IOException failure) {
    String message = failure.getMessage();
    if (message == null) {
      return failure;
    }
    String unquoted = message.split("[:\"]", 2)[0].strip();
    IOException safe;
    if (failure instanceof ProtocolException) {
      safe = new ProtocolException(unquoted);
    } else if (failure instanceof EOFException) {
      safe = new EOFException(unquoted);
    } else if (failure.getClass() == IOException.class
        && failure.getCause() instanceof EOFException end) {
      safe = new IOException(message, of(end));
    } else {
      return failure;
    }
    safe.setStackTrace(failure.getStackTrace());
    return safe;
  }
}
