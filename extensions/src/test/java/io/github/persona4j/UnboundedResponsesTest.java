package io.github.persona4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.internal.retry.TestTimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endless parts of responses, which would exhaust the memory. */
class UnboundedResponsesTest {
  private static final HandshakeCertificates TLS = LoopbackTls.CERTIFICATES;

  private static final int BYTES_OFFERED = 64 << 20;

  /** A bound for the bytes read and those in the buffers of both sockets. */
  private static final int MAX_BYTES_TAKEN = 32 << 20;

  private static final String NO_BODY =
      "more than 128 KiB were received without any byte of the body";
  private static final String LONG_GZIP = "the header of its compression is longer than 64 KiB";

  /** An endless part of a response. */
  enum Endless {
    CHUNK_SIZE("Transfer-Encoding: chunked\r\n\r\n1;x=", NO_BODY),
    SECOND_CHUNK_SIZE("Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;x=", NO_BODY),
    TRAILER("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Long: ", NO_BODY),
    GZIP_NAME("Content-Encoding: gzip\r\n\r\n" + gzip(8), LONG_GZIP),
    GZIP_COMMENT("Content-Encoding: gzip\r\n\r\n" + gzip(8 | 16) + "name\0", LONG_GZIP),
    GZIP_COMMENT_AFTER_EXTRA("Content-Encoding: gzip\r\n\r\n" + gzip(4 | 16) + "\2\0xy", LONG_GZIP);

    final String start;
    final String reason;

    Endless(String start, String reason) {
      this.start = start;
      this.reason = reason;
    }

    private static String gzip(int flags) {
      return "\u001f\u008b\b" + (char) flags + "\0\0\0\0\0\0";
    }
  }

