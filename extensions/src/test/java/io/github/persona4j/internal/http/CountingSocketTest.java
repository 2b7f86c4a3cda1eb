package io.github.persona4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.LoopbackTls;
import io.github.persona4j.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Objects;
import javax.net.SocketFactory;
import okhttp3.tls.HandshakeCertificates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The socket below a connection. */
class CountingSocketTest {
  private static final HandshakeCertificates TLS = LoopbackTls.CERTIFICATES;

  private @Nullable RawServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void socketFactory_connectsToGivenAddress() throws Exception {
    server = new RawServer((request, socket) -> {});
    SocketFactory sockets = CountingSocket.Factory.INSTANCE;
    InetAddress host = InetAddress.getLoopbackAddress();
    List<Socket> connected =
        List.of(
            sockets.createSocket("127.0.0.1", server.port()),
            sockets.createSocket("127.0.0.1", server.port(), host, 0),
            sockets.createSocket(host, server.port()),
            sockets.createSocket(host, server.port(), host, 0));

    for (Socket socket : connected) {
      assertThat(socket.isConnected()).isTrue();
      assertThat(socket.getPort()).isEqualTo(server.port());
      assertThat(CountingSocket.below(socket)).isSameAs(socket);
      socket.close();
    }
    assertThatExceptionOfType(SocketException.class)
        .isThrownBy(() -> sockets.createSocket(host, closedPort()));
  }

  private static int closedPort() throws IOException {
    try (RawServer server = new RawServer((request, socket) -> {})) {
      return server.port();
    }
  }

  @Test
  void below_tlsSocket_returnsPlainSocket() throws Exception {
    server = new RawServer(TLS.sslContext().getServerSocketFactory(), (request, socket) -> {});
    Socket plain = CountingSocket.Factory.INSTANCE.createSocket("127.0.0.1", server.port());
    Socket secure = TLS.sslSocketFactory().createSocket(plain, "127.0.0.1", server.port(), true);

    CountingSocket below = Objects.requireNonNull(CountingSocket.below(secure));
    assertThat(below).isSameAs(plain);

    secure.close();
    assertThat(plain.isClosed()).isTrue();
  }
}
