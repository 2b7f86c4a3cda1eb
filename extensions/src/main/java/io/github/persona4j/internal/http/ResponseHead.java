package io.github.persona4j.internal.http;

import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Why the status line and the headers of a response could not be read, where OkHttp does not say it
 * and another attempt would meet the same.
 */
final class ResponseHead {
  private ResponseHead() {}

  /**
   * What to report in place of a failure.
   *
   * @param socket the socket below the connection, where it is known
   * @param reused whether the connection had served another request before
   */
  static IOException told(IOException failure, @Nullable WatchedSocket socket, boolean reused) {
    // TLS wraps what the socket threw.
    String excess = socket == null ? null : socket.excess();
    if (excess != null) {
      return ConnectionFailure.lasting(excess);
    }
    String message = failure.getMessage();
    if (!reused
        && failure instanceof ProtocolException
        && message != null
        && message.startsWith("Unexpected status line")) {
      // On a connection that was used before it may be the rest of an earlier response.
      return ConnectionFailure.lasting("what responds there does not speak HTTP");
    }
    return failure;
  }

  /**
   * What to throw in place of what OkHttp 4 throws at a second informational response, such as 103;
   * any other exception is thrown as it is.
   */
  static IOException told(IllegalStateException fault) {
    String message = fault.getMessage();
    if (message == null || !message.matches("state: \\d")) {
      throw fault;
    }
    return ConnectionFailure.lasting("OkHttp 4 takes only one informational response");
  }
}