  private final TestTimeSource time = new TestTimeSource();
  private final AtomicLong sent = new AtomicLong();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
  }

  private <T extends AutoCloseable> T register(T resource) {
    open.add(0, resource);
    return resource;
  }

  private RawServer server(RawServer.Script script) throws IOException {
    return register(new RawServer(script));
  }

  private RawServer.Script sending(int status, Endless part) {
    return (request, socket) -> sendEndless(socket, "HTTP/1.1 " + status + " X\r\n" + part.start);
  }

  /** Writes letters until the client disconnects. */
  private void sendEndless(Socket socket, String start) throws IOException {
    RawServer.write(socket, start);
    byte[] letters = "x".repeat(64 * 1024).getBytes(ISO_8859_1);
    while (sent.get() < BYTES_OFFERED) {
      socket.getOutputStream().write(letters);
      sent.addAndGet(letters.length);
    }
    socket.close();
  }

  private PersonaClientBuilder builder(RawServer server) {
    return PersonaClient.builder()
        .apiKey(MockApi.KEY)
        .baseUrl(server.origin() + "/api/v1")
        .allowFilesFrom(server.origin())
        .time(time);
  }

  private PersonaClient client(RawServer server) {
    return register(builder(server).build());
  }

  private OkHttpClient okHttp(OkHttpClient.Builder builder) {
    OkHttpClient http = builder.build();
    register(
        () -> {
          http.dispatcher().executorService().shutdown();
          http.connectionPool().evictAll();
        });
    return http;
  }

  private void checkBounded(RawServer server) {
    assertThat(server.requests()).hasSize(1);
    assertThat(sent.get()).isLessThan(MAX_BYTES_TAKEN);
    assertThat(time.pauses()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void endlessBody_isMalformed_andNotRetried(Endless part) throws Exception {
    RawServer server = server(sending(200, part));
    PersonaClient client = client(server);

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.events().list())
        .withMessage(
            "GET /api/v1/events returned 200: the response cannot be decoded: " + part.reason);
    checkBounded(server);
  }

  @ParameterizedTest
  @EnumSource
  void endlessBodyOverTls_isMalformed_andNotRetried(Endless part) throws Exception {
    RawServer server =
        register(new RawServer(TLS.sslContext().getServerSocketFactory(), sending(200, part)));
    PersonaClient client =
        register(
            builder(server)
                .baseUrl(server.origin().replace("http:", "https:"))
                .sslSocketFactory(TLS.sslSocketFactory(), TLS.trustManager())
                .build());

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.events().list())
        .withMessageEndingWith(part.reason);
    checkBounded(server);
  }

  @ParameterizedTest
  @EnumSource
  void endlessErrorBody_isIgnored(Endless part) throws Exception {
    RawServer server = server(sending(404, part));
    PersonaClient client = client(server);

    assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.events().list());
    checkBounded(server);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHUNK_SIZE", "SECOND_CHUNK_SIZE", "TRAILER"})
  void endlessFile_isNotStored(Endless part, @TempDir Path folder) throws Exception {
    RawServer server = server(sending(200, part));
    PersonaClient client = client(server);

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.files().saveAs(server.origin() + "/f", folder.resolve("f")))
        .withMessageEndingWith(part.reason);
    checkBounded(server);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHUNK_SIZE", "TRAILER"})
  void endlessBodyOnReusedConnection_isMalformed(Endless part) throws Exception {
    RawServer server =
        server(
            (request, socket) -> {
              if (request.number() == 1) {
                RawServer.write(socket, ok(MockApi.EMPTY_PAGE));
              } else {
                sending(200, part).respond(request, socket);
              }
            });
    PersonaClient client = client(server);
    client.events().list();

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.events().list())
        .withMessageEndingWith(part.reason);
    assertThat(server.requests()).hasSize(2);
    assertThat(sent.get()).isLessThan(MAX_BYTES_TAKEN);
  }

  // Only the size of a chunk needs a socket that can be watched.
  @Test
  void gzipHeader_isLimited_overAnySocket() throws Exception {
    RawServer server = server(sending(200, Endless.GZIP_NAME));
    OkHttpClient http =
        okHttp(
            new OkHttpClient.Builder()
                .socketFactory(new ReusedConnectionTest.PlainSocketFactory()));
    PersonaClient client = register(builder(server).httpClient(http).build());

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.events().list())
        .withMessageEndingWith(LONG_GZIP);
    checkBounded(server);
  }

  // ---- large valid responses ----

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String chunked(String body, int size, String extension) {
    StringBuilder chunks =
        new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < body.length(); i += size) {
      String chunk = body.substring(i, Math.min(body.length(), i + size));
      chunks.append(Integer.toHexString(chunk.length())).append(extension).append("\r\n");
      chunks.append(chunk).append("\r\n");
    }
    return chunks.append("0\r\n\r\n").toString();
  }

  private static String gzipped(String body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body.getBytes(ISO_8859_1));
    }
    String plain = bytes.toString(ISO_8859_1);
    String named =
        plain.substring(0, 3)
            + (char) (4 | 8 | 16)
            + plain.substring(4, 10)
            + "\3\0abc"
            + "n".repeat(60_000)
            + "\0"
            + "c".repeat(60_000)
            + "\0"
            + plain.substring(10);
    return "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
        + named.length()
        + "\r\n\r\n"
        + named;
  }

  static Stream<String> large() throws IOException {
    String page = " ".repeat(3_000_000) + MockApi.EMPTY_PAGE;
    String small = " ".repeat(100_000) + MockApi.EMPTY_PAGE;
    return Stream.of(
        ok(page),
        chunked(page, 1_000_000, ""),
        chunked(small, 1, ""),
        chunked(MockApi.EMPTY_PAGE, 20, ";x=" + "y".repeat(100_000)),
        gzipped(page));
  }

  @ParameterizedTest
  @MethodSource("large")
  void largeResponses_areAccepted(String response) throws Exception {
    RawServer server = server((request, socket) -> RawServer.write(socket, response));
    PersonaClient client = client(server);

    for (int i = 0; i < 3; i++) {
      assertThat(client.events().list().items()).isEmpty();
    }

    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void largeFile_isStored(@TempDir Path folder) throws Exception {
    String file = "f".repeat(5_000_000);
    RawServer server = server((request, socket) -> RawServer.write(socket, ok(file)));

    Path stored = client(server).files().saveAs(server.origin() + "/f", folder.resolve("f"));

    assertThat(Files.size(stored)).isEqualTo(file.length());
  }

  // ---- heads ----

  @Test
  void endlessInformationalResponses_failCall() throws Exception {
    RawServer server =
        server(
            (request, socket) -> {
              byte[] hints = "HTTP/1.1 103 Hints\r\n\r\n".repeat(1000).getBytes(ISO_8859_1);
              while (sent.get() < BYTES_OFFERED) {
                socket.getOutputStream().write(hints);
                sent.addAndGet(hints.length);
              }
            });
    PersonaClient client = client(server);

    PersonaException failure =
        catchThrowableOfType(PersonaException.class, () -> client.events().list());

    assertThat(failure).isInstanceOf(PersonaConnectionException.class);
    assertThat(sent.get()).isLessThan(MAX_BYTES_TAKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nX-Long: ",
        "HTTP/1.1 200 ",
        "HTTP/1.1 407 No\r\nX-Long: ",
        "HTTP/1.1 407 No\r\nContent-Length: 100000000\r\n\r\n"
      })
  void endlessProxyResponse_isReported(String start) throws Exception {
    RawServer proxy = server((request, socket) -> sendEndless(socket, start));
    PersonaClient client =
        register(
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl("https://api.example.test/api/v1")
                .proxy(
                    new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))
                .time(time)
                .build());

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> client.events().list())
        .withMessage(
            "GET /api/v1/events failed: more than 256 KiB were received before the connection was"
                + " established, such as headers of a proxy");
    checkBounded(proxy);
  }

  @Test
  void endlessHttp2Headers_failCall() throws Exception {
    byte[] preface = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    // A literal header of 15,000 bytes that is not indexed, repeated.
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0);
    block.write(1);
    block.write('x');
    block.write(
        new byte[] {127, (byte) (0x80 | ((15_000 - 127) & 0x7f)), (byte) ((15_000 - 127) >> 7)});
    block.write("v".repeat(15_000).getBytes(ISO_8859_1));
    RawServer server =
        server(
            (request, socket) -> {
              OutputStream out = socket.getOutputStream();
              out.write(preface);
              out.flush();
              readHeaders(socket.getInputStream());
              out.write(frame(1, block.toByteArray()));
              while (sent.get() < 4L * BYTES_OFFERED) {
                out.write(frame(9, block.toByteArray()));
                sent.addAndGet(block.size());
              }
            });
    OkHttpClient http =
        okHttp(new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)));
    PersonaClient client = register(builder(server).httpClient(http).build());

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> client.events().list())
        .withMessageMatching(
            // OkHttp 5.5 has its own limit.
            "GET /api/v1/events failed: (the headers of the response are longer than 256 KiB"
                + "|more than 32 MiB were received without headers or a body)");
    assertThat(server.accepted()).isEqualTo(1);
    assertThat(sent.get()).isLessThan(2L * BYTES_OFFERED);
  }

  /** Reads the rest of the preface and all up to the first frame with headers. */
  private static void readHeaders(InputStream in) throws IOException {
    byte[] unused = in.readNBytes(6);
    byte[] head = in.readNBytes(9);
    while (head[3] != 1) {
      unused = in.readNBytes((head[1] & 0xff) << 8 | (head[2] & 0xff));
      head = in.readNBytes(9);
    }
  }

  /** A frame of the first stream, without any flag. */
  private static byte[] frame(int type, byte[] payload) {
    byte[] frame = new byte[9 + payload.length];
    frame[0] = (byte) (payload.length >> 16);
    frame[1] = (byte) (payload.length >> 8);
    frame[2] = (byte) payload.length;
    frame[3] = (byte) type;
    frame[8] = 3;
    System.arraycopy(payload, 0, frame, 9, payload.length);
    return frame;
  }
}
