package io.github.persona4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.error.BadRequestException;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.json.MalformedJsonException;
import io.github.persona4j.json.MalformedJsonException.Reason;
import io.github.persona4j.model.EventResponse;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.paging.Page;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that would exhaust the memory or the stack throws an exception. */
class DecodingLimitsTest {
  private static final long DECOMPRESSED_SIZE = 61_000_000;
  private static final String TOO_LARGE = "MalformedResponseException TOO_LARGE";
  private static final String NO_ERRORS = "BadRequestException, errors: 0";

  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /**
   * A large response that compresses well: one part repeated many times, between a start and an
   * end.
   */
  private record LargeResponse(
      String name, int status, String start, String part, String end, String outcome) {
    LargeResponse(String name, String start, String part, String end) {
      this(name, 200, start, part, end, TOO_LARGE);
    }

    byte[] compressed() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream zip = new GZIPOutputStream(bytes)) {
        zip.write(start.getBytes(UTF_8));
        byte[] some = part.repeat(1000).getBytes(UTF_8);
        for (long length = 0; length < DECOMPRESSED_SIZE; length += some.length) {
          zip.write(some);
        }
        zip.write(end.getBytes(UTF_8));
      }
      return bytes.toByteArray();
    }
  }

  private static List<LargeResponse> largeResponses() {
    return List.of(
        new LargeResponse("objects", "{\"data\":[", "{},", "{}]}"),
        new LargeResponse("nulls", "{\"data\":[", "null,", "{}]}"),
        new LargeResponse("numbers", "{\"data\":[", "1,", "{}]}"),
        new LargeResponse("attributes", "{\"data\":[", "{\"attributes\":{}},", "{}]}"),
        new LargeResponse(
            "fields", "{\"data\":[", "{\"attributes\":{\"fields\":{\"x\":{}}}},", "{}]}"),
        new LargeResponse("tags", "{\"data\":[{\"attributes\":{\"tags\":[", "\"\",", "\"\"]}}]}"),
        new LargeResponse("string", "{\"data\":[{\"id\":\"", "x", "\"}]}"),
        new LargeResponse("escapes", "{\"data\":[{\"id\":\"", "\\n", "\"}]}"),
        new LargeResponse("name", "{\"data\":[],\"", "x", "\":1}"),
        new LargeResponse("lists within", "{\"data\":[],\"x\":[", "[],", "[]]}"),
        new LargeResponse("objects within", "{\"data\":[],\"x\":[", "{\"a\":{}},", "{}]}"),
        new LargeResponse("string within", "{\"data\":[],\"x\":[\"", "x", "\"]}"),
        new LargeResponse("number within", "{\"data\":[],\"x\":[", "1", "]}"),
        new LargeResponse("spaces", 200, "{\"data\":[", " ", "{}]}", "a value"),
        new LargeResponse("errors", 400, "{\"errors\":[", "{},", "{}]}", NO_ERRORS),
        new LargeResponse("title", 400, "{\"errors\":[{\"title\":\"", "x", "\"}]}", NO_ERRORS));
  }

  /** Runs in a separate JVM, with the default limits. */
  static final class Program {
    public static void main(String[] arguments) {
      for (int i = 0; i < largeResponses().size(); i++) {
        try (PersonaClient client =
            PersonaClient.builder()
                .apiKey("k")
                .baseUrl(arguments[0] + "/" + i + "/")
                .retryPolicy(RetryPolicy.none())
                .build()) {
          System.out.println(outcome(() -> client.inquiries().list()));
          System.out.println(
              outcome(
                  () ->
                      client
                          .sendAsync(
                              client
                                  .inquiries()
                                  .api()
                                  .list(InquiriesApi.ListQuery.none(), RequestOptions.none()))
                          .join()));
        }
      }
    }

    private static String outcome(Callable<?> call) {
      Throwable failure = catchThrowable(call::call);
      if (failure == null) {
        return "a value";
      }
      if (failure instanceof CompletionException && failure.getCause() != null) {
        failure = failure.getCause();
      }
      String name = failure.getClass().getSimpleName();
      if (failure instanceof BadRequestException badRequest) {
        return name + ", errors: " + badRequest.errors().size();
      }
      return failure.getCause() instanceof MalformedJsonException cause
          ? name + " " + cause.reason()
          : failure.toString();
    }
  }

  @Test
  void largeDecompressedResponses_inSmallHeap_throwException() throws Exception {
    List<byte[]> bodies = new ArrayList<>();
    for (LargeResponse largeResponse : largeResponses()) {
      bodies.add(largeResponse.compressed());
    }
    assertThat(bodies.get(0)).hasSizeLessThan(100_000);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> respond(exchange, bodies));
    server.start();
    try (ChildJvm program =
        new ChildJvm(
            List.of("-Xmx64m", "-XX:+UseSerialGC"),
            Program.class,
            "http://127.0.0.1:" + server.getAddress().getPort())) {
      for (LargeResponse largeResponse : largeResponses()) {
        assertThat(program.line())
            .as(largeResponse.name + ", blocking")
            .isEqualTo(largeResponse.outcome);
        assertThat(program.line())
            .as(largeResponse.name + ", async")
            .isEqualTo(largeResponse.outcome);
      }
      program.awaitEnd();
    } finally {
      server.stop(0);
    }
  }

  private static void respond(HttpExchange exchange, List<byte[]> bodies) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      int number = Integer.parseInt(path.substring(1, path.indexOf('/', 1)));
      byte[] body = bodies.get(number);
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(largeResponses().get(number).status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  // ---- the settings ----

  private static final String PAGE = "{\"data\":[" + "{},".repeat(10_000) + "{}]}";

  private static MalformedResponseException failureOfList(PersonaClient client) {
    MalformedResponseException failure =
        catchThrowableOfType(MalformedResponseException.class, () -> client.inquiries().list());
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void responseLongerThanLimit_isMalformed() {
    api.respond(200, PAGE).respond(200, PAGE);

    try (PersonaClient client = api.builder().maxResponseBytes(PAGE.length()).build()) {
      assertThat(client.inquiries().list().items()).hasSize(10_001);
    }
    try (PersonaClient client = api.builder().maxResponseBytes(PAGE.length() - 1).build()) {
      MalformedResponseException failure = failureOfList(client);

      assertThat(failure)
          .hasMessageStartingWith("GET /api/v1/inquiries returned 200")
          .hasMessageContaining(
              "the document is too long (maxResponseBytes is " + (PAGE.length() - 1) + ")");
      assertThat(((MalformedJsonException) Objects.requireNonNull(failure.getCause())).reason())
          .isEqualTo(Reason.TOO_LONG);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 2_000_000, 10_000_000})
  void responseLongerThanLimit_ofAnyLength_isMalformed(int length) {
    String page = "{\"data\":[]" + " ".repeat(length) + "}";
    api.respond(200, page).respond(200, page);

    try (PersonaClient client = api.builder().maxResponseBytes(50_000).build()) {
      assertThat(failureOfList(client)).hasMessageContaining("maxResponseBytes is 50000");
    }
    try (PersonaClient client = api.builder().maxResponseBytes(20_000_000).build()) {
      assertThat(client.inquiries().list().items()).isEmpty();
    }
  }

  @Test
  void responseExceedingMemoryLimit_isMalformed_alsoForDerivedClients() {
    api.respond(200, PAGE).respond(200, PAGE).respond(200, PAGE).respond(200, PAGE);

    try (PersonaClient client = api.builder().maxDecodedBytes(500_000).build()) {
      MalformedResponseException failure = failureOfList(client);

      assertThat(failure)
          .hasMessageContaining("decoding takes too much memory (maxDecodedBytes is 500000)");
      assertThat(((MalformedJsonException) Objects.requireNonNull(failure.getCause())).reason())
          .isEqualTo(Reason.TOO_LARGE);
      PersonaClient derived =
          client.withOptions(RequestOptions.builder().callTimeout(Duration.ofSeconds(10)).build());
      assertThat(failureOfList(derived)).hasMessageContaining("maxDecodedBytes is 500000");
      assertThat(
              catchThrowable(
                  () ->
                      client
                          .sendAsync(
                              client
                                  .inquiries()
                                  .api()
                                  .list(InquiriesApi.ListQuery.none(), RequestOptions.none()))
                          .join()))
          .hasCauseInstanceOf(MalformedResponseException.class)
          .hasMessageContaining("maxDecodedBytes is 500000");
    }
    try (PersonaClient client = api.builder().maxDecodedBytes(1_000_000).build()) {
      assertThat(client.inquiries().list().items()).hasSize(10_001);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void limitBelowOne_throwsIllegalArgument(long bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().maxResponseBytes(bytes))
        .withMessage("maxResponseBytes must be from 1 byte to 512 MiB");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().maxDecodedBytes(bytes))
        .withMessage("maxDecodedBytes must be 1 byte or more");
  }

  @Test
  void errorBodyWithManyTitles_isSummarized() {
    StringBuilder body = new StringBuilder("{\"errors\":[");
    for (int i = 0; i < 45_000; i++) {
      body.append("{\"title\":\"t").append(i).append("\"},");
    }
    api.respond(400, body.append("{\"title\":\"t0\"}]}").toString());

    BadRequestException badRequest;
    try (PersonaClient client = api.builder().errorDetailsInMessages(true).build()) {
      badRequest = catchThrowableOfType(BadRequestException.class, () -> client.inquiries().list());
    }

    assertThat(badRequest.errors()).hasSize(45_001);
    assertThat(badRequest).hasMessageEndingWith(": t0; t1; t2; and 44997 more, not retried");
  }

  // ---- names with control characters ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":{},\"included\":[],\"@x\":1}",
        "{\"data\":{\"type\":\"inquiry\",\"id\":\"inq_1\",\"@\":1}}",
        "{\"data\":{},\"data@\":1}"
      })
  void rawControlCharacterInName_isMalformed(String body) {
    for (char character : new char[] {0, 1, 31}) {
      String raw = body.replace('@', character);
      api.respond(200, raw).respond(200, raw);

      assertThat(catchThrowable(() -> api.client().inquiries().retrieve("inq_1")))
          .isInstanceOf(MalformedResponseException.class)
          .hasMessageContaining("the document is not JSON");
      assertThat(
              catchThrowable(
                  () ->
                      api.client()
                          .sendAsync(
                              api.client()
                                  .inquiries()
                                  .api()
                                  .retrieve("inq_1", ResourceQuery.none(), RequestOptions.none()))
                          .get(10, TimeUnit.SECONDS)))
          .hasCauseInstanceOf(MalformedResponseException.class);
    }
  }

  @Test
  void controlCharacterInNameOfErrorBody_throwsExceptionOfStatus() {
    for (String name : List.of("\0x", "\\u0000x")) {
      String body =
          "{\"errors\":[{\"title\":\"Bad request\",\"" + name + "\":1}],\"" + name + "\":1}";
      api.respond(400, body).respond(400, body);

      BadRequestException badRequest =
          catchThrowableOfType(BadRequestException.class, () -> api.client().inquiries().list());
      assertThat(badRequest.errors()).hasSize(name.startsWith("\0") ? 0 : 1);
      assertThat(
              catchThrowable(
                  () ->
                      api.client()
                          .sendAsync(
                              api.client()
                                  .inquiries()
                                  .api()
                                  .list(InquiriesApi.ListQuery.none(), RequestOptions.none()))
                          .get(10, TimeUnit.SECONDS)))
          .hasCauseInstanceOf(BadRequestException.class);
    }
  }

  // ---- nesting ----

  private static <T> T onSmallStack(Callable<T> task) throws Exception {
    FutureTask<T> future = new FutureTask<>(task);
    new Thread(null, future, "small stack", 192 * 1024).start();
    return future.get(30, TimeUnit.SECONDS);
  }

  private static String nested(int levels) {
    return "{\"a\":[".repeat(levels / 2) + "]}".repeat(levels / 2);
  }

  @Test
  void deeplyNestedPayload_onSmallStack_isDecodedComparedAndPrinted() throws Exception {
    String event =
        "{\"data\":{\"type\":\"event\",\"id\":\"evt_1\",\"attributes\":{\"payload\":{\"data\":"
            + "{\"type\":\"new\",\"attributes\":{\"x\":@}}},\"context\":@}}}";
    String body = event.replace("@", nested(500));
    api.respond(200, body).respond(200, body);

    EventResponse one = onSmallStack(() -> api.client().events().retrieve("evt_1"));
    EventResponse other = onSmallStack(() -> api.client().events().retrieve("evt_1"));

    assertThat(onSmallStack(() -> one.equals(other))).isTrue();
    assertThat(onSmallStack(one::hashCode)).isEqualTo(other.hashCode());
    assertThat(onSmallStack(one::toString)).isNotEmpty();
    assertThat(onSmallStack(one::toJson)).isEqualTo(body);

    api.respond(200, event.replace("@", nested(520)));
    assertThat(onSmallStack(() -> catchThrowable(() -> api.client().events().retrieve("evt_1"))))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("nested too deeply (more than 512 levels)");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 600, 200_000})
  void deeplyNestedErrorBody_onSmallStack_throwsExceptionOfStatus(int levels) throws Exception {
    api.respond(400, "{\"errors\":[{\"title\":\"Bad\",\"meta\":" + nested(levels) + "}]}");

    Throwable badRequest =
        onSmallStack(() -> catchThrowable(() -> api.client().inquiries().list()));

    assertThat(badRequest).isInstanceOf(BadRequestException.class);
    assertThat(((BadRequestException) badRequest).errors()).hasSize(levels < 500 ? 1 : 0);
  }

  @Test
  void realisticPage_isDecodedWithinDefaultLimits() {
    String inquiry =
        "{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"status\":\"created\",\"fields\":{"
            + "\"name-first\":{\"type\":\"string\",\"value\":\"Ada\"}}}}";
    String included =
        "{\"type\":\"account\",\"id\":\"act_1\",\"attributes\":{\"reference-id\":\"customer-1\"}}";
    api.respond(
        200,
        "{\"data\":["
            + (inquiry + ",").repeat(99)
            + inquiry
            + "],\"included\":["
            + (included + ",").repeat(20_000)
            + included
            + "]}");

    Page<Inquiry> page = api.client().inquiries().list();

    assertThat(page.items()).hasSize(100);
    assertThat(Objects.requireNonNull(page.response().property("included")).asList())
        .hasSize(20_001);
  }
}
