package io.github.persona4j.internal.http;

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
final class WireInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Connection connection = chain.connection();
    checkPrivate(request, connection);
    ConnectionHeadersInterceptor.check(request);
    Attempt attempt = Attempt.of(chain);
    boolean reused = connection != null && PooledConnections.use(connection);
    WatchedSocket socket = connection == null ? null : WatchedSocket.below(connection.socket());
    boolean ordered = connection != null && PooledConnections.isOrdered(connection);
    if (socket != null) {
      socket.expect(ordered ? WatchedSocket.Expected.HEAD : WatchedSocket.Expected.STREAM);
    }
    Response response;
    try {
      response = proceed(chain, reused ? connection : null, attempt);
    } catch (IOException e) {
      throw ResponseHead.told(e, socket, reused);
    } catch (IllegalStateException e) {
      throw ResponseHead.told(e);
    }
    if (attempt != null) {
      attempt.received(response);
      attempt.refusedByProxy(connection == null ? null : refusingProxy(response, connection));
    }
    if (response.body().contentLength() < -1) { // a fault to OkHttp
      throw ConnectionFailure.lasting("the response has a length below zero");
    }
    Response limited = WireBody.limited(response, socket, ordered);
    return response.code() == 503 ? withPassiveRetryAfter(limited) : limited;
  }

  private static Response proceed(
      Chain chain, @Nullable Connection reused, @Nullable Attempt attempt) throws IOException {
    if (attempt != null && reused != null) {
      return ReusedConnection.proceed(chain, reused, attempt);
    }
    if (attempt != null) {
      attempt.requestIsSent();
    }
    return chain.proceed(chain.request());
  }

  /** The proxy that a 407 comes from. To a host with TLS it has led a tunnel, and says no more. */
  private static @Nullable String refusingProxy(Response response, Connection connection) {
    if (response.code() != 407
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
   * A response that OkHttp hands on as it is. Told to come back after no time, it would send the
   * request again by itself, even a POST; it fails on a number that is too large.
   */
  private static Response withPassiveRetryAfter(Response response) {
    String value = response.header(RetryAfter.HEADER);
    Long seconds = value == null ? null : RetryAfter.seconds(value);
    if (seconds == null) {
      return response;
    }
    Response.Builder changed = response.newBuilder();
    return seconds == 0
        ? changed.removeHeader(RetryAfter.HEADER).build()
        : changed.header(RetryAfter.HEADER, Long.toString(seconds)).build();
  }
}
