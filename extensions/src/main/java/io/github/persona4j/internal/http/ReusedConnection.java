package io.github.persona4j.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request over a connection that has served another one before.
 *
 * <p>In HTTP/1.1 only their order assigns responses to requests. Surplus bytes, such as a second
 * response to one request or the 408 with which a server closes an idle connection, would be read
 * as the response to the next request, and so on for all later requests. So a request is not sent
 * while the connection has unread bytes, and a response that arrived before its request is refused.
 */
public final class ReusedConnection {
  private ReusedConnection() {}

  /**
   * Sends the request of the chain.
   *
   * @param socket the socket of an HTTP/1.1 connection; null for HTTP/2 or if unknown
   * @throws SurplusBytesException if the connection has unread bytes; the request is not sent
   * @throws ForeignResponseException if the response arrived before the request was sent
   */
  static Response proceed(
      Interceptor.Chain chain,
      Connection connection,
      @Nullable CountingSocket socket,
      Attempt attempt)
      throws IOException {
    boolean ordered = PooledConnections.isOrdered(connection);
    if (socket != null && hasUnreadBytes(socket)) {
      PooledConnections.close(connection);
      throw new SurplusBytesException();
    }
    long before = received(socket);
    attempt.connectionIsReused(ordered ? connection : null);
    attempt.requestIsSent();
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (IOException e) {
      // With TLS, the bytes read can be the notification that the connection is closed.
      boolean silent = connection.handshake() != null || received(socket) == before;
      if (silent && isStale(e, connection, ordered)) {
        attempt.connectionWasStale();
      }
      throw e;
    }
    if (socket != null && socket.received() == before) {
      PooledConnections.close(connection);
      response.close();
      throw new ForeignResponseException("the response arrived before its request was sent");
    }
    return ordered && isUnrequested(response) ? last(response, connection) : response;
  }

  private static boolean hasUnreadBytes(CountingSocket socket) {
    try {
      return socket.hasUnreadBytes();
    } catch (IOException e) {
      return false; // it is broken, and sending the request will fail
    }
  }

  private static long received(@Nullable CountingSocket socket) {
    return socket == null ? 0 : socket.received();
  }

  // The connection to a server that is slow or does not send HTTP is not stale.
  private static boolean isStale(IOException failure, Connection connection, boolean ordered) {
    return !(failure instanceof InterruptedIOException || failure instanceof ProtocolException)
        && (ordered || !isStreamReset(failure) || connection.socket().isClosed());
  }

  // A single HTTP/2 stream can fail. The class is internal to OkHttp.
  private static boolean isStreamReset(IOException failure) {
    return failure.getClass().getSimpleName().equals("StreamResetException");
  }

  /**
   * Whether the response is the 408 of a server that closed an idle connection before it received
   * the request. A response of the API has a request ID.
   */
  public static boolean isUnrequested(Response response) {
    return response.code() == 408 && response.header("Request-Id") == null;
  }

  // The response to the request may follow, so the connection is closed. The body is dropped:
  // reading it to its end would return the connection to the pool.
  private static Response last(Response response, Connection connection) {
    PooledConnections.close(connection);
    ResponseBody none = ResponseBody.create("", response.body().contentType());
    response.close();
    return response.newBuilder().body(none).build();
  }
}
