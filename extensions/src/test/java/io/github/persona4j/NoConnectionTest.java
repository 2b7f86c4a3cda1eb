package io.github.persona4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.testing.FakePersona;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that cannot be established, for a GET and a POST. */
class NoConnectionTest {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).build();

  /** A fatal alert instead of a server hello: no cipher in common. */
  private static final byte[] NO_CIPHER = {0x15, 3, 3, 0, 2, 2, 40};

  @FunctionalInterface
  interface ServerFactory {
    RawServer open() throws IOException;
  }

  /**
   * A connection that fails.
   *
   * @param attempts the number of attempts, 1 for a permanent failure
   * @param reason the end of the message; TARGET stands for host and port
   * @param serverFactory starts the server
   */
  record Scenario(
      String name,
      Class<? extends IOException> cause,
      int attempts,
      String reason,
      ServerFactory serverFactory) {
    boolean isReadTimeout() {
      return cause == SocketTimeoutException.class;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Scenario> scenarios() {
    return Stream.of(
        new Scenario(
            "an unknown host name",
            UnknownHostException.class,
            4,
            "the host name localhost cannot be resolved",
            NoConnectionTest::closedServer),
        new Scenario(
            "a closed port",
            ConnectException.class,
            4,
            "no connection to TARGET",
            NoConnectionTest::closedServer),
        // Settings do not change between attempts, but a restarting gateway breaks connections.
        new Scenario(
            "a server without TLS",
            SSLException.class,
            1,
            "no secure connection to TARGET: the server does not speak TLS",
            () -> new RawServer(socket -> writeAndEnd("HTTP/1.1 400 Plain\r\n\r\n", socket))),
        new Scenario(
            "a server that closes the connection",
            SSLHandshakeException.class,
            4,
            "no secure connection to TARGET (SSLHandshakeException)",
            () -> new RawServer(socket -> writeAndEnd("", socket))),
        new Scenario(
            "a server without a cipher in common",
            SSLHandshakeException.class,
            1,
            "no secure connection to TARGET: it sent the alert handshake_failure",
            () -> new RawServer(socket -> writeAndEnd(new String(NO_CIPHER, ISO_8859_1), socket))),
        new Scenario(
            "a server that resets the connection",
            SocketException.class,
            4,
            "the connection to TARGET broke (SocketException)",
            () -> new RawServer(RawServer::reset)),
        new Scenario(
            "a silent server",
            SocketTimeoutException.class,
            4,
            "TARGET did not respond in time",
            () -> new RawServer(socket -> socket.getInputStream().readAllBytes())),
        // Certificates do not change between attempts.
        new Scenario(
            "an expired certificate",
            SSLHandshakeException.class,
            1,
            "no secure connection to TARGET: its certificate has expired",
            () -> tlsServer(certificate("localhost").validityInterval(0, 1).signedBy(AUTHORITY))),
        new Scenario(
            "a certificate of another host",
            SSLPeerUnverifiedException.class,
            1,
            "no secure connection to TARGET: its certificate is for another host",
            () -> tlsServer(certificate("other.test").signedBy(AUTHORITY))),
        new Scenario(
            "a certificate of an unknown authority",
            SSLHandshakeException.class,
            1,
            "no secure connection to TARGET: its certificate is not trusted",
            () -> tlsServer(certificate("localhost"))));
  }

  private static RawServer closedServer() throws IOException {
    RawServer server = new RawServer(socket -> {});
    server.close();
    return server;
  }

  private static void writeAndEnd(String string, Socket socket) throws IOException {
    RawServer.write(socket, string);
    socket.shutdownOutput();
    // Closing before everything is read would be a reset.
    socket.getInputStream().readAllBytes();
  }

  private static HeldCertificate.Builder certificate(String host) {
    return new HeldCertificate.Builder().addSubjectAlternativeName(host);
  }

  private static RawServer tlsServer(HeldCertificate.Builder certificate) throws IOException {
    return new RawServer(
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate.build())
            .build()
            .sslContext()
            .getServerSocketFactory(),
        (request, socket) -> {});
  }

  private final TestTimeSource time = new TestTimeSource();
  private final AtomicInteger lookUps = new AtomicInteger();
  private volatile boolean nameIsKnown = true;
  private final OkHttpClient http = new OkHttpClient.Builder().dns(this::lookUp).build();

  @AfterEach
  void stop() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    lookUps.incrementAndGet();
    if (!nameIsKnown) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.getLoopbackAddress());
  }

  private PersonaClientBuilder builder(String scheme, int port) {
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder().addTrustedCertificate(AUTHORITY.certificate()).build();
    return PersonaClient.builder()
        .apiKey(MockApi.KEY)
        .baseUrl(scheme + "://localhost:" + port + "/api/v1")
        .httpClient(http)
        .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
        .time(time);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void failedConnection_isReported_andNothingIsSent(Scenario scenario) throws Exception {
    nameIsKnown = scenario.cause != UnknownHostException.class;
    // Only a silent server reaches this timeout.
    Duration readTimeout = Duration.ofMillis(scenario.isReadTimeout() ? 200 : 20_000);
    try (RawServer server = scenario.serverFactory.open();
        PersonaClient client = builder("https", server.port()).readTimeout(readTimeout).build()) {
      String reason = scenario.reason.replace("TARGET", "localhost:" + server.port());
      check(scenario, reason, "GET /api/v1/events", () -> client.events().list());
      check(
          scenario,
          reason,
          "POST /api/v1/inquiries",
          () -> client.inquiries().create(MockApi.NEW_INQUIRY));

      assertThat(server.requests()).isEmpty();
      // OkHttp itself did not retry.
      assertThat(server.accepted()).isIn(0, 2 * scenario.attempts);
    }
  }

  private void check(Scenario scenario, String reason, String call, ThrowingCallable action) {
    lookUps.set(0);
    time.pauses().clear();

    PersonaConnectionException failure =
        catchThrowableOfType(PersonaConnectionException.class, action);

    String times = scenario.attempts == 1 ? "" : " " + scenario.attempts + " times";
    assertThat(failure)
        .hasMessage(
            call
                + " failed"
                + times
                + ": "
                + reason
                + (call.startsWith("GET") ? "" : "; it was not executed"))
        .hasCauseExactlyInstanceOf(scenario.cause);
    assertThat(failure.method() + " " + failure.path()).isEqualTo(call);
    assertThat(failure.isTimeout()).isEqualTo(scenario.isReadTimeout());
    assertThat(failure.attempts()).isEqualTo(scenario.attempts);
    assertThat(lookUps).hasValue(scenario.attempts);
    assertThat(time.pauses()).hasSize(scenario.attempts - 1);
  }

  @Test
  void postBeforeServerStarts_isRetriedWithSameKey() throws Exception {
    int port;
    try (RawServer closedServer = closedServer()) {
      port = closedServer.port();
    }
    List<String> keys = new CopyOnWriteArrayList<>();
    time.holdPauses();
    try (PersonaClient client =
        builder("http", port)
            .addInterceptor(
                chain -> {
                  keys.add(String.valueOf(chain.request().header("Idempotency-Key")));
                  return chain.proceed(chain.request());
                })
            .build()) {
      CompletableFuture<String> id =
          client
              .sendAsync(
                  client
                      .inquiries()
                      .api()
                      .create(MockApi.NEW_INQUIRY, ResourceQuery.none(), RequestOptions.none()))
              .thenApply(response -> response.body().data().id());
      time.awaitPauses(1);
      try (FakePersona fake =
          FakePersona.builder().apiKey(MockApi.KEY).port(port).inquiries(0).start()) {
        time.releasePauses();

        assertThat(id.get(20, TimeUnit.SECONDS)).startsWith("inq_");

        assertThat(fake.requests())
            .singleElement()
            .satisfies(
                request -> assertThat(request.header("Idempotency-Key")).isEqualTo(keys.get(0)));
        assertThat(client.inquiries().list().items()).hasSize(1);
      }
      assertThat(keys).hasSize(3).startsWith(keys.get(0), keys.get(0));
      assertThat(lookUps).hasValue(2);
    }
  }
}
