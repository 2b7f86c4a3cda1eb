package io.github.persona4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.RequestTimeoutException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.internal.http.ContentEncoding;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.json.MalformedJsonException;
import io.github.persona4j.json.MalformedJsonException.Reason;
import io.github.persona4j.model.CreateInquiryAttributes;
import io.github.persona4j.model.CreateInquiryData;
import io.github.persona4j.model.CreateInquiryRequest;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.testing.FakePersona;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Network failures for a GET and a POST, on every attempt and on the first only. A server between
 * the client and the fake API lets the fake execute each request and then corrupts the response.
 * The fake stores results by idempotency key, so a POST that is executed twice creates a second
 * inquiry.
 */
class NetworkFailuresTest {
  /** More than any response needs, also on a busy machine. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** The response of the fake, to be written to the client. */
  static final class ServerResponse {
    private final int status;
    private final byte[] body;
    private final Socket socket;

    ServerResponse(int status, byte[] body, Socket socket) {
      this.status = status;
      this.body = body;
      this.socket = socket;
    }

    void write(String string) throws IOException {
      RawServer.write(socket, string);
    }

    void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    void head(Object length, String... more) throws IOException {
      write("HTTP/1.1 " + status + " OK\r\nContent-Type: application/json\r\nRequest-Id: r\r\n");
      for (String header : more) {
        write(header + "\r\n");
      }
      write("Connection: close\r\nContent-Length: " + length + "\r\n\r\n");
    }

    void writeAll() throws IOException {
      head(body.length);
      write(body);
    }

    void error(int code, String string) throws IOException {
      write(
          "HTTP/1.1 "
              + code
              + " No\r\nConnection: close\r\nContent-Length: "
              + string.length()
              + "\r\n\r\n"
              + string);
    }

    byte[] halfBody() {
      return Arrays.copyOf(body, body.length / 2);
    }

    byte[] compressedBody() throws IOException {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (OutputStream gzip = new GZIPOutputStream(compressed)) {
        gzip.write(body);
      }
      return compressed.toByteArray();
    }

    void reset() throws IOException {
      // The bytes written before should arrive first.
      pause(30);
      RawServer.reset(socket);
    }

    /** Repeats the string until the client disconnects. */
    void writeUntilClosed(String string, int millis) throws IOException {
      byte[] bytes = string.getBytes(ISO_8859_1);
      while (true) {
        write(bytes);
        if (millis > 0) {
          pause(millis);
        }
      }
    }

