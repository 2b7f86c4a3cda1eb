package io.github.persona4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.error.PersonaConnectionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import mockwebserver3.RecordedRequest;
import okhttp3.ConnectionSpec;
import okhttp3.Handshake;
import okhttp3.OkHttpClient;
import okhttp3.TlsVersion;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS connections, with generated certificates. */
class TlsTest {
  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();

  private static PersonaClient client(int port, HandshakeCertificates certificates) {
    return PersonaClient.builder()
        .apiKey(MockApi.KEY)
        .baseUrl("https://localhost:" + port + "/api/v1")
        .retryPolicy(RetryPolicy.none())
        .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
        .build();
  }

  private static HandshakeCertificates server() {
    return new HandshakeCertificates.Builder().heldCertificate(SERVER).build();
  }

  private static HandshakeCertificates.Builder clientCertificates() {
    return new HandshakeCertificates.Builder().addTrustedCertificate(SERVER.certificate());
  }

  @Test
  void customSslSocketFactory_suppliesAuthorityAndClientCertificate() throws Exception {
    HeldCertificate clientCertificate = new HeldCertificate.Builder().commonName("mine").build();
    try (MockApi api = new MockApi()) {
      api.server()
          .useHttps(
              new HandshakeCertificates.Builder()
                  .heldCertificate(SERVER)
                  .addTrustedCertificate(clientCertificate.certificate())
                  .build()
                  .sslSocketFactory());
      api.server().requireClientAuth();
      api.respond(200, MockApi.EMPTY_PAGE);

      try (PersonaClient client =
          client(
              api.server().getPort(),
              clientCertificates().heldCertificate(clientCertificate).build())) {
        assertThat(client.events().list().items()).isEmpty();
      }

      RecordedRequest request = api.request();
      Handshake handshake = request.getHandshake();
      assertThat(handshake).isNotNull();
      assertThat(handshake.tlsVersion()).isEqualTo(TlsVersion.TLS_1_3);
      assertThat(handshake.peerCertificates()).containsExactly(clientCertificate.certificate());
      assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + MockApi.KEY);
    }
  }

  @Test
  void serverWithoutTls_receivesNoKey() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        PersonaClient client = client(server.getLocalPort(), clientCertificates().build())) {
      CompletableFuture<String> received =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  byte[] first = new byte[4096];
                  int size = socket.getInputStream().read(first);
                  socket
                      .getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(ISO_8859_1));
                  return new String(first, 0, size, ISO_8859_1)
                      + new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.events().list())
          .withCauseInstanceOf(SSLException.class);

      assertThat(received.join()).isNotEmpty().doesNotContain("persona_sandbox", "HTTP/1.1");
    }
  }

  /**
   * Connects to a server that supports only TLS 1.1, first without and then with a PersonaClient.
   * Java itself disables that version by its security properties, so this needs a separate JVM.
   */
  static final class OldServer {
    public static void main(String[] arguments) throws Exception {
      HandshakeCertificates certificates = clientCertificates().build();
      try (SSLServerSocket server =
          (SSLServerSocket)
              server()
                  .sslContext()
                  .getServerSocketFactory()
                  .createServerSocket(0, 5, InetAddress.getByName("localhost"))) {
        server.setEnabledProtocols(new String[] {"TLSv1.1"});
        Thread handshakes =
            new Thread(
                () -> {
                  while (!server.isClosed()) {
                    try (SSLSocket socket = (SSLSocket) server.accept()) {
                      socket.startHandshake();
                    } catch (IOException e) {
                      // Expected; the client reports the failure.
                    }
                  }
                });
        handshakes.setDaemon(true);
        handshakes.start();

        try (SSLSocket socket =
            (SSLSocket)
                certificates.sslSocketFactory().createSocket("localhost", server.getLocalPort())) {
          socket.setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1.2"});
          System.out.println(socket.getSession().getProtocol());
        }
        try (PersonaClient client = client(server.getLocalPort(), certificates)) {
          client.events().list();
          System.out.println("no refusal");
        } catch (PersonaConnectionException e) {
          System.out.println(String.valueOf(e.getCause()));
        }
        OkHttpClient lenient =
            new OkHttpClient.Builder()
                .connectionSpecs(
                    List.of(
                        new ConnectionSpec.Builder(ConnectionSpec.COMPATIBLE_TLS)
                            .allEnabledCipherSuites()
                            .build()))
                .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
                .build();
        try (PersonaClient client =
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl("https://localhost:" + server.getLocalPort())
                .httpClient(lenient)
                .build()) {
          client.events().list();
          System.out.println("no refusal");
        } catch (PersonaConnectionException e) {
          System.out.println(String.valueOf(e.getCause()));
        }
        System.exit(0); // threads of a custom HTTP client are not daemons
      }
    }
  }

  @Test
  void serverSupportingOnlyTls11_isRejected(@TempDir Path folder) throws Exception {
    Path properties =
        Files.writeString(folder.resolve("security"), "jdk.tls.disabledAlgorithms=\n");

    try (ChildJvm program =
        new ChildJvm(List.of("-Djava.security.properties=" + properties), OldServer.class)) {
      assertThat(program.line()).isEqualTo("TLSv1.1");
      assertThat(program.line())
          .startsWith(SSLHandshakeException.class.getName())
          .contains("protocol");
      assertThat(program.line())
          .isEqualTo(UnknownServiceException.class.getName() + ": TLS must be 1.2 or later");
      program.awaitEnd();
    }
  }
}
