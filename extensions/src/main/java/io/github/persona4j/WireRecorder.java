package io.github.persona4j;

import io.github.persona4j.error.ConnectionFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownServiceException;
import okhttp3.Connection;
import okhttp3.Handshake;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.TlsVersion;
import org.jspecify.annotations.Nullable;

/**
 * Stands where a connection is open and the request begins to be sent: a failure before it cannot
 * have reached the server. Nothing is sent over a connection that others may read, whatever proxy,
 * name service or TLS settings an own client for OkHttp has; and over one that has been used before
 * only through {@link ReusedConnection}.
 */
final class WireRecorder implements Interceptor {
  private static final int MOST_DIGITS = 9;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Connection connection = chain.connection();
    checkPrivate(request, connection);
    ConnectionHeaders.check(request);
    CallRecord record = CallRecord.of(chain);
    boolean reused = connection != null && PooledConnections.use(connection);
    WatchedSocket socket = connection == null ? null : WatchedSocket.below(connection.socket());
    boolean ordered = connection != null && PooledConnections.isOrdered(connection);
    if (socket != null) {
      socket.expect(ordered ? WatchedSocket.Expected.HEAD : WatchedSocket.Expected.STREAM);
    }
    Response answer;
    try {
      answer = proceed(chain, reused ? connection : null, record);
    } catch (IOException e) {
      throw ResponseHead.told(e, socket, reused);
    } catch (IllegalStateException e) {
      throw ResponseHead.told(e);
    }
    if (record != null) {
      record.received(answer);
      record.refusingProxy = connection == null ? null : refusingProxy(answer, connection);
    }
    if (answer.body().contentLength() < -1) { // a fault to OkHttp
      throw ConnectionFailure.lasting("the response has a length below zero");
    }
    Response limited = WireBody.limited(answer, socket, ordered);
    return TypedBody.of(answer.code() == 503 ? harmless(limited) : limited);
  }

  private static Response proceed(
      Chain chain, @Nullable Connection reused, @Nullable CallRecord record) throws IOException {
    if (record != null && reused != null) {
      return ReusedConnection.proceed(chain, reused, record);
    }
    if (record != null) {
      record.left = true;
    }
    return chain.proceed(chain.request());
  }

  /** The proxy that a 407 comes from. To a host with TLS it has led a tunnel, and says no more. */
  private static @Nullable String refusingProxy(Response answer, Connection connection) {
    if (answer.code() != 407
        || connection.handshake() != null
        || !(connection.route().proxy().address() instanceof InetSocketAddress proxy)) {
      return null;
    }
    String host = proxy.getHostString();
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + proxy.getPort();
  }

  private static void checkPrivate(Request request, @Nullable Connection connection)
      throws UnknownServiceException {
    if (connection == null) {
      return; // there always is one here
    }
    Handshake handshake = connection.handshake();
    if (!request.url().isHttps()) {
      InetAddress peer = connection.route().socketAddress().getAddress();
      if (peer == null || !peer.isLoopbackAddress()) {
        throw new UnknownServiceException("plain http does not leave this machine");
      }
    } else if (handshake == null || !isModern(handshake.tlsVersion())) {
      throw new UnknownServiceException("TLS must be 1.2 or later");
    }
  }

  private static boolean isModern(TlsVersion version) {
    return version == TlsVersion.TLS_1_2 || version == TlsVersion.TLS_1_3;
  }

  /**
   * An answer that OkHttp hands on as it is: told to come back after no time it would send the
   * request again by itself, even a POST, and of a number that is too large it makes a fault.
   */
  private static Response harmless(Response answer) {
    String wait = answer.header("Retry-After");
    if (wait == null || !wait.matches("[0-9]+")) {
      return answer;
    }
    String seconds = wait.replaceFirst("^0+", "");
    Response.Builder changed = answer.newBuilder();
    if (seconds.isEmpty()) {
      return changed.removeHeader("Retry-After").build();
    }
    return seconds.length() > MOST_DIGITS
        ? changed.header("Retry-After", "9".repeat(MOST_DIGITS)).build()
        : answer;
  }
}