    void awaitClose() throws IOException {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    private static void pause(int millis) throws IOException {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
  }

  @FunctionalInterface
  interface ResponseWriter {
    void respond(ServerResponse response) throws IOException;
  }

  /**
   * A failure.
   *
   * @param cause null for none
   * @param reason what is wrong with the JSON, or null
   * @param getAttempts how many requests a GET makes if every attempt fails
   * @param postAttempts how many requests a POST makes
   */
  record Scenario(
      String name,
      Class<? extends PersonaException> failure,
      @Nullable Class<? extends Throwable> cause,
      @Nullable Reason reason,
      int getAttempts,
      int postAttempts,
      ResponseWriter writer) {
    /** An incomplete response, which is retried; a POST keeps its idempotency key. */
    static Scenario incomplete(
        String name, Class<? extends IOException> cause, ResponseWriter writer) {
      return new Scenario(name, PersonaConnectionException.class, cause, null, 4, 4, writer);
    }

    /** No complete response, and a retry would not help. */
    static Scenario permanent(String name, ResponseWriter writer) {
      return new Scenario(
          name, PersonaConnectionException.class, ProtocolException.class, null, 1, 1, writer);
    }

    /** A timeout of the whole call or body expires. */
    static Scenario callTimeout(String name, ResponseWriter writer) {
      return new Scenario(
          name, PersonaConnectionException.class, InterruptedIOException.class, null, 1, 1, writer);
    }

    /** A complete response whose JSON is malformed. */
    static Scenario malformed(String name, Reason reason, ResponseWriter writer) {
      return new Scenario(
          name,
          MalformedResponseException.class,
          MalformedJsonException.class,
          reason,
          1,
          1,
          writer);
    }

    /** A complete response that this API never sends. */
    static Scenario unexpected(
        String name, @Nullable Class<? extends IOException> cause, ResponseWriter writer) {
      return new Scenario(name, MalformedResponseException.class, cause, null, 1, 1, writer);
    }

    /** An error status. */
    static Scenario errorStatus(
        String name,
        Class<? extends PersonaApiException> failure,
        int getAttempts,
        int postAttempts,
        ResponseWriter writer) {
      return new Scenario(name, failure, null, null, getAttempts, postAttempts, writer);
    }

    /** Whether the read timeout ends an attempt. */
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
        // Incomplete responses.
        Scenario.incomplete("end before the response", IOException.class, response -> {}),
        Scenario.incomplete(
            "reset before the response", SocketException.class, ServerResponse::reset),
        Scenario.incomplete(
            "end within the head",
            IOException.class,
            response -> response.write("HTTP/1.1 200 OK\r\nContent-Type: appl")),
        Scenario.incomplete(
            "reset within the head",
            SocketException.class,
            response -> {
              response.write("HTTP/1.1 200 OK\r\nContent-Type: appl");
              response.reset();
            }),
        Scenario.incomplete(
            "end within the body",
            ProtocolException.class,
            response -> {
              response.head(response.body.length);
              response.write(response.halfBody());
            }),
        Scenario.incomplete(
            "reset within the body",
            SocketException.class,
            response -> {
              response.head(response.body.length);
              response.write(response.halfBody());
              response.reset();
            }),
        Scenario.incomplete(
            "no response", SocketTimeoutException.class, ServerResponse::awaitClose),
        Scenario.incomplete(
            "a stalled body",
            SocketTimeoutException.class,
            response -> {
              response.head(response.body.length);
              response.write(response.halfBody());
              response.awaitClose();
            }),
        Scenario.callTimeout(
            "a slow endless body",
            response -> {
              response.head(1_000_000);
              response.writeUntilClosed(" ", 20);
            }),
        Scenario.callTimeout(
            "a slow endless web page",
            response -> {
              response.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
              response.writeUntilClosed("x", 20);
            }),
        Scenario.permanent(
            "an endless head",
            response -> {
              response.write("HTTP/1.1 200 OK\r\nX-Long: ");
              response.writeUntilClosed("SECRET".repeat(1000), 0);
            }),
        // Wrong lengths and encodings.
        Scenario.incomplete(
            "a length that is too long",
            ProtocolException.class,
            response -> {
              response.head(response.body.length + 10);
              response.write(response.body);
            }),
        Scenario.incomplete(
            "a length of Long.MAX_VALUE",
            ProtocolException.class,
            response -> {
              response.head(Long.MAX_VALUE);
              response.write(response.body);
            }),
        Scenario.malformed(
            "a length that is too short",
            Reason.TRUNCATED,
            response -> {
              response.head(response.body.length / 2);
              response.write(response.body);
            }),
        // The meaning of two lengths is undefined; OkHttp uses the last.
        Scenario.incomplete(
            "two lengths of which the last is too long",
            ProtocolException.class,
            response -> {
              response.head(response.body.length + 10, "Content-Length: " + response.body.length);
              response.write(response.body);
            }),
        Scenario.malformed(
            "two lengths of which the last is too short",
            Reason.TRUNCATED,
            response -> {
              response.head(response.body.length / 2, "Content-Length: " + response.body.length);
              response.write(response.body);
            }),
        Scenario.permanent(
            "a length below zero",
            response -> {
              response.head(-5);
              response.write(response.body);
            }),
        Scenario.incomplete(
            "a length that is not a number, on an open connection",
            SocketTimeoutException.class,
            response -> {
              response.head("many");
              response.write(response.body);
              response.awaitClose();
            }),
        Scenario.incomplete(
            "truncated chunks",
            ProtocolException.class,
            response ->
                response.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{")),
        Scenario.incomplete(
            "invalid chunks",
            ProtocolException.class,
            response ->
                response.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n")),
        Scenario.incomplete(
            "truncated gzip",
            EOFException.class,
            response -> {
              byte[] compressed = response.compressedBody();
              response.head(compressed.length / 2, "Content-Encoding: gzip");
              response.write(Arrays.copyOf(compressed, compressed.length / 2));
            }),
        Scenario.incomplete(
            "gzip with a wrong checksum",
            IOException.class,
            response -> {
              byte[] compressed = response.compressedBody();
              compressed[compressed.length - 6] ^= 1;
              response.head(compressed.length, "Content-Encoding: gzip");
              response.write(compressed);
            }),
        Scenario.unexpected(
            "invalid gzip",
            ContentEncoding.UnreadableException.class,
            response -> {
              response.head(response.body.length, "Content-Encoding: gzip");
              response.write(response.body);
            }),
        // Not HTTP, or unusual HTTP.
        Scenario.permanent(
            "another protocol", response -> response.write("SECRET-2.0-OpenSSH\r\n")),
        Scenario.permanent("no content with a body", response -> response.error(204, "x")),
        Scenario.unexpected("no content", null, response -> response.error(204, "")),
        Scenario.unexpected(
            "switching protocols",
            null,
            response -> response.write("HTTP/1.1 101 Yes\r\nContent-Length: 0\r\n\r\n")),
        Scenario.unexpected("several choices", null, response -> response.error(300, "")),
        Scenario.unexpected("not modified", null, response -> response.error(304, "")),
        Scenario.unexpected(
            "a redirect",
            null,
            response ->
                response.write(
                    "HTTP/1.1 307 No\r\nLocation: /api/v1/events\r\nContent-Length: 0\r\n\r\n")),
        // Bodies that the API does not send.
        Scenario.malformed(
            "an endless body",
            Reason.TOO_LONG,
            response -> {
              response.head(Long.MAX_VALUE);
              response.writeUntilClosed(" ".repeat(64 * 1024), 0);
            }),
        Scenario.malformed("an empty body", Reason.TRUNCATED, response -> response.head(0)),
        Scenario.malformed(
            "a web page",
            Reason.SYNTAX,
            response -> {
              response.head(14);
              response.write("<html>SECRET</");
            }),
        Scenario.malformed(
            "JSON with a missing value",
            Reason.SYNTAX,
            response -> {
              response.head(16);
              response.write("{\"data\":,SECRET}");
            }),
        Scenario.malformed(
            "a string that is not UTF-8",
            Reason.INVALID_UTF8,
            response -> {
              byte[] invalid = response.body.clone();
              String name = "\"id\":\"";
              int value = new String(invalid, ISO_8859_1).indexOf(name) + name.length();
              invalid[value + 1] = (byte) 0xff;
              response.head(invalid.length);
              response.write(invalid);
            }),
        // Statuses.
        Scenario.errorStatus(
            "a gateway's page",
            ServerException.class,
            4,
            1,
            response -> response.error(502, "<html>SECRET")),
        Scenario.errorStatus(
            "an empty failure", ServerException.class, 1, 1, response -> response.error(500, "")),
        Scenario.errorStatus(
            "a failure with an endless body",
            ServerException.class,
            4,
            1,
            response -> {
              response.write("HTTP/1.1 503 No\r\n\r\n");
              response.writeUntilClosed("SECRET".repeat(1000), 0);
            }),
        Scenario.errorStatus(
            "a failure with a slow body",
            ServerException.class,
            1,
            1,
            response -> {
              response.write("HTTP/1.1 500 No\r\n\r\n");
              response.writeUntilClosed("x", 20);
            }),
        Scenario.errorStatus(
            "a request timeout of the server",
            RequestTimeoutException.class,
            4,
            1,
            response -> response.error(408, "")),
        Scenario.errorStatus(
            "too many requests",
            RateLimitException.class,
            4,
            4,
            response -> response.error(429, "")));
  }

  private final TestTimeSource time = new TestTimeSource();
  private FakePersona fake;

  @BeforeEach
  void start() {
    fake = FakePersona.builder().inquiries(0).start();
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  private RawServer server(Scenario scenario, int times) throws IOException {
    return new RawServer(
        (request, socket) -> {
          try (socket) {
            ServerResponse response = execute(request, socket);
            if (request.number() <= times) {
              scenario.writer.respond(response);
            } else {
              response.writeAll();
            }
          }
        });
  }

  /** Executes the request by the fake, and returns its response. */
  private ServerResponse execute(RawServer.Request request, Socket socket) throws IOException {
    URI api = URI.create(fake.baseUrl());
    try (Socket forward = new Socket(api.getHost(), api.getPort())) {
      RawServer.write(
          forward, request.head().replaceFirst("(?i)connection: keep-alive", "Connection: close"));
      RawServer.write(forward, request.body());
      String response = new String(forward.getInputStream().readAllBytes(), ISO_8859_1);
      int status = Integer.parseInt(response.substring(9, 12));
      String body = response.substring(response.indexOf("\r\n\r\n") + 4);
      return new ServerResponse(status, body.getBytes(ISO_8859_1), socket);
    }
  }

  private Duration bodyTimeout = Duration.ofMinutes(5);

  private PersonaClient client(RawServer server, Duration readTimeout) {
    return client(server, readTimeout, RequestOptions.none());
  }

  private PersonaClient client(RawServer server, Duration readTimeout, RequestOptions options) {
    return PersonaClient.builder()
        .apiKey(fake.apiKey())
        .baseUrl(server.origin() + "/api/v1")
        .readTimeout(readTimeout)
        .options(options)
        .time(time)
        .bodyTimeout(bodyTimeout)
        .build();
  }

  private void check(Scenario scenario, boolean post, PersonaException failure, int requests) {
    assertThat(failure).isExactlyInstanceOf(scenario.failure);
    if (scenario.cause == null) {
      assertThat(failure).hasNoCause();
    } else {
      assertThat(failure).hasCauseExactlyInstanceOf(scenario.cause);
    }
    if (failure.getCause() instanceof MalformedJsonException malformed) {
      assertThat(malformed.reason()).isEqualTo(scenario.reason);
    }
    assertThat(requests).isEqualTo(post ? scenario.postAttempts : scenario.getAttempts);
    assertThat(failure.attempts()).isEqualTo(requests);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("SECRET", "534543524554", fake.apiKey());
    if (failure instanceof PersonaApiException apiException) {
      assertThat(apiException.body().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1024 * 1024);
    }
  }

  private void checkReported(Scenario scenario, RequestOptions options) throws Exception {
    Duration readTimeout = scenario.isReadTimeout() ? Duration.ofMillis(200) : TIMEOUT;
    try (RawServer server = server(scenario, Integer.MAX_VALUE);
        PersonaClient client = client(server, readTimeout, options)) {
      PersonaException get =
          catchThrowableOfType(PersonaException.class, () -> client.events().list());
      check(scenario, false, get, server.requests().size());
    }
    try (RawServer server = server(scenario, Integer.MAX_VALUE);
        PersonaClient client = client(server, readTimeout, options)) {
      PersonaException post =
          catchThrowableOfType(
              PersonaException.class, () -> client.inquiries().create(MockApi.NEW_INQUIRY));
      check(scenario, true, post, server.requests().size());
      checkOneKey(server);
      checkOneBody(server);
    }
    assertThat(inquiries()).isEqualTo(1);
  }

  private static void checkOneKey(RawServer server) {
    assertThat(server.requests().stream().map(request -> request.header("Idempotency-Key")))
        .allMatch(key -> key.length() == 36)
        .containsOnly(server.requests().get(0).header("Idempotency-Key"));
  }

  private static void checkOneBody(RawServer server) {
    assertThat(server.requests())
        .extracting(RawServer.Request::body)
        .containsOnly(server.requests().get(0).body());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void failureOnEveryAttempt_isReported_andPostIsExecutedOnce(Scenario scenario) throws Exception {
    if (scenario.name.contains("slow")) {
      bodyTimeout = Duration.ofMillis(300);
    }
    checkReported(scenario, RequestOptions.none());
  }

  /** Responses that only the call timeout ends. */
  static Stream<Scenario> lateResponses() {
    Stream<Scenario> responses =
        Stream.of(
            Scenario.callTimeout(
                "a response after the deadline",
                response -> {
                  ServerResponse.pause(1000);
                  response.writeAll();
                }),
            Scenario.callTimeout(
                "a head byte by byte",
                response -> {
                  response.write("HTTP/1.1 200 OK\r\nX-Slow: ");
                  response.writeUntilClosed("x", 20);
                }));
    Scenario hints =
        Scenario.callTimeout(
            "informational responses without a final response",
            response -> response.writeUntilClosed("HTTP/1.1 103 Early Hints\r\n\r\n", 5));
    // OkHttp 4 fails with its own exception at the second one.
    return TestedOkHttp.isVersion4() ? responses : Stream.concat(responses, Stream.of(hints));
  }

  @ParameterizedTest
  @MethodSource("lateResponses")
  void lateResponse_exceedsCallTimeout(Scenario scenario) throws Exception {
    checkReported(scenario, RequestOptions.builder().callTimeout(Duration.ofMillis(500)).build());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void failureOnFirstAttempt_isRetried_andPostIsExecutedOnce(Scenario scenario) throws Exception {
    Duration readTimeout = scenario.isReadTimeout() ? Duration.ofMillis(500) : TIMEOUT;
    try (RawServer server = server(scenario, 1);
        PersonaClient client = client(server, readTimeout)) {
      if (scenario.getAttempts > 1) {
        assertThat(client.events().list().items()).isNotEmpty();
        assertThat(server.requests()).hasSize(2);
      }
    }
    try (RawServer server = server(scenario, 1);
        PersonaClient client = client(server, readTimeout)) {
      if (scenario.postAttempts > 1) {
        assertThat(client.inquiries().create(MockApi.NEW_INQUIRY).data().id()).startsWith("inq_");
        assertThat(server.requests()).hasSize(2);
        checkOneKey(server);
        checkOneBody(server);
        assertThat(inquiries()).isEqualTo(1);
      }
    }
  }

  /** The body is larger than all buffers, so the reset occurs while it is written. */
  @ParameterizedTest
  @ValueSource(ints = {1, Integer.MAX_VALUE})
  void resetWithinPostBody_isRetriedWithSameKey(int times) throws Exception {
    CreateInquiryRequest large =
        CreateInquiryRequest.builder()
            .data(
                CreateInquiryData.builder()
                    .attributes(
                        CreateInquiryAttributes.builder()
                            .inquiryTemplateId("itmpl_1")
                            .note("x".repeat(5 * 1024 * 1024))
                            .build())
                    .build())
            .build();
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  try (socket) {
                    if (request.number() <= times) {
                      RawServer.reset(socket);
                    } else {
                      execute(request, socket).writeAll();
                    }
                  }
                });
        PersonaClient client = client(server, TIMEOUT)) {
      server.limitBodies(times, 100_000);

      if (times == 1) {
        assertThat(client.inquiries().create(large).data().id()).startsWith("inq_");
        assertThat(server.requests()).hasSize(2);
        assertThat(inquiries()).isEqualTo(1);
      } else {
        assertThatExceptionOfType(PersonaConnectionException.class)
            .isThrownBy(() -> client.inquiries().create(large))
            .satisfies(e -> assertThat(e).hasCauseExactlyInstanceOf(SocketException.class))
            .satisfies(e -> assertThat(e.attempts()).isEqualTo(4));
        assertThat(server.requests()).hasSize(4);
        assertThat(inquiries()).isZero();
      }
      checkOneKey(server);
    }
  }

  /** Unusual responses that are valid. */
  static Stream<Scenario> unusualResponses() {
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";
    return Stream.of(
        informational("100", "HTTP/1.1 100 Continue\r\n\r\n"),
        informational("102", "HTTP/1.1 102 Processing\r\n\r\n"),
        informational("103", hints),
        // OkHttp 4 skips only one.
        informational("103 twice", TestedOkHttp.isVersion4() ? hints : hints + hints),
        // The body ends with the connection.
        accepted("a length that is not a number", response -> response.head("many")),
        accepted(
            "the same length twice",
            response ->
                response.head(response.body.length, "Content-Length: " + response.body.length)));
  }

  private static Scenario informational(String status, String string) {
    return accepted(
        status + " before the response",
        response -> {
          response.write(string);
          response.head(response.body.length);
        });
  }

  private static Scenario accepted(String name, ResponseWriter head) {
    return Scenario.incomplete(
        name,
        IOException.class,
        response -> {
          head.respond(response);
          response.write(response.body);
        });
  }

  @ParameterizedTest
  @MethodSource("unusualResponses")
  void unusualResponse_isAccepted(Scenario scenario) throws Exception {
    try (RawServer server = server(scenario, Integer.MAX_VALUE);
        PersonaClient client = client(server, TIMEOUT)) {
      assertThat(client.events().list().items()).isNotEmpty();
      assertThat(client.inquiries().create(MockApi.NEW_INQUIRY).data().id()).startsWith("inq_");
      assertThat(server.requests()).hasSize(2);
    }
  }

  private int inquiries() {
    try (PersonaClient direct =
        PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      return direct.inquiries().list().items().size();
    }
  }
}
