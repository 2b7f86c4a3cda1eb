package io.github.persona4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.api.Inquiries;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.request.RequestOptions;
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

/** Requests that find no way to the API, tried as a GET and as a POST. */
class NoConnectionTest {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).build();

  /** A fatal alert in the place of a greeting: there is no cipher in common. */
  private static final byte[] NO_CIPHER = {0x15, 3, 3, 0, 2, 2, 40};

  @FunctionalInterface
  interface Place {
    RawServer open() throws IOException;
  }

  /**
   * One thing in the way.
   *
   * @param attempts 1 where another would meet the same
   * @param told the end of the message; TARGET stands for host and port
   * @param place what is found at the address
   */
  record Obstacle(
      String name, Class<? extends IOException> cause, int attempts, String told, Place place) {
    boolean isSilence() {
      return cause == SocketTimeoutException.class;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Obstacle> obstacles() {
    return Stream.of(
        new Obstacle(
            "a name that nobody knows",
            UnknownHostException.class,
            4,
            "the host name localhost cannot be resolved",
            NoConnectionTest::nothing),
        new Obstacle(
            "a port where nobody listens",
            ConnectException.class,
            4,
            "no connection to TARGET",
            NoConnectionTest::nothing),
        // A failure of settings would recur. A gateway that restarts breaks connections.
        new Obstacle(
            "a server that speaks no TLS",
            SSLException.class,
            1,
            "no secure connection to TARGET: the server does not speak TLS",
            () -> new RawServer(socket -> say("HTTP/1.1 400 Plain\r\n\r\n", socket))),
        new Obstacle(
            "a server that hangs up",
            SSLHandshakeException.class,
            4,
            "no secure connection to TARGET (SSLHandshakeException)",
            () -> new RawServer(socket -> say("", socket))),
        new Obstacle(
            "a server without a cipher in common",
            SSLHandshakeException.class,
            1,
            "no secure connection to TARGET: it sent the alert handshake_failure",
            () -> new RawServer(socket -> say(new String(NO_CIPHER, ISO_8859_1), socket))),
        new Obstacle(
            "a server that resets the connection",
            SocketException.class,
            4,
            "the connection to TARGET broke (SocketException)",
            () -> new RawServer(RawServer::reset)),
        new Obstacle(
            "a server that is silent",
            SocketTimeoutException.class,
            4,
            "TARGET did not respond in time",
            () -> new RawServer(socket -> socket.getInputStream().readAllBytes())),
        // Certificates do not change from one moment to the other.
        new Obstacle(
            "a certificate that has expired",
            SSLHandshakeException.class,
            1,
            "no secure connection to TARGET: its certificate has expired",
            () -> secure(certificate("localhost").validityInterval(0, 1).signedBy(AUTHORITY))),
        new Obstacle(
            "a certificate of another host",
            SSLPeerUnverifiedException.class,
            1,
            "no secure connection to TARGET: its certificate is for another host",
            () -> secure(certificate("other.test").signedBy(AUTHORITY))),
        new Obstacle(
            "a certificate of an unknown authority",
            SSLHandshakeException.class,
            1,
            "no secure connection to TARGET: its certificate is not trusted",
            () -> secure(certificate("localhost"))));
  }

  private static RawServer nothing() throws IOException {
    RawServer server = new RawServer(socket -> {});
    server.close();
    return server;
  }

  private static void say(String text, Socket socket) throws IOException {
    RawServer.write(socket, text);
    socket.shutdownOutput();
    // Closing before all was read would be a reset.
    socket.getInputStream().readAllBytes();
  }

  private static HeldCertificate.Builder certificate(String host) {
    return new HeldCertificate.Builder().addSubjectAlternativeName(host);
  }

  private static RawServer secure(HeldCertificate.Builder certificate) throws IOException {
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
  @MethodSource("obstacles")
  void obstacle_isReportedAsItIs_andNothingWasSent(Obstacle obstacle) throws Exception {
    nameIsKnown = obstacle.cause != UnknownHostException.class;
    // None but a silent server meets this limit.
    Duration silence = Duration.ofMillis(obstacle.isSilence() ? 200 : 20_000);
    try (RawServer server = obstacle.place.open();
        PersonaClient client = builder("https", server.port()).readTimeout(silence).build()) {
      String told = obstacle.told.replace("TARGET", "localhost:" + server.port());
      check(obstacle, told, "GET /api/v1/events", () -> client.events().list());
      check(
          obstacle,
          told,
          "POST /api/v1/inquiries",
          () -> client.inquiries().create(MockApi.NEW_INQUIRY));

      assertThat(server.requests()).isEmpty();
      // None that OkHttp tried behind our back.
      assertThat(server.accepted()).isIn(0, 2 * obstacle.attempts);
    }
  }

  private void check(Obstacle obstacle, String told, String call, ThrowingCallable sending) {
    lookUps.set(0);
    time.pauses().clear();

    PersonaConnectionException failure =
        catchThrowableOfType(PersonaConnectionException.class, sending);

    String times = obstacle.attempts == 1 ? "" : " " + obstacle.attempts + " times";
    assertThat(failure)
        .hasMessage(call + " failed" + times + ": " + told)
        .hasCauseExactlyInstanceOf(obstacle.cause);
    assertThat(failure.method() + " " + failure.path()).isEqualTo(call);
    assertThat(failure.isTimeout()).isEqualTo(obstacle.isSilence());
    assertThat(failure.attempts()).isEqualTo(obstacle.attempts);
    assertThat(lookUps).hasValue(obstacle.attempts);
    assertThat(time.pauses()).hasSize(obstacle.attempts - 1);
  }

  @Test
  void postThatIsRefusedUntilTheServerIsUp_arrivesOnceUnderItsKey() throws Exception {
    int port;
    try (RawServer nothing = nothing()) {
      port = nothing.port();
    }
    List<String> keys = new CopyOnWriteArrayList<>();
    time.hold();
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
                      .create(
                          MockApi.NEW_INQUIRY, Inquiries.CreateQuery.none(), RequestOptions.none()))
              .thenApply(answer -> answer.body().data().id());
      time.awaitHeld(1);
      try (FakePersona fake =
          FakePersona.builder().apiKey(MockApi.KEY).port(port).inquiries(0).start()) {
        time.letGo();

        assertThat(id.get(20, TimeUnit.SECONDS)).startsWith("inq_");

        assertThat(fake.requests())
            .singleElement()
            .satisfies(
                request -> assertThat(request.header("Idempotency-Key")).isEqualTo(keys.get(0)));
        assertThat(client.inquiries().list().data()).hasSize(1);
      }
      assertThat(keys).hasSize(3).startsWith(keys.get(0), keys.get(0));
      assertThat(lookUps).hasValue(2);
    }
  }
}
