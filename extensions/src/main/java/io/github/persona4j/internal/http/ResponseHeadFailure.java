package io.github.persona4j.internal.http;

import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Maps failures to read the status line and the headers of a response, where OkHttp's exception
 * does not show that the failure would recur.
 */
final class ResponseHeadFailure {
  private ResponseHeadFailure() {}

  /**
   * Returns the failure to report.
   *
   * @param socket the socket of the connection; null if unknown
   * @param reused whether the connection had served another request before
   */
  static IOException reported(
      IOException failure, @Nullable CountingSocket socket, boolean reused) {
    // The socket is asked, because TLS wraps its exceptions.
    String exceeded = socket == null ? null : socket.limitExceeded();
    if (exceeded != null) {
      return ConnectionFailure.lasting(exceeded);
    }
    String message = failure.getMessage();
    if (!reused
        && failure instanceof ProtocolException
        && message != null
        && message.startsWith("Unexpected status line")) {
      // On a reused connection it may be the rest of an earlier response.
      return ConnectionFailure.lasting("the server does not speak HTTP");
    }
    return failure;
  }

  /**
   * Returns the failure to report for the exception of OkHttp 4 after a second informational
   * response, such as 103. Throws any other exception unchanged.
   */
  static IOException reported(IllegalStateException fault) {
    String message = fault.getMessage();
    if (message == null || !message.matches("state: \\d")) {
      throw fault;
    }
    return ConnectionFailure.lasting("OkHttp 4 takes only one informational response");
  }
}
