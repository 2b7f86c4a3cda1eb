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
 * Checks the connection and the request immediately before the request is sent, and records in the
 * {@link Attempt} that it is sent. A request that fails before this interceptor has not reached the
 * server. Refuses insecure connections, whatever the proxy, name service and TLS settings of the
 * user's OkHttpClient. Uses a reused connection only through {@link ReusedConnection}.
 */
final class ConnectionInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Connection connection = chain.connection();
    checkPrivate(request, connection);
    ConnectionHeadersInterceptor.check(request);
    Attempt attempt = Attempt.of(chain);
    boolean reused = connection != null && PooledConnections.markUsed(connection);
    CountingSocket socket = connection == null ? null : CountingSocket.below(connection.socket());
    boolean ordered = connection != null && PooledConnections.isOrdered(connection);
    if (socket != null) {
      socket.expect(ordered ? CountingSocket.Expected.HEAD : CountingSocket.Expected.STREAM);
    }
    Response response;
    try {
      if (attempt == null) {
        response = chain.proceed(request);
      } else if (reused && connection != null) {
        response = ReusedConnection.proceed(chain, connection, ordered ? socket : null, attempt);
      } else {
        attempt.requestIsSent();
        response = chain.proceed(request);
      }
    } catch (IOException e) {
      throw ResponseHeadFailure.reported(e, socket, reused);
    } catch (IllegalStateException e) {
      throw ResponseHeadFailure.reported(e);
    }
    if (attempt != null) {
      attempt.received(response);
      attempt.refusedByProxy(connection == null ? null : refusingProxy(response, connection));
    }
    if (response.body().contentLength() < -1) { // OkHttp would throw from it
      throw ConnectionFailure.lasting("the response has a length below zero");
    }
    Response limited = LimitedBodySource.limited(response, socket, ordered);
    return response.code() == 503 ? withoutOkHttpRetry(limited) : limited;
  }

  /** The proxy that sent a 407. For a host with TLS there is a tunnel, so the host has sent it. */
  private static @Nullable String refusingProxy(Response response, Connection connection) {
    if (response.code() != 407
        || connection.handshake() != null
        || !(connection.route().proxy().address() instanceof InetSocketAddress proxy)) {
      return null;
    }
    return Origins.hostInUrl(proxy.getHostString()) + ':' + proxy.getPort();
  }

  private static void checkPrivate(Request request, @Nullable Connection connection)
      throws UnknownServiceException {
    if (connection == null) {
      return; // a network interceptor always has a connection
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
   * Returns a response that OkHttp does not retry. After a delay of 0 OkHttp would send the request
   * again, even a POST. A number that is too large makes it fail.
   */
  private static Response withoutOkHttpRetry(Response response) {
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
