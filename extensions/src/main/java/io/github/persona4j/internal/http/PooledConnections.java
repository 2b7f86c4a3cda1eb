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
 * Knows which connections have served a request already. Those may have died while they were idle,
 * and over HTTP/1.1 they may hold bytes that belong to no request. Thread-safe.
 */
public final class PooledConnections {
  // Clients over one client for OkHttp share its connections.
  private static final Map<Connection, Boolean> USED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private PooledConnections() {}

  /** Notes that a connection is about to serve a request; whether it had served one before. */
  static boolean use(Connection connection) {
    return USED.put(connection, true) != null;
  }

  /** Whether its responses are told apart by nothing but their order. */
  static boolean isOrdered(Connection connection) {
    Protocol protocol = connection.protocol();
    return protocol == Protocol.HTTP_1_1 || protocol == Protocol.HTTP_1_0;
  }

  /**
   * Closes the connection of HTTP/1.1, so that nobody uses it again, whoever has it by now.
   *
   * @param connection null for none
   */
  public static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.socket().close();
      } catch (IOException e) {
        // Then it is of no more use either.
      }
    }
  }

  /**
   * The name service of another client for OkHttp. OkHttp shares a connection among clients whose
   * name services are equal, so this keeps the connections of this client apart from those of the
   * other one's own requests, of which nobody here would know.
   */
  record OwnDns(Dns dns) implements Dns {
    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
      return dns.lookup(hostname);
    }
  }
}
