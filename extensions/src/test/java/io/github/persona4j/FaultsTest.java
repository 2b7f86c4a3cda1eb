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
 * Faults on the wire, each met by a GET and a POST, every time and only once. Between the client
 * and the fake API stands a server that lets the fake carry out each request and then spoils the
 * answer; the fake keeps results under their keys, so a POST that was carried out twice would show
 * as a second inquiry.
 */
class FaultsTest {
  /** More than any answer needs, also on a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The fake's answer on its way to the client. */
  static final class Wire {
    private final int status;
    private final byte[] body;
    private final Socket socket;

    Wire(int status, byte[] body, Socket socket) {
      this.status = status;
      this.body = body;
      this.socket = socket;
    }

    void write(String text) throws IOException {
      RawServer.write(socket, text);
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

    void whole() throws IOException {
      head(body.length);
      write(body);
    }

    void error(int code, String text) throws IOException {
      write(
          "HTTP/1.1 "
              + code
              + " No\r\nConnection: close\r\nContent-Length: "
              + text.length()
              + "\r\n\r\n"
              + text);
    }

    byte[] half() {
      return Arrays.copyOf(body, body.length / 2);
    }

    byte[] packed() throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(body);
      }
      return packed.toByteArray();
    }

    void reset() throws IOException {
      // What was written should arrive before.
      pause(30);
      RawServer.reset(socket);
    }

    /** Until the client hangs up. */
    void forever(String text, int millis) throws IOException {
      byte[] bytes = text.getBytes(ISO_8859_1);
      while (true) {
        write(bytes);
        if (millis > 0) {
          pause(millis);
        }
      }
    }

