package io.github.persona4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.BadRequestException;
import io.github.persona4j.error.ConflictException;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PermissionDeniedException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.error.RequestTimeoutException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.error.UnprocessableEntityException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.ErrorObject;
import io.github.persona4j.model.ErrorSource;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.http.POST;

/** Every way in which a call fails, on real sockets, and the exception that it throws. */
class FailedCallsTest {
  private static final String ERRORS =
      """
      {"errors": [
        {"title": "Bad thing", "details": "birthdate 1977-07-17 is wrong", "code": "bad",
         "source": {"pointer": "/data/attributes/birthdate"}, "meta": {"given": "1977-07-17"}},
        {"title": "Other thing"}
      ]}
      """;

  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  // ---- a status of 400 or more ----

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(400, BadRequestException.class),
        Arguments.of(401, AuthenticationException.class),
        Arguments.of(403, PermissionDeniedException.class),
        Arguments.of(404, NotFoundException.class),
        Arguments.of(405, PersonaApiException.class),
        Arguments.of(408, RequestTimeoutException.class),
        Arguments.of(409, ConflictException.class),
        Arguments.of(418, PersonaApiException.class),
        Arguments.of(422, UnprocessableEntityException.class),
        Arguments.of(429, RateLimitException.class),
        Arguments.of(500, ServerException.class),
        Arguments.of(502, ServerException.class),
        Arguments.of(503, ServerException.class),
        Arguments.of(504, ServerException.class),
        Arguments.of(599, ServerException.class),
        Arguments.of(600, PersonaApiException.class));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void errorStatus_throwsExceptionWithAllDetails(
      int status, Class<? extends PersonaApiException> type) {
    MockResponse.Builder response =
        new MockResponse.Builder()
            .code(status)
            .body(ERRORS)
            .addHeader("Content-Type", "application/json")
            .addHeader("Request-Id", "req-1")
            .addHeader("RateLimit-Limit", "300")
            .addHeader("RateLimit-Remaining", "7")
            .addHeader("RateLimit-Reset", "42")
            .addHeader("Quota-Limit", "1000")
            .addHeader("Quota-Remaining", "0")
            .addHeader("Quota-Reset", "86400");
    // OkHttp itself retries a 408 once.
    api.respond(response).respond(response);

    PersonaApiException failure = failure(PersonaApiException.class);

    assertThat(failure).isExactlyInstanceOf(type);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.requestId()).isEqualTo("req-1");
    assertThat(failure.method()).isEqualTo("GET");
    assertThat(failure.path()).isEqualTo("/api/v1/events");
    assertThat(failure.body()).isEqualTo(ERRORS);
    assertThat(failure)
        .hasMessage(
            "GET /api/v1/events failed with "
                + status
                + " [bad at /data/attributes/birthdate]"
                + switch (status) {
                  case 401 -> "; check the API key (a sandbox key is in use), request req-1";
                  case 403 ->
                      "; the creation quota is exhausted and resets in 86400 s, request req-1";
                  case 429 ->
                      "; the creation quota is exhausted and resets in 86400 s, request req-1,"
                          + " not retried";
                  default -> ", request req-1, not retried";
                });

    assertThat(failure.errors()).hasSize(2);
    ErrorObject error = failure.errors().get(0);
    assertThat(error.title()).isEqualTo("Bad thing");
    assertThat(error.details()).isEqualTo("birthdate 1977-07-17 is wrong");
    assertThat(error.code()).isEqualTo("bad");
    ErrorSource source = error.source();
    assertThat(source).isNotNull();
    assertThat(source.pointer()).isEqualTo("/data/attributes/birthdate");
    assertThat(error.property("meta")).isNotNull();
    assertThat(failure.errors().get(1).details()).isNull();

    RateLimits limits = failure.rateLimits();
    assertThat(limits.limit()).isEqualTo(300);
    assertThat(limits.remaining()).isEqualTo(7);
    assertThat(limits.resetSeconds()).isEqualTo(42);
    assertThat(limits.quotaLimit()).isEqualTo(1000);
    assertThat(limits.quotaRemaining()).isZero();
    assertThat(limits.quotaResetSeconds()).isEqualTo(86400);
  }

  @Test
  void absentOrInvalidRateLimitHeaders_areNull() {
    api.respond(
        429, "", "RateLimit-Limit", "many", "RateLimit-Remaining", "-1", "RateLimit-Reset", " 5 ");

    RateLimits limits = failure(RateLimitException.class).rateLimits();

    assertThat(limits.limit()).isNull();
    assertThat(limits.remaining()).isNull();
    assertThat(limits.resetSeconds()).isEqualTo(5);
    assertThat(limits.quotaLimit()).isNull();
  }

  static Stream<String> bodiesWithoutErrors() {
    return Stream.of(
        "",
        "   ",
        "<html><head><title>502 Bad Gateway</title></head></html>",
        "upstream connect error",
        "{\"error\":\"Zoe is not known\",\"error_description\":\"no\"}",
        "{\"error\":\"\"}",
        "{\"errors\":null,\"error\":\"invalid_client\"}",
        "{\"errors\":null}",
        "{\"errors\":{\"title\":\"x\"}}",
        "{\"errors\":[]}",
        "{\"errors\":[{\"title\":\"x\"",
        "[]",
        "null",
        "7",
        "\u0000\u0001");
  }

  @ParameterizedTest
  @MethodSource("bodiesWithoutErrors")
  void errorBody_withoutErrors_keepsStatusAndBody(String body) {
    api.respond(503, body, "Request-Id", "req-2");

    ServerException failure = failure(ServerException.class);

    assertThat(failure.errors()).isEmpty();
    assertThat(failure.body()).isEqualTo(body);
    assertThat(failure)
        .hasMessage("GET /api/v1/events failed with 503, request req-2, not retried")
        .hasNoCause();
  }

  @Test
  void errorBody_withInvalidEntries_keepsValidOnes() {
    api.respond(
        400, "{\"errors\":[{\"title\":\"Good\"},{\"title\":7},8,null,{\"title\":\"Good\"}]}");

    BadRequestException failure = failure(BadRequestException.class);

    assertThat(failure.errors()).hasSize(3);
    assertThat(failure).hasMessage("GET /api/v1/events failed with 400, not retried");
  }

  @Test
  void longOrMultilineTitles_areShortenedToOneLine() {
    StringBuilder body = new StringBuilder("{\"errors\":[");
    for (int i = 0; i < 50; i++) {
      body.append("{\"title\":\"T").append(i).append("\\nline ").append("x".repeat(500));
      body.append("\"},");
    }
    body.append("{\"title\":\"last\"}]}");
    api.respond(400, body.toString());

    BadRequestException failure;
    try (PersonaClient client = api.builder().errorDetailsInMessages(true).build()) {
      failure = catchThrowableOfType(BadRequestException.class, () -> client.events().list());
    }

    assertThat(failure.errors()).hasSize(51);
    assertThat(failure.getMessage())
        .hasSizeLessThan(500)
        .doesNotContain("\n")
        .contains(": T0 line xxx")
        .endsWith("; and 48 more, not retried");
  }

  @Test
  void largeErrorBody_isTruncatedToOneMebibyte() {
    api.respond(500, "é".repeat(3 * 1024 * 1024));

    ServerException failure = failure(ServerException.class);

    assertThat(failure.body().getBytes(UTF_8)).hasSize(1024 * 1024);
    assertThat(failure.errors()).isEmpty();
  }

  @Test
  void compressedErrorBody_isTruncatedToOneMebibyte() throws IOException {
    Buffer compressed = new Buffer();
    try (var gzip = Okio.buffer(new GzipSink(compressed))) {
      gzip.write(new byte[50 * 1024 * 1024]);
    }
    api.respond(
        new MockResponse.Builder()
            .code(500)
            .body(compressed)
            .addHeader("Content-Encoding", "gzip"));

    assertThat(failure(ServerException.class).body()).hasSize(1024 * 1024);
  }

  @Test
  void truncatedErrorBody_keepsStatusAndReceivedPart() {
    api.respond(
        new MockResponse.Builder()
            .code(500)
            .body("{\"errors\":[" + " ".repeat(100_000))
            .addHeader("Request-Id", "req-3")
            .onResponseBody(new SocketEffect.CloseSocket()));

    ServerException failure = failure(ServerException.class);

    assertThat(failure.requestId()).isEqualTo("req-3");
    assertThat(failure.body()).startsWith("{\"errors\":[").hasSizeLessThan(100_011);
  }

  @Test
  void errorBody_inAnotherCharset_isDecoded() {
    api.respond(
        new MockResponse.Builder()
            .code(404)
            .body(new Buffer().writeString("café", ISO_8859_1))
            .addHeader("Content-Type", "text/plain; charset=ISO-8859-1"));

    assertThat(failure(NotFoundException.class).body()).isEqualTo("café");
  }

  @Test
  void exception_hasAllResponseHeaders() {
    api.respond(403, "", "Persona-Environment-Id", "env_1", "X-Hop", "a", "X-Hop", "b");

    PermissionDeniedException failure = failure(PermissionDeniedException.class);

    assertThat(failure.header("persona-environment-id")).isEqualTo("env_1");
    assertThat(failure.header("x-hop")).isEqualTo("b");
    assertThat(failure.headers().get("X-HOP")).containsExactly("a", "b");
    assertThat(failure.header("X-None")).isNull();
    assertThat(failure.toString()).doesNotContain("env_1");
  }

  @Test
  void conflict_withInvalidErrors_isNotStaleObject() {
    try (PersonaClient client =
        api.builder()
            .time(new TestTimeSource())
            .retryPolicy(RetryPolicy.builder().retryStaleObjects(true).build())
            .build()) {
      for (String body : List.of("{\"errors\":[null]}", "{\"errors\":[7,{\"title\":7}]}")) {
        api.respond(409, body);

        assertThatExceptionOfType(ConflictException.class)
            .isThrownBy(() -> client.inquiries().create(MockApi.NEW_INQUIRY));
      }
    }
  }

  // ---- malformed success ----

  static Stream<String> malformedJson() {
    return Stream.of(
        "", "{", "{\"data\":[", "{\"data\":[]}}", "not json", "[]", "null", "{}", "{\"data\":7}");
  }

  @ParameterizedTest
  @MethodSource("malformedJson")
  void successBody_withUnexpectedJson_isMalformed(String body) {
    api.respond(200, body, "Content-Type", "application/json", "Request-Id", "req-4");

    MalformedResponseException failure = failure(MalformedResponseException.class);

    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure.requestId()).isEqualTo("req-4");
    assertThat(failure.body()).isNull();
    assertThat(failure.getMessage())
        .startsWith(
            "GET /api/v1/events returned 200 (request id req-4): the response does not match its"
                + " description: ")
        .endsWith(", content type application/json");
    assertThat(failure).hasCauseInstanceOf(io.github.persona4j.json.JsonException.class);
  }

  @Test
  void successBody_withHtml_isMalformedAndShowsTitle() {
    String page =
        "<!DOCTYPE html>\n<html><head><TITLE lang=en>\n Sign in as jane.doe@example.com,"
            + " 555 867-5309 </TITLE></head><body>Hello Jane</body></html>";
    api.respond(200, page, "Content-Type", "text/html; charset=utf-8", "Request-Id", "req-5");

    MalformedResponseException failure = failure(MalformedResponseException.class);

    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure.requestId()).isEqualTo("req-5");
    assertThat(failure.body()).isEqualTo(page);
    assertThat(failure.getMessage())
        .endsWith(", content type text/html; charset=utf-8, page title \"Sign in as *** ***\"")
        .doesNotContain("Jane", "jane", "867");
  }

  @Test
  void successBody_withPlainText_isMalformedAndNotShown() {
    api.respond(200, "Jane Doe, 1977-07-17", "Content-Type", "text/plain");

    MalformedResponseException failure = failure(MalformedResponseException.class);

    assertThat(failure.body()).isEqualTo("Jane Doe, 1977-07-17");
    assertThat(failure.getMessage()).endsWith("content type text/plain").doesNotContain("Jane");
  }

  @Test
  void successBody_withJsonOfAnotherContentType_isDecoded() {
    api.respond(200, MockApi.EMPTY_PAGE, "Content-Type", "text/plain");

    assertThat(api.client().events().list().items()).isEmpty();
  }

  @Test
  void largeHtmlBody_isTruncated() {
    api.respond(200, "<html>" + "x".repeat(5_000_000), "Content-Type", "text/html");

    assertThat(failure(MalformedResponseException.class).body()).hasSize(64 * 1024);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205})
  void emptySuccess_whereBodyIsExpected_isMalformed(int status) {
    api.respond(new MockResponse.Builder().code(status).addHeader("Request-Id", "req-6"));

    assertThat(failure(MalformedResponseException.class))
        .hasMessage(
            "GET /api/v1/events returned " + status + " (request id req-6): there is no content");
  }

  @Test
  void emptySuccess_whereNoBodyIsExpected_succeeds() {
    api.respond(new MockResponse.Builder().code(204));

    ApiResponse<Void> response = api.client().send(api.client().api(EmptyResponseApi.class).poke());

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body()).isNull();
  }

  interface EmptyResponseApi {
    @POST("poke")
    Call<Void> poke();
  }

  @Test
  void status304_isMalformed() {
    api.respond(new MockResponse.Builder().code(304));

    assertThat(failure(MalformedResponseException.class))
        .hasMessage("GET /api/v1/events returned 304: this status is not expected");
  }

  // ---- no response ----

  @Test
  void silentServer_exceedsReadTimeout() {
    api.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    try (PersonaClient client = api.builder().readTimeout(Duration.ofMillis(200)).build()) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.events().list())
          .withMessage(
              "GET /api/v1/events failed: 127.0.0.1:"
                  + api.server().getPort()
                  + " did not respond in time")
          .withCauseInstanceOf(SocketTimeoutException.class)
          .satisfies(e -> assertThat(e.isTimeout()).isTrue());
    }
  }

  @Test
  void slowBody_exceedsCallTimeout() {
    api.respond(
        new MockResponse.Builder()
            .body(MockApi.EMPTY_PAGE)
            .throttleBody(1, 100, TimeUnit.MILLISECONDS));
    try (PersonaClient client = api.builder().callTimeout(Duration.ofMillis(300)).build()) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.events().list())
          .withCauseInstanceOf(InterruptedIOException.class)
          .satisfies(e -> assertThat(e.isTimeout()).isTrue());
    }
  }

  @Test
  void truncatedSuccessBody_throwsConnectionException() {
    api.respond(
        new MockResponse.Builder()
            .body("{\"data\":[" + " ".repeat(100_000) + "]}")
            .addHeader("Content-Type", "application/json")
            .addHeader("Request-Id", "req-7")
            .onResponseBody(new SocketEffect.CloseSocket()));

    assertThat(failure(PersonaConnectionException.class))
        .hasMessageStartingWith(
            "GET /api/v1/events (request id req-7) failed: the connection to 127.0.0.1:");
  }

  // ---- secrets ----

  static Stream<MockResponse.Builder> failingResponses() {
    MockResponse.Builder secretBody =
        new MockResponse.Builder().body("{\"data\":\"SECRET\"}").addHeader("Request-Id", "r");
    return Stream.of(
        secretBody.clone().code(200),
        secretBody.clone().code(200).addHeader("Content-Type", "text/plain"),
        secretBody.clone().code(200).body("SECRET"),
        secretBody.clone().code(200).body("{\"data\":[{\"type\":\"event\",\"id\":\"SECRET\""),
        secretBody.clone().code(302).addHeader("Location", "/SECRET?SECRET=SECRET"),
        secretBody.clone().code(400),
        secretBody
            .clone()
            .code(422)
            .body(
                "{\"errors\":[{\"title\":\"SECRET\",\"details\":\"SECRET\",\"code\":\"SECRET 1\","
                    + "\"source\":{\"pointer\":\"SECRET\"},\"meta\":{\"a\":\"SECRET\"}}]}"),
        secretBody.clone().code(500).body("SECRET"),
        secretBody.clone().code(502).body("<title>SECRET</title>"),
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()),
        new MockResponse.Builder()
            .body("SECRET".repeat(10_000))
            .onResponseBody(new SocketEffect.CloseSocket()));
  }

  @ParameterizedTest
  @MethodSource("failingResponses")
  void anyFailure_showsNoKeyQueryOrBody(MockResponse.Builder response) {
    api.respond(response).respond(response);
    EventsApi.ListQuery query =
        EventsApi.ListQuery.builder().filterObjectId("SECRET").pageAfter("SECRET").build();
    RequestOptions options =
        RequestOptions.builder().idempotencyKey("SECRET").header("X-A", "SECRET").build();

    PersonaException failure =
        catchThrowableOfType(
            PersonaException.class, () -> api.client().events().list(query, options));

    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).contains("/api/v1/events").doesNotContain("SECRET", MockApi.KEY);
    assertThat(failure.call()).isNotNull();
    assertThat(String.valueOf(failure.call())).doesNotContain("SECRET", MockApi.KEY);
  }

  private <E extends PersonaException> E failure(Class<E> type) {
    E failure = catchThrowableOfType(type, () -> api.client().events().list());
    assertThat(failure).isNotNull();
    return failure;
  }
}
