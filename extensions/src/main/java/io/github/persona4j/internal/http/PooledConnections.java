package io.github.persona4j.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Connection;
import okhttp3.Dns;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which connections have served a request. Such a connection may have become stale while it
 * was idle, and an HTTP/1.1 connection may have received unrequested bytes. Thread-safe.
 */
public final class PooledConnections {
  // Static, because clients that use one OkHttpClient share its connections.
  private static final Map<Connection, Boolean> USED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private PooledConnections() {}

  /** Marks a connection as used, and returns whether it has served a request before. */
  static boolean markUsed(Connection connection) {
    return USED.put(connection, true) != null;
  }

  /** Whether only their order assigns responses to requests, as in HTTP/1.1. */
  static boolean isOrdered(Connection connection) {
    Protocol protocol = connection.protocol();
    return protocol == Protocol.HTTP_1_1 || protocol == Protocol.HTTP_1_0;
  }

  /**
   * Closes an HTTP/1.1 connection, so that it is not used again.
   *
   * @param connection null for none
   */
  public static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.socket().close();
      } catch (IOException e) {
        // The connection is not usable either.
      }
    }
  }

  /**
   * The name service of the user's OkHttpClient. OkHttp shares connections between clients with
   * equal name services. This one is not equal, so that the user's other requests, which are not
   * tracked here, use other connections.
   */
  record OwnDns(Dns dns) implements Dns {
    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
      return dns.lookup(hostname);
    }
  }
}