    void silence() throws IOException {
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
  interface Spoiler {
    void answer(Wire wire) throws IOException;
  }

  /**
   * One fault.
   *
   * @param cause null for none
   * @param reason what is wrong with the JSON; null where something else is
   * @param gets how many requests a GET makes when it meets the fault every time
   * @param posts the same for a POST
   */
  record Fault(
      String name,
      Class<? extends PersonaException> failure,
      @Nullable Class<? extends Throwable> cause,
      @Nullable Reason reason,
      int gets,
      int posts,
      Spoiler spoiler) {
    /** No whole answer, so that it is asked for again, by a POST under its key. */
    static Fault broken(String name, Class<? extends IOException> cause, Spoiler spoiler) {
      return new Fault(name, PersonaConnectionException.class, cause, null, 4, 4, spoiler);
    }

    /** No whole answer, and another attempt would meet the same. */
    static Fault lasting(String name, Spoiler spoiler) {
      return new Fault(
          name, PersonaConnectionException.class, ProtocolException.class, null, 1, 1, spoiler);
    }

    /** A limit for the whole of something runs out. */
    static Fault late(String name, Spoiler spoiler) {
      return new Fault(
          name,
          PersonaConnectionException.class,
          InterruptedIOException.class,
          null,
          1,
          1,
          spoiler);
    }

    /** A whole answer that is not the JSON it should be. */
    static Fault malformed(String name, Reason reason, Spoiler spoiler) {
      return new Fault(
          name,
          MalformedResponseException.class,
          MalformedJsonException.class,
          reason,
          1,
          1,
          spoiler);
    }

    /** A whole answer that has no place in this API. */
    static Fault odd(String name, @Nullable Class<? extends IOException> cause, Spoiler spoiler) {
      return new Fault(name, MalformedResponseException.class, cause, null, 1, 1, spoiler);
    }

    /** A refusal. */
    static Fault refusal(
        String name,
        Class<? extends PersonaApiException> failure,
        int gets,
        int posts,
        Spoiler spoiler) {
      return new Fault(name, failure, null, null, gets, posts, spoiler);
    }

    /** Whether the client's limit for silence is what ends an attempt. */
    boolean isSilence() {
      return cause == SocketTimeoutException.class;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
        // No whole answer.
        Fault.broken("end before the answer", IOException.class, wire -> {}),
        Fault.broken("reset before the answer", SocketException.class, Wire::reset),
        Fault.broken(
            "end within the head",
            IOException.class,
            wire -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: appl")),
        Fault.broken(
            "reset within the head",
            SocketException.class,
            wire -> {
              wire.write("HTTP/1.1 200 OK\r\nContent-Type: appl");
              wire.reset();
            }),
        Fault.broken(
            "end within the body",
            ProtocolException.class,
            wire -> {
              wire.head(wire.body.length);
              wire.write(wire.half());
            }),
        Fault.broken(
            "reset within the body",
            SocketException.class,
            wire -> {
              wire.head(wire.body.length);
              wire.write(wire.half());
              wire.reset();
            }),
        Fault.broken("silence", SocketTimeoutException.class, Wire::silence),
        Fault.broken(
            "silence within the body",
            SocketTimeoutException.class,
            wire -> {
              wire.head(wire.body.length);
              wire.write(wire.half());
              wire.silence();
            }),
        Fault.late(
            "a slow body without an end",
            wire -> {
              wire.head(1_000_000);
              wire.forever(" ", 20);
            }),
        Fault.late(
            "a slow web page without an end",
            wire -> {
              wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
              wire.forever("x", 20);
            }),
        Fault.lasting(
            "a head without an end",
            wire -> {
              wire.write("HTTP/1.1 200 OK\r\nX-Long: ");
              wire.forever("SECRET".repeat(1000), 0);
            }),
        // Lengths and encodings that do not fit.
        Fault.broken(
            "a length that is too long",
            ProtocolException.class,
            wire -> {
              wire.head(wire.body.length + 10);
              wire.write(wire.body);
            }),
        Fault.broken(
            "a length beyond all measure",
            ProtocolException.class,
            wire -> {
              wire.head(Long.MAX_VALUE);
              wire.write(wire.body);
            }),
        Fault.malformed(
            "a length that is too short",
            Reason.TRUNCATED,
            wire -> {
              wire.head(wire.body.length / 2);
              wire.write(wire.body);
            }),
        // Which of the two is meant nobody knows; OkHttp takes the last.
        Fault.broken(
            "two lengths of which the last is too long",
            ProtocolException.class,
            wire -> {
              wire.head(wire.body.length + 10, "Content-Length: " + wire.body.length);
              wire.write(wire.body);
            }),
        Fault.malformed(
            "two lengths of which the last is too short",
            Reason.TRUNCATED,
            wire -> {
              wire.head(wire.body.length / 2, "Content-Length: " + wire.body.length);
              wire.write(wire.body);
            }),
        Fault.lasting(
            "a length below zero",
            wire -> {
              wire.head(-5);
              wire.write(wire.body);
            }),
        Fault.broken(
            "a length that is no number, and no end",
            SocketTimeoutException.class,
            wire -> {
              wire.head("many");
              wire.write(wire.body);
              wire.silence();
            }),
        Fault.broken(
            "chunks that break off",
            ProtocolException.class,
            wire -> wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{")),
        Fault.broken(
            "chunks that are none",
            ProtocolException.class,
            wire -> wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n")),
        Fault.broken(
            "gzip that breaks off",
            EOFException.class,
            wire -> {
              byte[] packed = wire.packed();
              wire.head(packed.length / 2, "Content-Encoding: gzip");
              wire.write(Arrays.copyOf(packed, packed.length / 2));
            }),
        Fault.broken(
            "gzip with a wrong sum",
            IOException.class,
            wire -> {
              byte[] packed = wire.packed();
              packed[packed.length - 6] ^= 1;
              wire.head(packed.length, "Content-Encoding: gzip");
              wire.write(packed);
            }),
        Fault.odd(
            "gzip that is none",
            ContentEncoding.UnreadableException.class,
            wire -> {
              wire.head(wire.body.length, "Content-Encoding: gzip");
              wire.write(wire.body);
            }),
        // Not HTTP, or odd HTTP.
        Fault.lasting("another protocol", wire -> wire.write("SECRET-2.0-OpenSSH\r\n")),
        Fault.lasting("no content with a body", wire -> wire.error(204, "x")),
        Fault.odd("no content", null, wire -> wire.error(204, "")),
        Fault.odd(
            "another protocol from now on",
            null,
            wire -> wire.write("HTTP/1.1 101 Yes\r\nContent-Length: 0\r\n\r\n")),
        Fault.odd("several choices", null, wire -> wire.error(300, "")),
        Fault.odd("not modified", null, wire -> wire.error(304, "")),
        Fault.odd(
            "a redirect",
            null,
            wire ->
                wire.write(
                    "HTTP/1.1 307 No\r\nLocation: /api/v1/events\r\nContent-Length: 0\r\n\r\n")),
        // Bodies that are not the API's.
        Fault.malformed(
            "a body without an end",
            Reason.TOO_LONG,
            wire -> {
              wire.head(Long.MAX_VALUE);
              wire.forever(" ".repeat(64 * 1024), 0);
            }),
        Fault.malformed("nothing", Reason.TRUNCATED, wire -> wire.head(0)),
        Fault.malformed(
            "a web page",
            Reason.SYNTAX,
            wire -> {
              wire.head(14);
              wire.write("<html>SECRET</");
            }),
        Fault.malformed(
            "JSON with a hole",
            Reason.SYNTAX,
            wire -> {
              wire.head(16);
              wire.write("{\"data\":,SECRET}");
            }),
        Fault.malformed(
            "text that is not UTF-8",
            Reason.INVALID_UTF8,
            wire -> {
              byte[] spoiled = wire.body.clone();
              String name = "\"id\":\"";
              int value = new String(spoiled, ISO_8859_1).indexOf(name) + name.length();
              spoiled[value + 1] = (byte) 0xff;
              wire.head(spoiled.length);
              wire.write(spoiled);
            }),
        // Statuses.
        Fault.refusal(
            "a gateway's page",
            ServerException.class,
            4,
            1,
            wire -> wire.error(502, "<html>SECRET")),
        Fault.refusal("an empty failure", ServerException.class, 1, 1, wire -> wire.error(500, "")),
        Fault.refusal(
            "a failure whose body has no end",
            ServerException.class,
            4,
            1,
            wire -> {
              wire.write("HTTP/1.1 503 No\r\n\r\n");
              wire.forever("SECRET".repeat(1000), 0);
            }),
        Fault.refusal(
            "a failure whose body is slow",
            ServerException.class,
            1,
            1,
            wire -> {
              wire.write("HTTP/1.1 500 No\r\n\r\n");
              wire.forever("x", 20);
            }),
        Fault.refusal(
            "a timeout of the server",
            PersonaApiException.class,
            4,
            1,
            wire -> wire.error(408, "")),
        Fault.refusal(
            "too many requests", RateLimitException.class, 4, 4, wire -> wire.error(429, "")));
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

  private RawServer server(Fault fault, int times) throws IOException {
    return new RawServer(
        (request, socket) -> {
          try (socket) {
            Wire wire = carriedOut(request, socket);
            if (request.number() <= times) {
              fault.spoiler.answer(wire);
            } else {
              wire.whole();
            }
          }
        });
  }

  /** What the fake says to the request. */
  private Wire carriedOut(RawServer.Request request, Socket socket) throws IOException {
    URI api = URI.create(fake.baseUrl());
    try (Socket forward = new Socket(api.getHost(), api.getPort())) {
      RawServer.write(
          forward, request.head().replaceFirst("(?i)connection: keep-alive", "Connection: close"));
      RawServer.write(forward, request.body());
      String answer = new String(forward.getInputStream().readAllBytes(), ISO_8859_1);
      int status = Integer.parseInt(answer.substring(9, 12));
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      return new Wire(status, body.getBytes(ISO_8859_1), socket);
    }
  }

  private Duration bodyTimeout = Duration.ofMinutes(5);

  private PersonaClient client(RawServer server, Duration silence) {
    return client(server, silence, RequestOptions.none());
  }

  private PersonaClient client(RawServer server, Duration silence, RequestOptions options) {
    return PersonaClient.builder()
        .apiKey(fake.apiKey())
        .baseUrl(server.origin() + "/api/v1")
        .readTimeout(silence)
        .options(options)
        .time(time)
        .bodyTimeout(bodyTimeout)
        .build();
  }

  private void check(Fault fault, boolean post, PersonaException failure, int requests) {
    assertThat(failure).isExactlyInstanceOf(fault.failure);
    if (fault.cause == null) {
      assertThat(failure).hasNoCause();
    } else {
      assertThat(failure).hasCauseExactlyInstanceOf(fault.cause);
    }
    if (failure.getCause() instanceof MalformedJsonException malformed) {
      assertThat(malformed.reason()).isEqualTo(fault.reason);
    }
    assertThat(requests).isEqualTo(post ? fault.posts : fault.gets);
    assertThat(failure.attempts()).isEqualTo(requests);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("SECRET", "534543524554", fake.apiKey());
    if (failure instanceof PersonaApiException told) {
      assertThat(told.body().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1024 * 1024);
    }
  }

  private void checkToldAsItIs(Fault fault, RequestOptions options) throws Exception {
    Duration silence = fault.isSilence() ? Duration.ofMillis(200) : PATIENCE;
    try (RawServer server = server(fault, Integer.MAX_VALUE);
        PersonaClient client = client(server, silence, options)) {
      PersonaException get =
          catchThrowableOfType(PersonaException.class, () -> client.events().list());
      check(fault, false, get, server.requests().size());
    }
    try (RawServer server = server(fault, Integer.MAX_VALUE);
        PersonaClient client = client(server, silence, options)) {
      PersonaException post =
          catchThrowableOfType(
              PersonaException.class, () -> client.inquiries().create(MockApi.NEW_INQUIRY));
      check(fault, true, post, server.requests().size());
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
  @MethodSource("faults")
  void fault_thatStays_isReportedAsItIs_andNoPostIsCarriedOutTwice(Fault fault) throws Exception {
    if (fault.name.contains("slow")) {
      bodyTimeout = Duration.ofMillis(300);
    }
    checkToldAsItIs(fault, RequestOptions.none());
  }

  /** What only a limit for the whole call ends. */
  static Stream<Fault> lateAnswers() {
    Stream<Fault> late =
        Stream.of(
            Fault.late(
                "an answer after the deadline",
                wire -> {
                  Wire.pause(1000);
                  wire.whole();
                }),
            Fault.late(
                "a head byte by byte",
                wire -> {
                  wire.write("HTTP/1.1 200 OK\r\nX-Slow: ");
                  wire.forever("x", 20);
                }));
    Fault hints =
        Fault.late(
            "information without an answer",
            wire -> wire.forever("HTTP/1.1 103 Early Hints\r\n\r\n", 5));
    // OkHttp 4 fails with a fault of its own at the second.
    return TestedOkHttp.isFour() ? late : Stream.concat(late, Stream.of(hints));
  }

  @ParameterizedTest
  @MethodSource("lateAnswers")
  void answerThatIsTooLate_endsWithTheTimeOfTheCall(Fault fault) throws Exception {
    checkToldAsItIs(fault, RequestOptions.builder().callTimeout(Duration.ofMillis(500)).build());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_thatPasses_isPassedOver_andNoPostIsCarriedOutTwice(Fault fault) throws Exception {
    Duration silence = fault.isSilence() ? Duration.ofMillis(500) : PATIENCE;
    try (RawServer server = server(fault, 1);
        PersonaClient client = client(server, silence)) {
      if (fault.gets > 1) {
        assertThat(client.events().list().data()).isNotEmpty();
        assertThat(server.requests()).hasSize(2);
      }
    }
    try (RawServer server = server(fault, 1);
        PersonaClient client = client(server, silence)) {
      if (fault.posts > 1) {
        assertThat(client.inquiries().create(MockApi.NEW_INQUIRY).data().id()).startsWith("inq_");
        assertThat(server.requests()).hasSize(2);
        checkOneKey(server);
        checkOneBody(server);
        assertThat(inquiries()).isEqualTo(1);
      }
    }
  }

  /** The body is larger than all buffers on its way, so the reset comes while it is written. */
  @ParameterizedTest
  @ValueSource(ints = {1, Integer.MAX_VALUE})
  void resetWithinTheBodyOfAPost_isRepeatedUnderItsKey(int times) throws Exception {
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
                      carriedOut(request, socket).whole();
                    }
                  }
                });
        PersonaClient client = client(server, PATIENCE)) {
      server.cutBodies(times, 100_000);

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

  /** What is odd and does no harm. */
  static Stream<Fault> oddities() {
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";
    return Stream.of(
        prelude("100", "HTTP/1.1 100 Continue\r\n\r\n"),
        prelude("102", "HTTP/1.1 102 Processing\r\n\r\n"),
        prelude("103", hints),
        // OkHttp 4 passes over one only.
        prelude("103 twice", TestedOkHttp.isFour() ? hints : hints + hints),
        // The end of the connection is that of the body, too.
        harmless("a length that is no number", wire -> wire.head("many")),
        harmless(
            "the same length twice",
            wire -> wire.head(wire.body.length, "Content-Length: " + wire.body.length)));
  }

  private static Fault prelude(String status, String text) {
    return harmless(
        status + " before the answer",
        wire -> {
          wire.write(text);
          wire.head(wire.body.length);
        });
  }

  private static Fault harmless(String name, Spoiler head) {
    return Fault.broken(
        name,
        IOException.class,
        wire -> {
          head.answer(wire);
          wire.write(wire.body);
        });
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void oddity_isPassedOver(Fault oddity) throws Exception {
    try (RawServer server = server(oddity, Integer.MAX_VALUE);
        PersonaClient client = client(server, PATIENCE)) {
      assertThat(client.events().list().data()).isNotEmpty();
      assertThat(client.inquiries().create(MockApi.NEW_INQUIRY).data().id()).startsWith("inq_");
      assertThat(server.requests()).hasSize(2);
    }
  }

  private int inquiries() {
    try (PersonaClient direct =
        PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      return direct.inquiries().list().data().size();
    }
  }
}
