package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The message and the number of attempts of calls that fail below the API. Permanent failures are
 * not retried.
 */
class FailureReasonsTest {
  private final TestTimeSource time = new TestTimeSource();
  private final OkHttpClient.Builder http = new OkHttpClient.Builder();

  @AfterEach
  void stop() {
    OkHttpClient parts = http.build();
    parts.dispatcher().executorService().shutdown();
    parts.connectionPool().evictAll();
  }

  private PersonaClientBuilder builder(String baseUrl) {
    return PersonaClient.builder().apiKey(MockApi.KEY).baseUrl(baseUrl).time(time);
  }

  private static void check(PersonaException failure, int attempts, String reason) {
    String times = attempts == 1 ? "" : " " + attempts + " times";
    assertThat(failure)
        .isInstanceOf(PersonaConnectionException.class)
        .hasMessage("GET /api/v1/events failed" + times + ": " + reason);
    assertThat(failure.attempts()).isEqualTo(attempts);
  }

  private static PersonaException failure(PersonaClient client) {
    return catchThrowableOfType(PersonaException.class, () -> client.events().list());
  }

  // ---- heads ----

  private record Head(String name, String bytes, boolean close, int attempts, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Head> heads() {
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
    String one = ok + "X-Long: " + "SECRET".repeat(50_000) + "\r\n\r\n";
    String many = ok + ("X-Many: " + "SECRET".repeat(200) + "\r\n").repeat(300) + "\r\n";
    String small = ok + "X-Small: SECRET\r\n".repeat(20_000) + "\r\n";
    String longer = "the headers of the response are longer than 256 KiB";
    String ended = "TARGET closed the connection before it sent a response";
    return Stream.of(
        new Head("one long header", one, false, 1, longer),
        new Head("one long header, then closed", one, true, 1, longer),
        new Head("many headers", many, false, 1, longer),
        new Head("many headers, then closed", many, true, 1, longer),
        new Head("many short headers", small, false, 1, longer),
        new Head("many short headers, then closed", small, true, 1, longer),
        new Head("an endless status line", "SECRET".repeat(50_000), false, 1, longer),
        new Head("nothing", "", true, 4, ended),
        new Head("a part of a header", ok + "X-Short: SECRET", true, 4, ended),
        new Head("a long part of a header", ok + "X-Long: " + "SECRET".repeat(100), true, 4, ended),
        new Head("a part of the last line", ok, true, 4, ended),
        new Head("no HTTP", "SSH-2.0-SECRET\r\n", false, 1, "the server does not speak HTTP"),
        new Head(
            "no content, with content",
            "HTTP/1.1 204 No\r\nContent-Length: 6\r\n\r\nSECRET",
            false,
            1,
            "the response of TARGET has a body, which its status forbids"),
        new Head(
            "a proxy status",
            "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n",
            false,
            1,
            "TARGET responded with status 407, which only a proxy may send"),
        new Head(
            "a length below zero",
            "HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n",
            true,
            1,
            "the response has a length below zero"));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void unreadableHead_isReportedWithItsReason(Head head) throws Exception {
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(socket, head.bytes);
                  if (head.close) {
                    socket.shutdownOutput();
                  }
                });
        PersonaClient client = builder(server.origin() + "/api/v1").build()) {
      PersonaException failure = failure(client);

      check(failure, head.attempts, head.reason.replace("TARGET", "127.0.0.1:" + server.port()));
      for (Throwable thrown = failure; thrown != null; thrown = thrown.getCause()) {
        assertThat(thrown.toString()).doesNotContain("SECRET", "534543524554");
      }
      assertThat(server.requests()).hasSize(head.attempts);
      assertThat(time.pauses()).hasSize(head.attempts - 1);
    }
  }

  /** The rest of a response that is longer than announced may precede the next response. */
  @Test
  void reusedConnection_thatDoesNotSpeakHttp_isReplaced() throws Exception {
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: " + MockApi.EMPTY_PAGE.length() + "\r\n\r\n";
    try (RawServer server =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket, request.number() == 2 ? "rest\r\n\r\n" : ok + MockApi.EMPTY_PAGE));
        PersonaClient client = builder(server.origin() + "/api/v1").build()) {
      client.events().list();

      assertThat(client.events().list().items()).isEmpty();
      assertThat(server.requests()).hasSize(3);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void endlessAuthenticator_isReportedAfterOneAttempt() throws Exception {
    http.authenticator((route, response) -> response.request());
    try (RawServer server =
            new RawServer(
                (request, socket) ->
                    RawServer.write(socket, "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"));
        PersonaClient client =
            builder(server.origin() + "/api/v1").httpClient(http.build()).build()) {
      check(failure(client), 1, "too many follow-up requests, such as those of an authenticator");
    }
  }

  // ---- encodings ----

  @ParameterizedTest
  @CsvSource({
    "br, the response cannot be decoded: its content encoding br was not requested",
    "'gzip, gzip', the response cannot be decoded: its content encoding was not requested",
    "GZIP, 'the response cannot be decoded: its header states gzip, but it is not compressed'",
  })
  void bodyInUnsupportedEncoding_isMalformed_andNotRetried(String encoding, String reason)
      throws Exception {
    try (RawServer server =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket,
                        "HTTP/1.1 200 OK\r\nContent-Encoding: "
                            + encoding
                            + "\r\nContent-Length: 20\r\n\r\n{\"data\":\"SECRETSEC\"}"));
        PersonaClient client = builder(server.origin() + "/api/v1").build()) {
      for (boolean blocking : List.of(true, false)) {
        Throwable failure =
            blocking
                ? failure(client)
                : client
                    .sendAsync(
                        client
                            .events()
                            .api()
                            .list(EventsApi.ListQuery.none(), RequestOptions.none()))
                    .handle((response, thrown) -> thrown)
                    .get(10, TimeUnit.SECONDS);

        assertThat(failure)
            .isInstanceOf(MalformedResponseException.class)
            .hasMessage("GET /api/v1/events returned 200: " + reason);
      }
      assertThat(server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", ""})
  void bodyWithoutEncoding_isDecoded(String encoding) throws Exception {
    try (RawServer server =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket,
                        "HTTP/1.1 200 OK\r\nContent-Encoding: "
                            + encoding
                            + "\r\nContent-Length: "
                            + MockApi.EMPTY_PAGE.length()
                            + "\r\n\r\n"
                            + MockApi.EMPTY_PAGE));
        PersonaClient client = builder(server.origin() + "/api/v1").build()) {
      assertThat(client.events().list().items()).isEmpty();
    }
  }

  // ---- proxies ----

  private PersonaClient throughProxy(int port) {
    Proxy proxy =
        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return builder("https://api.example.test/api/v1").proxy(proxy).build();
  }

  @ParameterizedTest
  @CsvSource({
    "407, 1, the proxy requires authentication (status 407)",
    "403, 1, the proxy refused the connection to api.example.test:443 (status 403)",
    "404, 1, the proxy refused the connection to api.example.test:443 (status 404)",
    "302, 1, the proxy refused the connection to api.example.test:443 (status 302)",
    "408, 4, the proxy refused the connection to api.example.test:443 (status 408)",
    "429, 4, the proxy refused the connection to api.example.test:443 (status 429)",
    "502, 4, the proxy refused the connection to api.example.test:443 (status 502)",
    "503, 4, the proxy refused the connection to api.example.test:443 (status 503)",
  })
  void proxyRefusingConnection_isReportedWithItsStatus(int status, int attempts, String reason)
      throws Exception {
    try (RawServer proxy =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket,
                        "HTTP/1.1 " + status + " SECRET\r\nContent-Length: 6\r\n\r\nSECRET"));
        PersonaClient client = throughProxy(proxy.port())) {
      check(failure(client), attempts, reason);

      assertThat(proxy.requests())
          .hasSize(attempts)
          .allSatisfy(
              request ->
                  assertThat(request.head())
                      .startsWith("CONNECT api.example.test:443 ")
                      .doesNotContain(MockApi.KEY));
    }
  }

  @Test
  void proxyRequiringAuthentication_forPlainHttp_isReportedWithItsAddress() throws Exception {
    try (RawServer proxy =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket,
                        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                            + "Content-Length: 6\r\n\r\nSECRET"));
        PersonaClient client =
            builder("http://127.0.0.1:" + closedPort() + "/api/v1")
                .proxy(
                    new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))
                .build()) {
      String reason =
          "the proxy localhost:" + proxy.port() + " requires authentication (status 407)";
      check(failure(client), 1, reason);

      PersonaException failure =
          catchThrowableOfType(
              PersonaException.class, () -> client.inquiries().create(MockApi.NEW_INQUIRY));

      assertThat(failure).hasMessageEndingWith(": " + reason + "; it was not executed");
      assertThat(failure.mayHaveBeenExecuted()).isFalse();
      assertThat(proxy.requests()).hasSize(2);
    }
  }

  @Test
  void proxyRefusingCredentials_isReportedAfterOneAttempt() throws Exception {
    http.proxyAuthenticator(
        (route, response) ->
            response.request().newBuilder().header("Proxy-Authorization", "Basic eA==").build());
    try (RawServer proxy =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(
                      socket, "HTTP/1.1 407 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                  socket.close();
                });
        PersonaClient client =
            builder("https://api.example.test/api/v1")
                .httpClient(http.build())
                .proxy(
                    new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))
                .build()) {
      check(failure(client), 1, "the proxy refused the credentials that it was given (status 407)");
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    }
  }

  @Test
  void unreachableProxy_isReportedWithItsAddress() throws Exception {
    int port = closedPort();
    try (PersonaClient client = throughProxy(port)) {
      PersonaException failure = failure(client);

      check(
          failure,
          4,
          "no connection to 127.0.0.1:" + port + ", the address used for api.example.test:443");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 4, the SOCKS proxy did not connect to api.example.test:443 (server general failure)",
    "2, 1, the SOCKS proxy did not connect to api.example.test:443 (Connection not allowed by"
        + " ruleset)",
    "4, 4, the SOCKS proxy did not connect to api.example.test:443 (Host unreachable)",
  })
  void socksProxyRefusingConnection_isReportedWithItsReason(int code, int attempts, String reason)
      throws Exception {
    try (RawServer proxy =
            new RawServer(
                socket -> {
                  byte[] greeting = socket.getInputStream().readNBytes(2);
                  byte[] methods = socket.getInputStream().readNBytes(greeting[1]);
                  assertThat(methods).contains(0);
                  socket.getOutputStream().write(new byte[] {5, 0});
                  byte[] head = socket.getInputStream().readNBytes(5);
                  byte[] rest = socket.getInputStream().readNBytes(head[4] + 2);
                  assertThat(rest).isNotEmpty();
                  socket
                      .getOutputStream()
                      .write(new byte[] {5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0});
                });
        PersonaClient client =
            builder("https://api.example.test/api/v1")
                .proxy(
                    new Proxy(
                        Proxy.Type.SOCKS,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))
                .build()) {
      check(failure(client), attempts, reason);
      assertThat(proxy.accepted()).isEqualTo(attempts);
    }
  }

  @Test
  void unreachableSocksProxy_isReported() throws Exception {
    try (PersonaClient client =
        builder("https://api.example.test/api/v1")
            .proxy(
                new Proxy(
                    Proxy.Type.SOCKS,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), closedPort())))
            .build()) {
      check(failure(client), 4, "no connection to the SOCKS proxy for api.example.test:443");
    }
  }

  // ---- TLS ----

  @ParameterizedTest
  @CsvSource({
    "40, 1, handshake_failure",
    "42, 1, bad_certificate",
    "46, 1, certificate_unknown",
    "48, 1, unknown_ca",
    "49, 1, access_denied",
    "70, 1, protocol_version",
    "71, 1, insufficient_security",
    "80, 4, internal_error",
    "112, 1, unrecognized_name",
    "116, 1, certificate_required",
    "120, 1, no_application_protocol",
  })
  void tlsAlert_isReportedByName(int alert, int attempts, String name) throws Exception {
    byte[] record = {0x15, 3, 3, 0, 2, 2, (byte) alert};
    try (RawServer server =
            new RawServer(
                socket -> {
                  RawServer.write(socket, new String(record, StandardCharsets.ISO_8859_1));
                  socket.shutdownOutput();
                  byte[] unused = socket.getInputStream().readAllBytes();
                });
        PersonaClient client = builder("https://localhost:" + server.port() + "/api/v1").build()) {
      check(
          failure(client),
          attempts,
          "no secure connection to localhost:" + server.port() + ": it sent the alert " + name);
    }
  }

  @Test
  void portWithoutTls_isReportedAfterOneAttempt() throws Exception {
    try (RawServer server =
            new RawServer(
                socket -> {
                  RawServer.write(socket, "HTTP/1.1 400 SECRET\r\n\r\n");
                  socket.shutdownOutput();
                  byte[] unused = socket.getInputStream().readAllBytes();
                });
        PersonaClient client = builder("https://localhost:" + server.port() + "/api/v1").build()) {
      check(
          failure(client),
          1,
          "no secure connection to localhost:" + server.port() + ": the server does not speak TLS");
    }
  }

  // ---- addresses ----

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void closedPort_isReportedWithItsNumber(String host) throws Exception {
    int port = closedPort();
    try (PersonaClient client = builder("http://" + host + ":" + port + "/api/v1").build()) {
      PersonaException failure = failure(client);

      check(failure, 4, "no connection to " + host + ":" + port);
      assertThat(failure.call()).isNotNull();
      assertThat(failure.call().host()).isEqualTo(host);
      assertThat(failure.call().port()).isEqualTo(port);
    }
  }

  @Test
  void connectTimeout_isReportedAsTimeout() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket second = new Socket(full.getInetAddress(), full.getLocalPort());
        PersonaClient client =
            builder("http://127.0.0.1:" + full.getLocalPort() + "/api/v1")
                .connectTimeout(java.time.Duration.ofMillis(200))
                .retryPolicy(RetryPolicy.none())
                .build()) {
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      PersonaException failure = failure(client);

      check(failure, 1, "no connection to 127.0.0.1:" + full.getLocalPort() + " in time");
      assertThat(((PersonaConnectionException) failure).isTimeout()).isTrue();
    }
  }

  // ---- cancellation ----

  @Test
  void callCancelledByDispatcher_isStopped_andNotRetried() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    OkHttpClient httpClient = http.build();
    try (RawServer server = new RawServer((request, socket) -> started.countDown());
        PersonaClient client =
            builder(server.origin() + "/api/v1").httpClient(httpClient).build()) {
      CompletableFuture<ApiResponse<EventPage>> call =
          client.sendAsync(
              client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

      httpClient.dispatcher().cancelAll();

      Throwable failure = call.handle((response, thrown) -> thrown).get(10, TimeUnit.SECONDS);
      check((PersonaException) failure, 1, "the call was cancelled");
      assertThat(((PersonaConnectionException) failure).isStopped()).isTrue();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void callCancelledByInterceptor_isStopped_andNotRetried() throws Exception {
    try (MockApi api = new MockApi();
        PersonaClient client =
            builder(api.url())
                .addInterceptor(
                    chain -> {
                      chain.call().cancel();
                      return chain.proceed(chain.request());
                    })
                .build()) {
      check(failure(client), 1, "the call was cancelled");
      assertThat(time.pauses()).isEmpty();
    }
  }
}
