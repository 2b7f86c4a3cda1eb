package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.CreateInquiryAttributes;
import io.github.persona4j.model.CreateInquiryData;
import io.github.persona4j.model.CreateInquiryRequest;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Url;

/** What the request log shows and what it hides. */
class RequestLogTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private PersonaClient client() {
    return api.builder()
        .retryPolicy(RetryPolicy.standard())
        .time(new TestTimeSource())
        .addInterceptor(RequestLog.to(lines::add))
        .build();
  }

  @Test
  void lines_showHeadersSizesAndTimes_butNoValuesOfCaller() {
    String inquiry = MockApi.INQUIRY.replace("inq_1", "inq_s3cret");
    api.respond(503, "", "Request-Id", "req-1")
        .respond(200, inquiry, "Request-Id", "req-2", "Set-Cookie", "s3cret");
    RequestOptions options = RequestOptions.builder().header("X-Person", "s3cret").build();
    ResourceQuery<Inquiry> query = ResourceQuery.fields("inquiry", "s3cret");

    try (PersonaClient client = client()) {
      client.inquiries().retrieve("inq_s3cret", query, options);
    }

    assertThat(lines).hasSize(4).noneMatch(line -> line.contains("s3cret"));
    assertThat(lines.get(0))
        .matches(
            "request: GET /api/v1/inquiries/\\{inquiry-id} \\(call \\d+, attempt 1\\), query:"
                + " \\[fields\\[inquiry]], headers: \\[.*")
        .contains("Persona-Version: 2025-12-08", "Authorization: ***", "X-Person: ***");
    assertThat(lines.get(1))
        .matches(
            "response: GET /api/v1/inquiries/\\{inquiry-id} \\(call \\d+, attempt 1\\): 503 after"
                + " \\d+ ms, body: 0 bytes after \\d+ ms, headers: \\[.*Request-Id: req-1.*]");
    assertThat(lines.get(2)).contains(", attempt 2)");
    assertThat(lines.get(3))
        .contains(": 200 after ", "body: " + inquiry.length() + " bytes")
        .contains("Request-Id: req-2", "Set-Cookie: ***");
  }

  @Test
  void post_showsBodySize_andNoKeys() {
    api.respond(201, MockApi.INQUIRY);
    CreateInquiryRequest request =
        CreateInquiryRequest.builder()
            .data(
                CreateInquiryData.builder()
                    .attributes(CreateInquiryAttributes.builder().note("s3cret").build())
                    .build())
            .build();

    try (PersonaClient client = client()) {
      client
          .inquiries()
          .create(
              request,
              ResourceQuery.none(),
              RequestOptions.builder().idempotencyKey("s3cret").build());
    }

    assertThat(lines).hasSize(2).noneMatch(line -> line.contains("s3cret"));
    assertThat(lines.get(0))
        .matches("request: POST /api/v1/inquiries \\(call \\d+, attempt 1\\), body: .*")
        .contains(request.toJson().length() + " bytes", "Idempotency-Key: ***")
        .doesNotContain(MockApi.KEY);
  }

  @Test
  void secretsOfOperations_areHidden() {
    api.respond(200, "{\"data\":{}}");

    try (PersonaClient client = client()) {
      Throwable unused =
          catchThrowable(
              () -> client.relay().generateClaim("token_s3cret", "s3cret", "PrivateToken s3cret"));
    }

    assertThat(lines).hasSize(2).noneMatch(line -> line.contains("s3cret"));
    assertThat(lines.get(0)).contains("Persona-Relay-Secret: ***", "Authorization: ***");
  }

  @Test
  void compressedBody_showsDecompressedSize() throws IOException {
    Buffer compressed = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(compressed))) {
      sink.writeUtf8(MockApi.EMPTY_PAGE);
    }
    api.respond(new MockResponse.Builder().body(compressed).addHeader("Content-Encoding", "gzip"));

    try (PersonaClient client = client()) {
      client.events().list();
    }

    assertThat(lines.get(1)).contains("body: " + MockApi.EMPTY_PAGE.length() + " bytes after");
  }

  @Test
  void brokenConnections_areLogged() {
    api.respond(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()))
        .respond(
            new MockResponse.Builder()
                .body(MockApi.EMPTY_PAGE.repeat(10_000))
                .onResponseBody(new SocketEffect.CloseSocket()))
        .respond(404, "");

    try (PersonaClient client = client()) {
      assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.events().list());
    }

    assertThat(lines).hasSize(6);
    assertThat(lines.get(1))
        .matches("no response: GET /api/v1/events \\(call \\d+, attempt 1\\): \\w+ after \\d+ ms");
    assertThat(lines.get(3)).contains(", attempt 2): 200 after ", "bytes, incomplete");
    assertThat(lines.get(5)).contains(", attempt 3): 404 after ");
  }

  private static final Pattern NUMBER = Pattern.compile("\\(call (\\d+), attempt \\d+\\)");

  /** The call numbers of the lines, in their order. */
  private List<Long> numbers() {
    return lines.stream()
        .map(
            line -> {
              Matcher number = NUMBER.matcher(line);
              assertThat(number.find()).as(line).isTrue();
              return Long.valueOf(number.group(1));
            })
        .toList();
  }

  @Test
  void linesOfOneCall_shareUniqueNumber() {
    try (PersonaClient client = client();
        PersonaClient another = client()) {
      for (PersonaClient each :
          List.of(client, another, client.withOptions(RequestOptions.none()))) {
        api.respond(503, "")
            .respond(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()))
            .respond(200, MockApi.EMPTY_PAGE);
        each.events().list();
        api.respond(429, "").respond(200, MockApi.EMPTY_PAGE);
        assertThat(
                each.sendAsync(
                    each.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none())))
            .succeedsWithin(Duration.ofSeconds(10));
      }
    }

    // Six lines of three attempts, four lines of two, and so on.
    List<Long> numbers = numbers();
    assertThat(numbers).hasSize(3 * (6 + 4));
    List<Long> calls = numbers.stream().distinct().toList();
    assertThat(calls).hasSize(6).isSorted();
    for (int i = 0; i < 6; i++) {
      assertThat(Collections.frequency(numbers, calls.get(i))).isEqualTo(i % 2 == 0 ? 6 : 4);
    }
  }

  @Test
  void linesOfConcurrentCalls_haveDifferentNumbers() throws Exception {
    int callers = 20;
    for (int i = 0; i < callers; i++) {
      api.respond(200, MockApi.EMPTY_PAGE);
    }
    try (PersonaClient client = client()) {
      CompletableFuture.allOf(
              Stream.generate(
                      () ->
                          client.sendAsync(
                              client
                                  .events()
                                  .api()
                                  .list(EventsApi.ListQuery.none(), RequestOptions.none())))
                  .limit(callers)
                  .toArray(CompletableFuture<?>[]::new))
          .get(10, TimeUnit.SECONDS);
    }

    List<Long> numbers = numbers();
    assertThat(numbers).hasSize(2 * callers);
    assertThat(Set.copyOf(numbers))
        .hasSize(callers)
        .allSatisfy(number -> assertThat(Collections.frequency(numbers, number)).isEqualTo(2));
  }

  @Test
  void linesOfDownload_shareNumberAcrossRedirects(@TempDir Path folder) throws Exception {
    String origin = "http://127.0.0.1:" + api.server().getPort();
    api.respond(302, "", "Location", "/moved").respond(200, "photo");
    try (PersonaClient client =
        api.builder().addInterceptor(RequestLog.to(lines::add)).allowFilesFrom(origin).build()) {
      client.files().saveAs(origin + "/photo", folder.resolve("photo"));
    }

    assertThat(numbers()).hasSize(4).containsOnly(numbers().get(0));
  }

  @Test
  void attemptFailedByInterceptor_isLogged() {
    try (PersonaClient client =
        api.builder()
            .addInterceptor(RequestLog.to(lines::add))
            .addInterceptor(
                chain -> {
                  throw new IllegalStateException("mine");
                })
            .build()) {
      assertThatIllegalStateException().isThrownBy(() -> client.events().list());
    }

    assertThat(lines.get(1))
        .matches(
            "no response: GET /api/v1/events \\(call \\d+, attempt 1\\): IllegalStateException"
                + " after \\d+ ms");
  }

  @Test
  void requestOfPlainOkHttpClient_hasNumber() throws Exception {
    OkHttpClient httpClient =
        new OkHttpClient.Builder().addInterceptor(RequestLog.to(lines::add)).build();
    api.respond(200, "").respond(200, "");
    for (int i = 0; i < 2; i++) {
      httpClient.newCall(new Request.Builder().url(api.url()).build()).execute().close();
    }
    httpClient.dispatcher().executorService().shutdown();
    httpClient.connectionPool().evictAll();

    List<Long> numbers = numbers();
    assertThat(numbers).hasSize(4);
    assertThat(numbers.get(0)).isEqualTo(numbers.get(1)).isLessThan(numbers.get(2));
    assertThat(numbers.get(2)).isEqualTo(numbers.get(3));
  }

  @Test
  void responseHeader_cannotBreakLine() {
    api.respond(
        new MockResponse.Builder()
            .body(MockApi.EMPTY_PAGE)
            .addHeaderLenient("Server", "a\u001b[2Jb" + "x".repeat(500)));

    try (PersonaClient client = client()) {
      client.events().list();
    }

    assertThat(lines.get(1)).contains("Server: a?[2Jbxxx").contains("x...").hasSizeLessThan(500);
  }

  interface CustomApi {
    @GET
    Call<ResponseBody> whole(@Url HttpUrl url);
  }

  @Test
  void query_showsOnlyValidNamesWithValues() throws IOException {
    api.respond(200, "");
    String query =
        "?a%0Aforged=1&s3cret&c2VjcmV0s3cret=&page%5Bsize%5D=5&fields[a/b]=c&"
            + "s3cret".repeat(20)
            + "=1&ada@s3cret=1&q=s3cret";

    try (PersonaClient client = client()) {
      client.api(CustomApi.class).whole(HttpUrl.get(api.url() + "/things" + query)).execute();
    }

    assertThat(lines).noneMatch(line -> line.contains("s3cret") || line.contains("\n"));
    assertThat(lines.get(0)).contains(", query: [***, page[size], fields[a/b], q], headers: [");
  }

  @Test
  void responseHeaderNames_areTruncatedAndSanitized() {
    MockResponse.Builder response = new MockResponse.Builder().body(MockApi.EMPTY_PAGE);
    response
        .addHeaderLenient("X-a\u001b[2J, Server", "1")
        .addHeaderLenient("X-" + "long".repeat(50), "1");
    for (int i = 0; i < 150; i++) {
      response.addHeader("N" + i, "1");
    }
    api.respond(response);

    try (PersonaClient client = client()) {
      client.events().list();
    }

    assertThat(lines.get(1))
        .contains("X-a??2J??Server: ***", "longlo...: ***", "N90: ***", " more]")
        .doesNotContain("N140")
        .hasSizeLessThan(2_000);
  }

  @Test
  void throwingLog_doesNotAffectCall() {
    api.respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        api.builder()
            .addInterceptor(
                RequestLog.to(
                    line -> {
                      throw new IllegalStateException(line);
                    }))
            .build()) {
      assertThat(client.events().list().items()).isEmpty();
    }
  }
}
