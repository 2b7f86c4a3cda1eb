package io.github.persona4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.json.MalformedJsonException;
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
import okhttp3.OkHttp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults on the wire, each met by a GET and a POST, every time and only once. Between the client
 * and the fake API stands a server that lets the fake carry out each request and then spoils the
 * answer; the fake keeps results under their keys, so a POST that was carried out twice would show
 * as a second inquiry.
 */
class FaultsTest {
  private static final Class<PersonaConnectionException> BROKEN = PersonaConnectionException.class;
  private static final Class<MalformedResponseException> MALFORMED =
      MalformedResponseException.class;

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

    void head(long length, String... more) throws IOException {
      write("HTTP/1.1 " + status + " OK\r\nContent-Type: application/json\r\nRequest-Id: r\r\n");
      for (String header : more) {
        write(header + "\r\n");
      }
      write("Connection: close\r\nContent-Length: " + length + "\r\n\r\n");
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
   * @param gets how many requests a GET makes when it meets the fault every time
   * @param posts the same for a POST
   */
  record Fault(
      String name,
      Class<? extends PersonaException> failure,
      @Nullable Class<? extends Throwable> cause,
      int gets,
      int posts,
      Spoiler spoiler) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
        // No whole answer.
        new Fault("end before the answer", BROKEN, IOException.class, 4, 4, wire -> {}),
        new Fault("reset before the answer", BROKEN, SocketException.class, 4, 4, Wire::reset),
        new Fault(
            "end within the head",
            BROKEN,
            IOException.class,
            4,
            4,
            wire -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: appl")),
        new Fault(
            "reset within the head",
            BROKEN,
            SocketException.class,
            4,
            4,
            wire -> {
              wire.write("HTTP/1.1 200 OK\r\nContent-Type: appl");
              wire.reset();
            }),
        new Fault(
            "end within the body",
            BROKEN,
            ProtocolException.class,
            4,
            4,
            wire -> {
              wire.head(wire.body.length);
              wire.write(wire.half());
            }),
        new Fault(
            "reset within the body",
            BROKEN,
            SocketException.class,
            4,
            4,
            wire -> {
              wire.head(wire.body.length);
              wire.write(wire.half());
              wire.reset();
            }),
        new Fault("silence", BROKEN, SocketTimeoutException.class, 4, 4, Wire::silence),
        new Fault(
            "silence within the body",
            BROKEN,
            SocketTimeoutException.class,
            4,
            4,
            wire -> {
              wire.head(wire.body.length);
              wire.write(wire.half());
              wire.silence();
            }),
        new Fault(
            "a slow body without an end",
            BROKEN,
            InterruptedIOException.class,
            1,
            1,
            wire -> {
              wire.head(1_000_000);
              wire.forever(" ", 20);
            }),
        new Fault(
            "a head without an end",
            BROKEN,
            IOException.class,
            4,
            4,
            wire -> {
              wire.write("HTTP/1.1 200 OK\r\nX-Long: ");
              wire.forever("SECRET".repeat(1000), 0);
            }),
        // Lengths and encodings that do not fit.
        new Fault(
            "a length that is too long",
            BROKEN,
            ProtocolException.class,
            4,
            4,
            wire -> {
              wire.head(wire.body.length + 10);
              wire.write(wire.body);
            }),
        new Fault(
            "a length beyond all measure",
            BROKEN,
            ProtocolException.class,
            4,
            4,
            wire -> {
              wire.head(Long.MAX_VALUE);
              wire.write(wire.body);
            }),
        new Fault(
            "a length that is too short",
            MALFORMED,
            MalformedJsonException.class,
            1,
            1,
            wire -> {
              wire.head(wire.body.length / 2);
              wire.write(wire.body);
            }),
        new Fault(
            "chunks that break off",
            BROKEN,
            ProtocolException.class,
            4,
            4,
            wire -> wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{")),
        new Fault(
            "chunks that are none",
            BROKEN,
            ProtocolException.class,
            4,
            4,
            wire -> wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n")),
        new Fault(
            "gzip that breaks off",
            BROKEN,
            EOFException.class,
            4,
            4,
            wire -> {
              byte[] packed = wire.packed();
              wire.head(packed.length / 2, "Content-Encoding: gzip");
              wire.write(Arrays.copyOf(packed, packed.length / 2));
            }),
        new Fault(
            "gzip with a wrong sum",
            BROKEN,
            IOException.class,
            4,
            4,
            wire -> {
              byte[] packed = wire.packed();
              packed[packed.length - 6] ^= 1;
              wire.head(packed.length, "Content-Encoding: gzip");
              wire.write(packed);
            }),
        new Fault(
            "gzip that is none",
            BROKEN,
            IOException.class,
            4,
            4,
            wire -> {
              wire.head(wire.body.length, "Content-Encoding: gzip");
              wire.write(wire.body);
            }),
        // Not HTTP, or odd HTTP.
        new Fault(
            "another protocol",
            BROKEN,
            ProtocolException.class,
            4,
            4,
            wire -> wire.write("SECRET-2.0-OpenSSH\r\n")),
        new Fault(
            "no content with a body",
            BROKEN,
            ProtocolException.class,
            4,
            4,
            wire -> wire.error(204, "x")),
        new Fault("no content", MALFORMED, null, 1, 1, wire -> wire.error(204, "")),
        new Fault(
            "another protocol from now on",
            MALFORMED,
            null,
            1,
            1,
            wire -> wire.write("HTTP/1.1 101 Yes\r\nContent-Length: 0\r\n\r\n")),
        new Fault("several choices", MALFORMED, null, 1, 1, wire -> wire.error(300, "")),
        new Fault("not modified", MALFORMED, null, 1, 1, wire -> wire.error(304, "")),
        new Fault(
            "a redirect",
            MALFORMED,
            null,
            1,
            1,
            wire ->
                wire.write(
                    "HTTP/1.1 307 No\r\nLocation: /api/v1/events\r\nContent-Length: 0\r\n\r\n")),
        // Bodies that are not the API's.
        new Fault(
            "a body without an end",
            MALFORMED,
            BoundedBody.TooLongException.class,
            1,
            1,
            wire -> {
              wire.head(Long.MAX_VALUE);
              wire.forever(" ".repeat(64 * 1024), 0);
            }),
        new Fault("nothing", MALFORMED, MalformedJsonException.class, 1, 1, wire -> wire.head(0)),
        new Fault(
            "a web page",
            MALFORMED,
            MalformedJsonException.class,
            1,
            1,
            wire -> {
              wire.head(14);
              wire.write("<html>SECRET</");
            }),
        new Fault(
            "JSON with a hole",
            MALFORMED,
            MalformedJsonException.class,
            1,
            1,
            wire -> {
              wire.head(16);
              wire.write("{\"data\":,SECRET}");
            }),
        new Fault(
            "text that is not UTF-8",
            MALFORMED,
            MalformedJsonException.class,
            1,
            1,
            wire -> {
              wire.head(13);
              wire.write("{\"data\":\"\u00ff\"  ");
            }),
        // Statuses.
        new Fault(
            "a gateway's page",
            ServerException.class,
            null,
            4,
            1,
            wire -> wire.error(502, "<html>SECRET")),
        new Fault(
            "an empty failure", ServerException.class, null, 1, 1, wire -> wire.error(500, "")),
        new Fault(
            "a failure whose body has no end",
            ServerException.class,
            null,
            4,
            1,
            wire -> {
              wire.write("HTTP/1.1 503 No\r\n\r\n");
              wire.forever("SECRET".repeat(1000), 0);
            }),
        new Fault(
            "a failure whose body is slow",
            ServerException.class,
            null,
            1,
            1,
            wire -> {
              wire.write("HTTP/1.1 500 No\r\n\r\n");
              wire.forever("x", 20);
            }),
        new Fault(
            "a timeout of the server",
            PersonaApiException.class,
            null,
            4,
            1,
            wire -> wire.error(408, "")),
        new Fault(
            "too many requests",
            RateLimitException.class,
            null,
            4,
            4,
            wire -> wire.error(429, "")));
  }

  private final TestTime time = new TestTime();
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
              wire.head(wire.body.length);
              wire.write(wire.body);
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

  private PersonaClient client(RawServer server) {
    return PersonaClient.builder()
        .apiKey(fake.apiKey())
        .baseUrl(server.origin() + "/api/v1")
        .readTimeout(Duration.ofMillis(250))
        .time(time)
        .build();
  }

  private void check(Fault fault, boolean post, PersonaException failure, int requests) {
    assertThat(failure).isExactlyInstanceOf(fault.failure);
    if (fault.cause == null) {
      assertThat(failure).hasNoCause();
    } else {
      assertThat(failure).hasCauseExactlyInstanceOf(fault.cause);
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

  @ParameterizedTest
  @MethodSource("faults")
  void fault_thatStays_isToldAsItIs_andNoPostIsCarriedOutTwice(Fault fault) throws Exception {
    if (fault.name.contains("slow")) {
      time.longestBody = Duration.ofMillis(300);
    }
    try (RawServer server = server(fault, Integer.MAX_VALUE);
        PersonaClient client = client(server)) {
      PersonaException get =
          catchThrowableOfType(PersonaException.class, () -> client.events().list());
      check(fault, false, get, server.requests().size());
    }
    try (RawServer server = server(fault, Integer.MAX_VALUE);
        PersonaClient client = client(server)) {
      PersonaException post =
          catchThrowableOfType(
              PersonaException.class, () -> client.inquiries().create(MockApi.NEW_INQUIRY));
      check(fault, true, post, server.requests().size());
      assertThat(server.requests().stream().map(request -> request.header("Idempotency-Key")))
          .allMatch(key -> key.length() == 36)
          .containsOnly(server.requests().get(0).header("Idempotency-Key"));
    }
    assertThat(inquiries()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_thatPasses_isPassedOver_andNoPostIsCarriedOutTwice(Fault fault) throws Exception {
    try (RawServer server = server(fault, 1);
        PersonaClient client = client(server)) {
      if (fault.gets > 1) {
        assertThat(client.events().list().data()).isNotEmpty();
        assertThat(server.requests()).hasSize(2);
      }
    }
    try (RawServer server = server(fault, 1);
        PersonaClient client = client(server)) {
      if (fault.posts > 1) {
        assertThat(client.inquiries().create(MockApi.NEW_INQUIRY).data().id()).startsWith("inq_");
        assertThat(server.requests()).hasSize(2);
        assertThat(inquiries()).isEqualTo(1);
      }
    }
  }

  static Stream<String> preludes() {
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";
    return Stream.of(
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\n",
        hints,
        // OkHttp 4 passes over one only.
        OkHttp.VERSION.startsWith("4.") ? hints : hints + hints);
  }

  @ParameterizedTest
  @MethodSource("preludes")
  void informationBeforeTheAnswer_isPassedOver(String prelude) throws Exception {
    Fault harmless =
        new Fault(
            "none",
            PersonaException.class,
            null,
            1,
            1,
            wire -> {
              wire.write(prelude);
              wire.head(wire.body.length);
              wire.write(wire.body);
            });
    try (RawServer server = server(harmless, 1);
        PersonaClient client = client(server)) {
      assertThat(client.inquiries().create(MockApi.NEW_INQUIRY).data().id()).startsWith("inq_");
      assertThat(server.requests()).hasSize(1);
    }
  }

  private int inquiries() {
    try (PersonaClient direct =
        PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      return direct.inquiries().list().data().size();
    }
  }
}
