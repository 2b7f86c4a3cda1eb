package io.github.persona4j.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/**
 * Removes from the failures of OkHttp and Okio what they quote: bytes that come in the place of
 * HTTP can be a part of some body.
 */
public final class QuotedBytes {
  private QuotedBytes() {}

  /** The failure, or one like it whose message quotes nothing. */
  public static IOException removed(IOException failure) {
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
      safe = new IOException(message, removed(end));
    } else {
      return failure;
    }
    safe.setStackTrace(failure.getStackTrace());
    return safe;
  }
}
