package io.github.persona4j.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Why the status line and the headers of a response could not be read, where OkHttp does not say it
 * and another attempt would meet the same.
 */
final class ResponseHead {
  /** Okio's complaint that a line has no end: how much it looked through, and how that begins. */
  private static final Pattern NO_LINE_END =
      Pattern.compile("\\\\n not found: limit=(\\d+) content=([0-9a-f]*).*", Pattern.DOTALL);

  /** So many bytes of headers OkHttp takes. */
  private static final long LIMIT = 256L * 1024;

  private ResponseHead() {}

  /**
   * What to report in place of a failure.
   *
   * @param reused whether the connection had served another request before
   */
  static IOException told(
      IOException failure,
      @Nullable Connection connection,
      @Nullable Attempt attempt,
      boolean reused) {
    if (isTooLong(failure, connection, attempt)) {
      return ConnectionFailure.lasting("the headers of the response are longer than 256 KiB");
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
   * Whether the headers exceed the limit of OkHttp, which reports that like a connection that ended
   * within them.
   */
  private static boolean isTooLong(
      IOException failure, @Nullable Connection connection, @Nullable Attempt attempt) {
    if (!(failure.getCause() instanceof EOFException end) || end.getMessage() == null) {
      return false;
    }
    Matcher found = NO_LINE_END.matcher(end.getMessage());
    if (!found.matches()) {
      return false;
    }
    if (found.group(2).length() / 2 > Integer.parseInt(found.group(1))) {
      return true; // there was more than the limit allowed to look through
    }
    WatchedSocket socket = connection == null ? null : WatchedSocket.below(connection.socket());
    return socket != null
        && attempt != null
        && socket.received() - attempt.receivedBefore() > LIMIT;
  }
}
