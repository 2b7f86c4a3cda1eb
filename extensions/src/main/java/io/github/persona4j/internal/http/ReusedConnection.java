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
 * <p>Over HTTP/1.1 nothing but their order tells which response belongs to which request. Surplus
 * bytes, such as a second response to one request or the 408 of a server that is tired of an idle
 * connection, would be taken for the response to the next request, and so on for ever. So nothing
 * is sent while there are such bytes, and a response that was there before its request is none.
 */
public final class ReusedConnection {
  private ReusedConnection() {}

  /**
   * Sends the request of the chain.
   *
   * @throws SurplusBytesException if the connection holds bytes, before the request is sent
   * @throws ForeignResponseException if the response was there before the request
   */
  static Response proceed(Interceptor.Chain chain, Connection connection, Attempt attempt)
      throws IOException {
    boolean ordered = PooledConnections.isOrdered(connection);
    WatchedSocket socket = ordered ? WatchedSocket.below(connection.socket()) : null;
    if (socket != null && holdsBytes(socket)) {
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
      // Below TLS, what was read can be the notice that the connection is over.
      boolean silent = connection.handshake() != null || received(socket) == before;
      if (silent && isStale(e, connection, ordered)) {
        attempt.connectionWasStale();
      }
      throw e;
    }
    if (socket != null && socket.received() == before) {
      PooledConnections.close(connection);
      response.close();
      throw new ForeignResponseException("the response was there before its request");
    }
    return ordered && isUnrequested(response) ? last(response, connection) : response;
  }

  private static boolean holdsBytes(WatchedSocket socket) {
    try {
      return socket.holdsBytes();
    } catch (IOException e) {
      return false; // it is broken, as the request will find
    }
  }

  private static long received(@Nullable WatchedSocket socket) {
    return socket == null ? 0 : socket.received();
  }

  // A server that is slow, or sends something that is not HTTP, is there.
  private static boolean isStale(IOException failure, Connection connection, boolean ordered) {
    return !(failure instanceof InterruptedIOException || failure instanceof ProtocolException)
        && (ordered || !isStreamReset(failure) || connection.socket().isClosed());
  }

  // One stream of HTTP/2 can fail alone. The class is internal to OkHttp.
  private static boolean isStreamReset(IOException failure) {
    return failure.getClass().getSimpleName().equals("StreamResetException");
  }

  /**
   * Whether a server gave up waiting for a request while this one was on its way. Responses of the
   * API itself have an ID.
   */
  public static boolean isUnrequested(Response response) {
    return response.code() == 408 && response.header("Request-Id") == null;
  }

  // The response to the request may follow. The body is of no use, and to read it to its end would
  // give the connection back.
  private static Response last(Response response, Connection connection) {
    PooledConnections.close(connection);
    ResponseBody none = ResponseBody.create("", response.body().contentType());
    response.close();
    return response.newBuilder().body(none).build();
  }
}
