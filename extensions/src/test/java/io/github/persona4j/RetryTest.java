package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.ConflictException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.CreateInquiryResponse;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.Url;

/** What is retried, how often and when, and what callers see of it; on real sockets. */
class RetryTest {
  private static final String STALE = "{\"errors\":[{\"title\":\"Stale object error\"}]}";

  private final TestTimeSource time = new TestTimeSource();
  private MockApi api;
  private PersonaClient client;

  interface CustomApi {
    @GET("things")
    Call<ResponseBody> get();

    @POST("things")
    Call<ResponseBody> post(@Body RequestBody body);

    @POST
    Call<ResponseBody> postTo(@Url String url, @Body RequestBody body);

    @PATCH("things")
    Call<ResponseBody> patch(@Body RequestBody body);

    @DELETE("things")
    Call<ResponseBody> delete();
  }

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    client = client(RetryPolicy.standard());
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  private PersonaClient client(RetryPolicy policy) {
    return api.builder().retryPolicy(policy).time(time).build();
  }

  private static CustomApi customApi(PersonaClient client) {
    return client.api(CustomApi.class);
  }

  private static RequestBody body() {
    return RequestBody.create("{\"a\": 1}", MediaType.get("application/json"));
  }

  private static MockResponse.Builder droppedConnection() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket());
  }

  // ---- types of calls ----

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 502, 503, 504})
  void getAndDelete_afterTemporaryStatus_areRetried(int status) throws Exception {
    api.respond(status, "").respond(200, "{}").respond(status, "").respond(200, "{}");

    assertThat(customApi(client).get().execute().code()).isEqualTo(200);
    assertThat(customApi(client).delete().execute().code()).isEqualTo(200);

    assertThat(api.server().getRequestCount()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 410, 422, 500, 501, 505})
  void get_afterPermanentStatus_isNotRetried(int status) throws Exception {
    api.respond(status, STALE);

    assertThat(customApi(client).get().execute().code()).isEqualTo(status);

    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void get_withBrokenConnection_isRetried() {
    api.respond(droppedConnection()).respond(droppedConnection()).respond(200, MockApi.EMPTY_PAGE);

    assertThat(client.events().list().items()).isEmpty();

    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void get_withTruncatedResponse_isRetried() {
    api.respond(
            new MockResponse.Builder()
                .body(MockApi.EMPTY_PAGE)
                .onResponseBody(new SocketEffect.CloseSocket()))
        .respond(
            new MockResponse.Builder()
                .body(MockApi.EMPTY_PAGE)
                .setHeader("Content-Length", "9999")
                .onResponseEnd(new SocketEffect.CloseSocket()))
        .respond(200, MockApi.EMPTY_PAGE);

    assertThat(client.events().list().items()).isEmpty();

    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void get_afterTimeout_isRetried() {
    api.respond(new MockResponse.Builder().headersDelay(2, TimeUnit.SECONDS))
        .respond(200, MockApi.EMPTY_PAGE);
    PersonaClient shortTimeoutClient =
        client.withOptions(RequestOptions.builder().readTimeout(Duration.ofMillis(500)).build());

    assertThat(shortTimeoutClient.events().list().items()).isEmpty();

    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void malformedJson_isNotRetried() {
    api.respond(200, "{\"data\":[").respond(200, MockApi.EMPTY_PAGE);

    assertThatExceptionOfType(io.github.persona4j.error.MalformedResponseException.class)
        .isThrownBy(() -> client.events().list())
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));

    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void post_afterBrokenConnectionAnd429_isRetriedWithSameKeyAndBody() throws Exception {
    api.respond(droppedConnection()).respond(429, "").respond(201, MockApi.INQUIRY);

    assertThat(client.inquiries().create(MockApi.NEW_INQUIRY).data().id()).isEqualTo("inq_1");

    RecordedRequest first = api.request();
    assertThat(first.getBody()).isNotNull();
    for (int i = 0; i < 2; i++) {
      RecordedRequest retry = api.request();
      assertThat(retry.getHeaders().get("Idempotency-Key"))
          .isNotNull()
          .isEqualTo(first.getHeaders().get("Idempotency-Key"));
      assertThat(retry.getBody()).isEqualTo(first.getBody());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 408, 409, 422, 500, 502, 503, 504, 599})
  void post_afterAnyOtherStatus_isNotRetried(int status) {
    api.respond(status, STALE, "Retry-After", "0").respond(201, MockApi.INQUIRY);

    assertThatExceptionOfType(PersonaApiException.class)
        .isThrownBy(() -> client.inquiries().create(MockApi.NEW_INQUIRY))
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));

    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void postAfterServerError_withSameKeyPolicy_keepsKey() throws Exception {
    RetryPolicy policy =
        RetryPolicy.builder().postAfterServerError(RetryPolicy.AfterServerError.SAME_KEY).build();
    api.respond(500, "").respond(201, MockApi.INQUIRY);

    try (PersonaClient retryingClient = client(policy)) {
      retryingClient.inquiries().create(MockApi.NEW_INQUIRY);
    }

    assertThat(api.request().getHeaders().get("Idempotency-Key"))
        .isEqualTo(api.request().getHeaders().get("Idempotency-Key"));
  }

  @Test
  void postAfterServerError_withFreshKeyPolicy_changesGeneratedKeyOnly() throws Exception {
    RetryPolicy policy =
        RetryPolicy.builder().postAfterServerError(RetryPolicy.AfterServerError.FRESH_KEY).build();
    api.respond(503, "").respond(201, MockApi.INQUIRY).respond(503, "");

    try (PersonaClient retryingClient = client(policy)) {
      retryingClient.inquiries().create(MockApi.NEW_INQUIRY);
      assertThatExceptionOfType(ServerException.class)
          .isThrownBy(
              () ->
                  retryingClient
                      .inquiries()
                      .create(
                          MockApi.NEW_INQUIRY,
                          ResourceQuery.none(),
                          RequestOptions.builder().idempotencyKey("mine").build()));
    }

    assertThat(api.request().getHeaders().get("Idempotency-Key"))
        .isNotEqualTo(api.request().getHeaders().get("Idempotency-Key"));
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void postWithUnknownOutcome_reportsIdempotencyKeyForRetry() throws Exception {
    api.respond(droppedConnection()).respond(droppedConnection()).respond(201, MockApi.INQUIRY);

    PersonaException failure;
    try (PersonaClient once = client(RetryPolicy.builder().maxRetries(1).build())) {
      failure =
          catchThrowableOfType(
              PersonaConnectionException.class, () -> once.inquiries().create(MockApi.NEW_INQUIRY));
    }
    String key = Objects.requireNonNull(failure.idempotencyKey());
    client
        .inquiries()
        .create(
            MockApi.NEW_INQUIRY,
            ResourceQuery.none(),
            RequestOptions.builder().idempotencyKey(key).build());

    assertThat(failure.toString()).doesNotContain(key);
    for (int i = 0; i < 3; i++) {
      assertThat(api.request().getHeaders().get("Idempotency-Key")).isEqualTo(key);
    }
  }

  @Test
  void postWithFreshKeys_reportsLastKey() throws Exception {
    RetryPolicy policy =
        RetryPolicy.builder()
            .postAfterServerError(RetryPolicy.AfterServerError.FRESH_KEY)
            .maxRetries(1)
            .build();
    api.respond(500, "").respond(500, "").respond(500, "").respond(500, "");

    List<@Nullable String> reportedKeys = new ArrayList<>();
    try (PersonaClient retryingClient = client(policy)) {
      Call<CreateInquiryResponse> call =
          retryingClient
              .inquiries()
              .api()
              .create(MockApi.NEW_INQUIRY, ResourceQuery.none(), RequestOptions.none());
      reportedKeys.add(
          catchThrowableOfType(ServerException.class, () -> retryingClient.send(call))
              .idempotencyKey());
      reportedKeys.add(
          retryingClient
              .sendAsync(call.clone())
              .handle((response, failure) -> ((ServerException) failure).idempotencyKey())
              .join());
    }

    List<@Nullable String> sent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sent.add(api.request().getHeaders().get("Idempotency-Key"));
    }
    assertThat(sent).doesNotHaveDuplicates().doesNotContainNull();
    assertThat(reportedKeys).containsExactly(sent.get(1), sent.get(3));
  }

  @Test
  void callWithoutIdempotencyKey_reportsNone() {
    api.respond(404, "");

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> client.events().list())
        .satisfies(e -> assertThat(e.idempotencyKey()).isNull());
  }

  @Test
  void staleObject_withPolicy_isRetriedWithFreshKey() throws Exception {
    RetryPolicy policy = RetryPolicy.builder().retryStaleObjects(true).build();
    api.respond(409, STALE)
        .respond(201, MockApi.INQUIRY)
        .respond(409, "{\"errors\":[{\"title\":\"Conflict\"}]}");

    try (PersonaClient retryingClient = client(policy)) {
      retryingClient.inquiries().create(MockApi.NEW_INQUIRY);
      assertThatExceptionOfType(ConflictException.class)
          .isThrownBy(() -> retryingClient.inquiries().create(MockApi.NEW_INQUIRY));
    }

    assertThat(api.request().getHeaders().get("Idempotency-Key"))
        .isNotEqualTo(api.request().getHeaders().get("Idempotency-Key"));
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "null", "[]", "{\"title\":7}", "{\"title\":\"Other\"}"})
  void staleObject_afterOtherErrors_isRetried(String entry) {
    RetryPolicy policy = RetryPolicy.builder().retryStaleObjects(true).build();
    api.respond(409, "{\"errors\":[" + entry + ",{\"title\":\"Stale object error\"}]}")
        .respond(201, MockApi.INQUIRY);

    try (PersonaClient retryingClient = client(policy)) {
      retryingClient.inquiries().create(MockApi.NEW_INQUIRY);
    }

    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void staleObject_withKeyOfCaller_isNotRetried() {
    RetryPolicy policy = RetryPolicy.builder().retryStaleObjects(true).build();
    RequestOptions options = RequestOptions.builder().idempotencyKey("mine").build();
    api.respond(409, STALE);

    try (PersonaClient retryingClient = client(policy)) {
      assertThatExceptionOfType(ConflictException.class)
          .isThrownBy(
              () ->
                  retryingClient
                      .inquiries()
                      .create(MockApi.NEW_INQUIRY, ResourceQuery.none(), options))
          .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
    }

    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(time.pauses()).isEmpty();
  }

  /** A stale object means that nothing was changed, so the policy for PATCH is not needed. */
  @Test
  void staleObject_ofPatchAndDelete_isRetriedOnlyWithPolicy() throws Exception {
    RetryPolicy policy = RetryPolicy.builder().retryStaleObjects(true).build();
    api.respond(409, STALE).respond(409, STALE);

    assertThat(customApi(client).patch(body()).execute().code()).isEqualTo(409);
    assertThat(customApi(client).delete().execute().code()).isEqualTo(409);

    api.respond(409, STALE).respond(200, "{}").respond(409, STALE).respond(200, "{}");
    try (PersonaClient retryingClient = client(policy)) {
      assertThat(customApi(retryingClient).patch(body()).execute().code()).isEqualTo(200);
      assertThat(customApi(retryingClient).delete().execute().code()).isEqualTo(200);

      // Other errors of a PATCH are not retried.
      api.respond(503, "").respond(409, "{\"errors\":[{\"title\":\"Conflict\"}]}");
      assertThat(customApi(retryingClient).patch(body()).execute().code()).isEqualTo(503);
      assertThat(customApi(retryingClient).patch(body()).execute().code()).isEqualTo(409);
    }

    assertThat(api.server().getRequestCount()).isEqualTo(8);
    for (int i = 0; i < 8; i++) {
      assertThat(api.request().getHeaders().get("Idempotency-Key")).isNull();
    }
  }

  @Test
  void patch_thatMayHaveBeenExecuted_isNotRetried() throws Exception {
    api.respond(429, "").respond(503, "").respond(droppedConnection());

    assertThat(customApi(client).patch(body()).execute().code()).isEqualTo(429);
    assertThat(customApi(client).patch(body()).execute().code()).isEqualTo(503);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> customApi(client).patch(body()).execute());

    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void patch_withPolicy_isRetried() throws Exception {
    api.respond(503, "").respond(droppedConnection()).respond(200, "{}");

    try (PersonaClient retryingClient = client(RetryPolicy.builder().retryPatches(true).build())) {
      assertThat(customApi(retryingClient).patch(body()).execute().code()).isEqualTo(200);
    }

    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void patch_thatWasNotSent_isRetried() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (PersonaClient unreachableClient =
        api.builder()
            .baseUrl("http://127.0.0.1:" + port)
            .retryPolicy(RetryPolicy.standard())
            .time(time)
            .build()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> customApi(unreachableClient).patch(body()).execute());
    }

    assertThat(time.pauses()).hasSize(3);
  }

  @Test
  void postToAnotherHost_isNotRetried() throws Exception {
    try (MockApi other = new MockApi()) {
      other.respond(429, "");

      assertThat(customApi(client).postTo(other.url(), body()).execute().code()).isEqualTo(429);

      assertThat(other.server().getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void oneShotBody_isNeverRetried() throws Exception {
    AtomicInteger written = new AtomicInteger();
    RequestBody once =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public boolean isOneShot() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            written.incrementAndGet();
            sink.writeUtf8("x");
          }
        };
    api.respond(429, "");

    assertThat(customApi(client).post(once).execute().code()).isEqualTo(429);

    assertThat(written).hasValue(1);
  }

  // ---- how often and when ----

  @Test
  void retries_endAtLimit_andExceptionReportsThem() {
    for (int i = 0; i < 4; i++) {
      api.respond(503, "", "Request-Id", "req-" + i);
    }

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> client.events().list())
        .withMessage("GET /api/v1/events failed with 503, request req-3, 4 attempts")
        .satisfies(
            e -> {
              assertThat(e.attempts()).isEqualTo(4);
              assertThat(e.waited()).isEqualTo(Duration.ofMillis(250 + 500 + 1000));
            });

    assertThat(time.pauses())
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(1000));
  }

  @Test
  void brokenConnections_reportNumberOfAttempts() {
    for (int i = 0; i < 4; i++) {
      api.respond(droppedConnection());
    }

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> client.events().list())
        .withMessageContaining("failed 4 times")
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(4));

    assertThat(api.server().getRequestCount()).isEqualTo(4);
  }

  /** As options of a call, and as options of a derived client. */
  @Test
  void maxRetries_canBeSetForOneCall() {
    RequestOptions never = RequestOptions.builder().maxRetries(0).build();
    RequestOptions once = RequestOptions.builder().maxRetries(1).build();
    PersonaClient noRetryClient = client.withOptions(never);
    api.respond(503, "").respond(503, "");

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> client.events().list(EventsApi.ListQuery.none(), never));
    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> noRetryClient.events().list());
    assertThat(api.server().getRequestCount()).isEqualTo(2);

    api.respond(503, "").respond(503, "").respond(503, "").respond(200, MockApi.EMPTY_PAGE);
    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> noRetryClient.events().list(EventsApi.ListQuery.none(), once))
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(2));
    assertThat(client.events().list(EventsApi.ListQuery.none(), once).items()).isEmpty();
    assertThat(api.server().getRequestCount()).isEqualTo(6);
  }

  @Test
  void jitter_isFull() {
    time.random = 0.0;
    api.respond(503, "").respond(503, "").respond(200, MockApi.EMPTY_PAGE);
    client.events().list();
    time.random = 0.999;
    api.respond(503, "").respond(200, MockApi.EMPTY_PAGE);
    client.events().list();

    assertThat(time.pauses())
        .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofNanos(499_500_000));
  }

  @Test
  void tooManyRequests_withoutRetryAfter_startsAtFiveSeconds() {
    time.random = 0.8;
    api.respond(429, "").respond(429, "").respond(200, MockApi.EMPTY_PAGE);

    client.events().list();

    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @CsvSource({
    "503, Retry-After, 7, 7",
    "429, Retry-After, 7, 7",
    "503, Retry-After, 'Thu, 01 Jan 2026 00:00:09 GMT', 9",
    "503, Retry-After, 'Wed, 31 Dec 2025 00:00:00 GMT', 0",
    "429, RateLimit-Reset, 11, 11",
    "429, Retry-After, 60, 60",
  })
  void retryAfter_isHonored(int status, String name, String value, int seconds) {
    time.random = 0;
    api.respond(status, "", name, value).respond(200, MockApi.EMPTY_PAGE);

    client.events().list();

    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(seconds));
  }

  @Test
  void retryAfterDate_isRelativeToServerClock() {
    time.random = 0;
    api.respond(
            503,
            "",
            "Date",
            "Thu, 01 Jan 2015 00:00:00 GMT",
            "Retry-After",
            "Thu, 01 Jan 2015 00:00:05 GMT")
        .respond(200, MockApi.EMPTY_PAGE);

    client.events().list();

    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 61",
    "Retry-After, 99999999999999999999",
    "Retry-After, 'Fri, 01 Jan 2027 00:00:00 GMT'",
    "RateLimit-Reset, 9223372036854775807",
  })
  void retryAfterBeyondMaximum_isNotAwaited(String name, String value) {
    api.respond(429, "", name, value);

    assertThatExceptionOfType(RateLimitException.class)
        .isThrownBy(() -> client.events().list())
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));

    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void exhaustedQuota_isAwaitedInsteadOfRateLimit() {
    time.random = 0;
    api.respond(
            429,
            "",
            "RateLimit-Remaining",
            "100",
            "RateLimit-Reset",
            "50",
            "Quota-Remaining",
            "0",
            "Quota-Reset",
            "3")
        .respond(200, MockApi.EMPTY_PAGE);

    client.events().list();

    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void invalidRetryAfter_isIgnored() {
    api.respond(503, "", "Retry-After", "soon").respond(200, MockApi.EMPTY_PAGE);

    client.events().list();

    assertThat(time.pauses()).containsExactly(Duration.ofMillis(250));
  }

  @Test
  void budget_limitsRetries_andIsRefilledBySuccesses() {
    try (PersonaClient limitedClient = client(RetryPolicy.builder().budget(2).build())) {
      for (int i = 0; i < 4; i++) {
        api.respond(503, "");
      }
      // One request and two retries, then no more retries.
      assertThatExceptionOfType(ServerException.class)
          .isThrownBy(() -> limitedClient.events().list());
      assertThat(api.server().getRequestCount()).isEqualTo(3);
      assertThatExceptionOfType(ServerException.class)
          .isThrownBy(() -> limitedClient.events().list());
      assertThat(api.server().getRequestCount()).isEqualTo(4);

      for (int i = 0; i < 10; i++) {
        api.respond(200, MockApi.EMPTY_PAGE);
        limitedClient.events().list();
      }
      api.respond(503, "").respond(200, MockApi.EMPTY_PAGE);
      limitedClient.events().list();
    }
  }

  @Test
  void waitBeyondDeadline_failsCallImmediately() {
    api.respond(503, "", "Retry-After", "30");
    RequestOptions shortTimeout =
        RequestOptions.builder().callTimeout(Duration.ofSeconds(20)).build();

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> client.withOptions(shortTimeout).events().list());

    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void deadline_includesResponse() {
    api.respond(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS));
    RequestOptions shortTimeout =
        RequestOptions.builder().callTimeout(Duration.ofMillis(200)).build();

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> client.withOptions(shortTimeout).events().list())
        .satisfies(
            e -> {
              assertThat(e.isTimeout()).isTrue();
              assertThat(e.attempts()).isEqualTo(1);
            });
  }

  @Test
  void deadline_givesEachAttemptTheRemainingTime() {
    time.random = 0;
    api.respond(503, "", "Retry-After", "20")
        .respond(503, "", "Retry-After", "15")
        .respond(503, "", "Retry-After", "25");
    List<Duration> remaining = new CopyOnWriteArrayList<>();

    try (PersonaClient deadlineClient =
        api.builder()
            .retryPolicy(RetryPolicy.standard())
            .time(time)
            .callTimeout(Duration.ofSeconds(60))
            .addInterceptor(
                chain -> {
                  remaining.add(Duration.ofNanos(chain.call().timeout().timeoutNanos()));
                  return chain.proceed(chain.request());
                })
            .build()) {
      // With 25 s remaining, no call can wait for 25 s and then be sent.
      assertThatExceptionOfType(ServerException.class)
          .isThrownBy(() -> deadlineClient.events().list())
          .satisfies(e -> assertThat(e.attempts()).isEqualTo(3));
    }

    assertThat(remaining)
        .containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(40), Duration.ofSeconds(25));
  }

  /** In real time with wide bounds; the previous test checks exact values. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deadline_includesAllAttempts(boolean blocking) {
    api.respond(200, MockApi.EMPTY_PAGE)
        .respond(new MockResponse.Builder().code(503).headersDelay(400, TimeUnit.MILLISECONDS))
        .respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    RetryPolicy policy = RetryPolicy.builder().initialDelay(Duration.ofMillis(1)).build();

    try (PersonaClient realTimeClient = api.builder().retryPolicy(policy).build()) {
      realTimeClient.events().list();
      PersonaClient deadlineClient =
          realTimeClient.withOptions(
              RequestOptions.builder().callTimeout(Duration.ofSeconds(1)).build());
      long start = System.nanoTime();

      Throwable thrown =
          catchThrowable(
              () -> {
                if (blocking) {
                  deadlineClient.events().list();
                } else {
                  deadlineClient.sendAsync(MockApi.listEvents(deadlineClient)).join();
                }
              });

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(950), Duration.ofSeconds(5));
      assertThat(blocking ? thrown : thrown.getCause())
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isTimeout()).isTrue();
                assertThat(e.attempts()).isEqualTo(2);
              });
    }
  }

  // ---- waits end early ----

  @Test
  void interrupt_endsWaitImmediately() throws Exception {
    api.respond(503, "", "Retry-After", "30");
    try (PersonaClient realTimeClient = api.builder().retryPolicy(RetryPolicy.standard()).build()) {
      CompletableFuture<Throwable> cause = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  realTimeClient.events().list();
                } catch (PersonaConnectionException e) {
                  cause.complete(Thread.currentThread().isInterrupted() ? e.getCause() : e);
                }
              });
      caller.start();
      api.request();
      while (caller.getState() != Thread.State.WAITING) {
        Thread.sleep(5);
      }
      caller.interrupt();

      assertThat(cause)
          .succeedsWithin(Duration.ofSeconds(5))
          .isInstanceOf(InterruptedIOException.class);
    }
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void cancelAndClose_endWaitImmediately() throws Exception {
    api.respond(503, "", "Retry-After", "30").respond(503, "", "Retry-After", "30");
    PersonaClient realTimeClient = api.builder().retryPolicy(RetryPolicy.standard()).build();

    Call<EventPage> cancelled = MockApi.listEvents(realTimeClient);
    CompletableFuture<Integer> first = enqueue(cancelled);
    api.request();
    cancelled.cancel();
    assertEndsImmediately(first);

    CompletableFuture<Integer> second = enqueue(MockApi.listEvents(realTimeClient));
    api.request();
    realTimeClient.close();
    assertEndsImmediately(second);
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  // A call that is stopped just when its response arrives returns it, otherwise it fails.
  private static void assertEndsImmediately(CompletableFuture<Integer> call) {
    assertThat(call.handle((status, failure) -> failure == null ? status : 0))
        .succeedsWithin(Duration.ofSeconds(5))
        .isIn(0, 503);
  }

  private static <T> CompletableFuture<Integer> enqueue(Call<T> call) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    call.enqueue(
        new Callback<>() {
          @Override
          public void onResponse(Call<T> call, Response<T> response) {
            result.complete(response.code());
          }

          @Override
          public void onFailure(Call<T> call, Throwable failure) {
            result.completeExceptionally(failure);
          }
        });
    return result;
  }

  // ---- against a server that stores results by idempotency key ----

  @Test
  void post_withLostResponse_isExecutedOnce() {
    Fault[] faults = {
      Fault.dropConnection().afterExecution(), Fault.truncatedBody(), Fault.dropConnection()
    };
    for (Fault fault : faults) {
      try (FakePersona fake = FakePersona.builder().inquiries(0).start();
          PersonaClient caller =
              PersonaClient.builder()
                  .apiKey(fake.apiKey())
                  .baseUrl(fake.baseUrl())
                  .retryPolicy(RetryPolicy.standard())
                  .time(time)
                  .build()) {
        fake.failNext(fault);

        String id = caller.inquiries().create(MockApi.NEW_INQUIRY).data().id();

        assertThat(fake.requests()).as(fault.toString()).hasSize(2);
        assertThat(caller.inquiries().list().items())
            .as(fault.toString())
            .singleElement()
            .satisfies(inquiry -> assertThat(inquiry.id()).isEqualTo(id));
      }
    }
  }

  @Test
  void post_afterStoredFailure_followsPolicy() {
    for (RetryPolicy.AfterServerError action : RetryPolicy.AfterServerError.values()) {
      try (FakePersona fake = FakePersona.builder().inquiries(0).start();
          PersonaClient caller =
              PersonaClient.builder()
                  .apiKey(fake.apiKey())
                  .baseUrl(fake.baseUrl())
                  .retryPolicy(RetryPolicy.builder().postAfterServerError(action).build())
                  .time(time)
                  .build()) {
        fake.failNext(Fault.status(500).afterExecution());
        int requests =
            switch (action) {
              case STOP -> 1;
              case SAME_KEY -> 4; // the stored failure comes back each time
              case FRESH_KEY ->
                  2; // the second attempt creates a second inquiry: the documented risk
            };

        if (action == RetryPolicy.AfterServerError.FRESH_KEY) {
          caller.inquiries().create(MockApi.NEW_INQUIRY);
        } else {
          assertThatExceptionOfType(ServerException.class)
              .isThrownBy(() -> caller.inquiries().create(MockApi.NEW_INQUIRY));
        }

        assertThat(fake.requests()).as(action.toString()).hasSize(requests);
        assertThat(caller.inquiries().list().items())
            .hasSize(action == RetryPolicy.AfterServerError.FRESH_KEY ? 2 : 1);
      }
    }
  }

  // ---- settings ----

  @Test
  void settingsOutOfRange_throwExceptionNamingThem() {
    RetryPolicy.Builder builder = RetryPolicy.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxRetries(21))
        .withMessage("maxRetries must be from 0 to 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.initialDelay(Duration.ZERO))
        .withMessage("initialDelay must be from 1 ms to 10 minutes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxDelay(Duration.ofHours(1)))
        .withMessageStartingWith("maxDelay");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxServerDelay(Duration.ofHours(1)))
        .withMessageStartingWith("maxServerDelay");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.budget(0))
        .withMessage("budget must be from 1 to 1000000");
  }

  @Test
  void builderChangedAfterBuild_doesNotChangePolicy() {
    RetryPolicy.Builder builder = RetryPolicy.builder().maxRetries(1).budget(7);
    RetryPolicy policy = builder.build();
    String before = policy.toString();

    builder.maxRetries(2).budget(8).retryPatches(true);
    policy.toBuilder().maxDelay(Duration.ofSeconds(1)).build();

    assertThat(policy).hasToString(before);
    assertThat(before).contains("maxRetries=1", "budget=7", "retryPatches=false");
  }

  @Test
  void policy_ofDerivedClient_isApplied() {
    api.respond(503, "");

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> client.withRetryPolicy(RetryPolicy.none()).events().list());

    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(RetryPolicy.none().toBuilder().build().toString())
        .isEqualTo(RetryPolicy.none().toString());
  }

  /**
   * A caller sends the POST again with this key, so a key that the API does not know is useless.
   */
  @Test
  void keyOfException_isThatOfTheLastRequestThatWasSent() throws Exception {
    RetryPolicy policy =
        RetryPolicy.builder()
            .maxRetries(1)
            .postAfterServerError(RetryPolicy.AfterServerError.FRESH_KEY)
            .build();
    AtomicInteger attempts = new AtomicInteger();
    api.respond(500, "");
    try (PersonaClient client =
        api.builder()
            .time(time)
            .retryPolicy(policy)
            .addInterceptor(
                chain -> {
                  if (attempts.incrementAndGet() == 2) {
                    throw new IOException("not sent");
                  }
                  return chain.proceed(chain.request());
                })
            .build()) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.inquiries().create(MockApi.NEW_INQUIRY))
          .satisfies(e -> assertThat(e.mayHaveBeenExecuted()).isTrue())
          .satisfies(
              e ->
                  assertThat(e.idempotencyKey())
                      .isEqualTo(api.request().getHeaders().get("Idempotency-Key")));
    }
  }
}
