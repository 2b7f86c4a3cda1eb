package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.api.InquiriesApi;
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

/** What is sent again, how often, when, and what callers see of it; on real sockets. */
class RetryTest {
  private static final String STALE = "{\"errors\":[{\"title\":\"Stale object error\"}]}";

  private final TestTimeSource time = new TestTimeSource();
  private MockApi api;
  private PersonaClient client;

  interface OwnApi {
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

  private static OwnApi own(PersonaClient client) {
    return client.api(OwnApi.class);
  }

  private static RequestBody body() {
    return RequestBody.create("{\"a\": 1}", MediaType.get("application/json"));
  }

  private static MockResponse.Builder dropped() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket());
  }

  // ---- which calls ----

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 502, 503, 504})
  void getAndDelete_afterAPassingStatus_areRepeated(int status) throws Exception {
    api.answer(status, "").answer(200, "{}").answer(status, "").answer(200, "{}");

    assertThat(own(client).get().execute().code()).isEqualTo(200);
    assertThat(own(client).delete().execute().code()).isEqualTo(200);

    assertThat(api.server().getRequestCount()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 410, 422, 500, 501, 505})
  void get_afterALastingStatus_isNotRepeated(int status) throws Exception {
    api.answer(status, STALE);

    assertThat(own(client).get().execute().code()).isEqualTo(status);

    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void get_whoseConnectionBreaks_isRepeated() {
    api.answer(dropped()).answer(dropped()).answer(200, MockApi.EMPTY_PAGE);

    assertThat(client.events().list().data()).isEmpty();

    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void get_whoseAnswerBreaksOff_isRepeated() {
    api.answer(
            new MockResponse.Builder()
                .body(MockApi.EMPTY_PAGE)
                .onResponseBody(new SocketEffect.CloseSocket()))
        .answer(
            new MockResponse.Builder()
                .body(MockApi.EMPTY_PAGE)
                .setHeader("Content-Length", "9999")
                .onResponseEnd(new SocketEffect.CloseSocket()))
        .answer(200, MockApi.EMPTY_PAGE);

    assertThat(client.events().list().data()).isEmpty();

    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void get_thatTimesOut_isRepeated() {
    api.answer(new MockResponse.Builder().headersDelay(2, TimeUnit.SECONDS))
        .answer(200, MockApi.EMPTY_PAGE);
    PersonaClient impatient =
        client.withOptions(RequestOptions.builder().readTimeout(Duration.ofMillis(500)).build());

    assertThat(impatient.events().list().data()).isEmpty();

    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void brokenJson_isNotRepeated() {
    api.answer(200, "{\"data\":[").answer(200, MockApi.EMPTY_PAGE);

    assertThatExceptionOfType(io.github.persona4j.error.MalformedResponseException.class)
        .isThrownBy(() -> client.events().list())
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));

    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void post_afterABrokenConnectionAnd429_isRepeatedWithTheSameKeyAndBytes() throws Exception {
    api.answer(dropped()).answer(429, "").answer(201, MockApi.INQUIRY);

    assertThat(client.inquiries().create(MockApi.NEW_INQUIRY).data().id()).isEqualTo("inq_1");

    RecordedRequest first = api.request();
    assertThat(first.getBody()).isNotNull();
    for (int i = 0; i < 2; i++) {
      RecordedRequest repeat = api.request();
      assertThat(repeat.getHeaders().get("Idempotency-Key"))
          .isNotNull()
          .isEqualTo(first.getHeaders().get("Idempotency-Key"));
      assertThat(repeat.getBody()).isEqualTo(first.getBody());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 408, 409, 422, 500, 502, 503, 504, 599})
  void post_afterAnyOtherStatus_isNotRepeated(int status) {
    api.answer(status, STALE, "Retry-After", "0").answer(201, MockApi.INQUIRY);

    assertThatExceptionOfType(PersonaApiException.class)
        .isThrownBy(() -> client.inquiries().create(MockApi.NEW_INQUIRY))
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));

    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void postAfterServerError_withTheSameKey_keepsIt() throws Exception {
    RetryPolicy policy =
        RetryPolicy.builder().postAfterServerError(RetryPolicy.AfterServerError.SAME_KEY).build();
    api.answer(500, "").answer(201, MockApi.INQUIRY);

    try (PersonaClient brave = client(policy)) {
      brave.inquiries().create(MockApi.NEW_INQUIRY);
    }

    assertThat(api.request().getHeaders().get("Idempotency-Key"))
        .isEqualTo(api.request().getHeaders().get("Idempotency-Key"));
  }

  @Test
  void postAfterServerError_withAFreshKey_changesIt_butNeverTheCallers() throws Exception {
    RetryPolicy policy =
        RetryPolicy.builder().postAfterServerError(RetryPolicy.AfterServerError.FRESH_KEY).build();
    api.answer(503, "").answer(201, MockApi.INQUIRY).answer(503, "");

    try (PersonaClient braver = client(policy)) {
      braver.inquiries().create(MockApi.NEW_INQUIRY);
      assertThatExceptionOfType(ServerException.class)
          .isThrownBy(
              () ->
                  braver
                      .inquiries()
                      .create(
                          MockApi.NEW_INQUIRY,
                          InquiriesApi.CreateQuery.none(),
                          RequestOptions.builder().idempotencyKey("mine").build()));
    }

    assertThat(api.request().getHeaders().get("Idempotency-Key"))
        .isNotEqualTo(api.request().getHeaders().get("Idempotency-Key"));
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void postWhoseFateIsUnknown_tellsTheKeyToRepeatItWith() throws Exception {
    api.answer(dropped()).answer(dropped()).answer(201, MockApi.INQUIRY);

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
            InquiriesApi.CreateQuery.none(),
            RequestOptions.builder().idempotencyKey(key).build());

    assertThat(failure.toString()).doesNotContain(key);
    for (int i = 0; i < 3; i++) {
      assertThat(api.request().getHeaders().get("Idempotency-Key")).isEqualTo(key);
    }
  }

  @Test
  void postUnderFreshKeys_tellsTheLastOne() throws Exception {
    RetryPolicy policy =
        RetryPolicy.builder()
            .postAfterServerError(RetryPolicy.AfterServerError.FRESH_KEY)
            .maxRetries(1)
            .build();
    api.answer(500, "").answer(500, "").answer(500, "").answer(500, "");

    List<@Nullable String> told = new ArrayList<>();
    try (PersonaClient braver = client(policy)) {
      Call<CreateInquiryResponse> call =
          braver
              .inquiries()
              .api()
              .create(MockApi.NEW_INQUIRY, InquiriesApi.CreateQuery.none(), RequestOptions.none());
      told.add(
          catchThrowableOfType(ServerException.class, () -> braver.send(call)).idempotencyKey());
      told.add(
          braver
              .sendAsync(call.clone())
              .handle((answer, failure) -> ((ServerException) failure).idempotencyKey())
              .join());
    }

    List<@Nullable String> sent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sent.add(api.request().getHeaders().get("Idempotency-Key"));
    }
    assertThat(sent).doesNotHaveDuplicates().doesNotContainNull();
    assertThat(told).containsExactly(sent.get(1), sent.get(3));
  }

  @Test
  void callWithoutAKey_tellsNone() {
    api.answer(404, "");

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> client.events().list())
        .satisfies(e -> assertThat(e.idempotencyKey()).isNull());
  }

  @Test
  void staleObject_isRepeatedByPolicyWithAFreshKey() throws Exception {
    RetryPolicy policy = RetryPolicy.builder().repeatStaleObjects(true).build();
    api.answer(409, STALE)
        .answer(201, MockApi.INQUIRY)
        .answer(409, "{\"errors\":[{\"title\":\"Conflict\"}]}");

    try (PersonaClient stubborn = client(policy)) {
      stubborn.inquiries().create(MockApi.NEW_INQUIRY);
      assertThatExceptionOfType(ConflictException.class)
          .isThrownBy(() -> stubborn.inquiries().create(MockApi.NEW_INQUIRY));
    }

    assertThat(api.request().getHeaders().get("Idempotency-Key"))
        .isNotEqualTo(api.request().getHeaders().get("Idempotency-Key"));
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "null", "[]", "{\"title\":7}", "{\"title\":\"Other\"}"})
  void staleObject_isFoundBehindAnyOtherEntry(String entry) {
    RetryPolicy policy = RetryPolicy.builder().repeatStaleObjects(true).build();
    api.answer(409, "{\"errors\":[" + entry + ",{\"title\":\"Stale object error\"}]}")
        .answer(201, MockApi.INQUIRY);

    try (PersonaClient stubborn = client(policy)) {
      stubborn.inquiries().create(MockApi.NEW_INQUIRY);
    }

    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void staleObject_underAKeyOfTheCaller_isNotRepeated() {
    RetryPolicy policy = RetryPolicy.builder().repeatStaleObjects(true).build();
    RequestOptions mine = RequestOptions.builder().idempotencyKey("mine").build();
    api.answer(409, STALE);

    try (PersonaClient stubborn = client(policy)) {
      assertThatExceptionOfType(ConflictException.class)
          .isThrownBy(
              () ->
                  stubborn
                      .inquiries()
                      .create(MockApi.NEW_INQUIRY, InquiriesApi.CreateQuery.none(), mine))
          .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
    }

    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(time.pauses()).isEmpty();
  }

  /** Nothing was changed, so this needs no word on repeating each PATCH. */
  @Test
  void staleObject_ofPatchAndDelete_isRepeatedByPolicyOnly() throws Exception {
    RetryPolicy policy = RetryPolicy.builder().repeatStaleObjects(true).build();
    api.answer(409, STALE).answer(409, STALE);

    assertThat(own(client).patch(body()).execute().code()).isEqualTo(409);
    assertThat(own(client).delete().execute().code()).isEqualTo(409);

    api.answer(409, STALE).answer(200, "{}").answer(409, STALE).answer(200, "{}");
    try (PersonaClient stubborn = client(policy)) {
      assertThat(own(stubborn).patch(body()).execute().code()).isEqualTo(200);
      assertThat(own(stubborn).delete().execute().code()).isEqualTo(200);

      // Other refusals of a PATCH are left alone.
      api.answer(503, "").answer(409, "{\"errors\":[{\"title\":\"Conflict\"}]}");
      assertThat(own(stubborn).patch(body()).execute().code()).isEqualTo(503);
      assertThat(own(stubborn).patch(body()).execute().code()).isEqualTo(409);
    }

    assertThat(api.server().getRequestCount()).isEqualTo(8);
    for (int i = 0; i < 8; i++) {
      assertThat(api.request().getHeaders().get("Idempotency-Key")).isNull();
    }
  }

  @Test
  void patch_thatMayHaveArrived_isNotRepeated() throws Exception {
    api.answer(429, "").answer(503, "").answer(dropped());

    assertThat(own(client).patch(body()).execute().code()).isEqualTo(429);
    assertThat(own(client).patch(body()).execute().code()).isEqualTo(503);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> own(client).patch(body()).execute());

    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void patch_byPolicy_isRepeatedLikeGet() throws Exception {
    api.answer(503, "").answer(dropped()).answer(200, "{}");

    try (PersonaClient bold = client(RetryPolicy.builder().repeatPatches(true).build())) {
      assertThat(own(bold).patch(body()).execute().code()).isEqualTo(200);
    }

    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void patch_thatNeverLeft_isRepeated() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (PersonaClient nowhere =
        api.builder()
            .baseUrl("http://127.0.0.1:" + port)
            .retryPolicy(RetryPolicy.standard())
            .time(time)
            .build()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> own(nowhere).patch(body()).execute());
    }

    assertThat(time.pauses()).hasSize(3);
  }

  @Test
  void postToAnotherHost_isNotRepeated() throws Exception {
    try (MockApi other = new MockApi()) {
      other.answer(429, "");

      assertThat(own(client).postTo(other.url(), body()).execute().code()).isEqualTo(429);

      assertThat(other.server().getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void bodyThatCanBeReadOnce_isNeverSentAgain() throws Exception {
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
    api.answer(429, "");

    assertThat(own(client).post(once).execute().code()).isEqualTo(429);

    assertThat(written).hasValue(1);
  }

  // ---- how often and when ----

  @Test
  void repeats_endAtTheLimit_andTheExceptionTells() {
    for (int i = 0; i < 4; i++) {
      api.answer(503, "", "Request-Id", "req-" + i);
    }

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> client.events().list())
        .withMessage("GET /api/v1/events answered 503 (request id req-3, 4 attempts)")
        .satisfies(
            e -> {
              assertThat(e.attempts()).isEqualTo(4);
              assertThat(e.waited()).isEqualTo(Duration.ofMillis(250 + 500 + 1000));
            });

    assertThat(time.pauses())
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(1000));
  }

  @Test
  void brokenConnections_tellTheirNumber() {
    for (int i = 0; i < 4; i++) {
      api.answer(dropped());
    }

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> client.events().list())
        .withMessageContaining("failed 4 times")
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(4));

    assertThat(api.server().getRequestCount()).isEqualTo(4);
  }

  /** As an argument, and as what a derived client has for all its calls. */
  @Test
  void maxRetries_canBeSetForOneCall() {
    RequestOptions never = RequestOptions.builder().maxRetries(0).build();
    RequestOptions once = RequestOptions.builder().maxRetries(1).build();
    PersonaClient impatient = client.withOptions(never);
    api.answer(503, "").answer(503, "");

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> client.events().list(EventsApi.ListQuery.none(), never));
    assertThatExceptionOfType(ServerException.class).isThrownBy(() -> impatient.events().list());
    assertThat(api.server().getRequestCount()).isEqualTo(2);

    api.answer(503, "").answer(503, "").answer(503, "").answer(200, MockApi.EMPTY_PAGE);
    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> impatient.events().list(EventsApi.ListQuery.none(), once))
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(2));
    assertThat(client.events().list(EventsApi.ListQuery.none(), once).data()).isEmpty();
    assertThat(api.server().getRequestCount()).isEqualTo(6);
  }

  @Test
  void jitter_isFull() {
    time.random = 0.0;
    api.answer(503, "").answer(503, "").answer(200, MockApi.EMPTY_PAGE);
    client.events().list();
    time.random = 0.999;
    api.answer(503, "").answer(200, MockApi.EMPTY_PAGE);
    client.events().list();

    assertThat(time.pauses())
        .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofNanos(499_500_000));
  }

  @Test
  void tooManyRequests_withoutATime_startsAtFiveSeconds() {
    time.random = 0.8;
    api.answer(429, "").answer(429, "").answer(200, MockApi.EMPTY_PAGE);

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
  void serversTime_isHonoured(int status, String name, String value, int seconds) {
    time.random = 0;
    api.answer(status, "", name, value).answer(200, MockApi.EMPTY_PAGE);

    client.events().list();

    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(seconds));
  }

  @Test
  void retryDate_isMeasuredByTheServersClock() {
    time.random = 0;
    api.answer(
            503,
            "",
            "Date",
            "Thu, 01 Jan 2015 00:00:00 GMT",
            "Retry-After",
            "Thu, 01 Jan 2015 00:00:05 GMT")
        .answer(200, MockApi.EMPTY_PAGE);

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
  void waitBeyondTheCap_isNotBegun(String name, String value) {
    api.answer(429, "", name, value);

    assertThatExceptionOfType(RateLimitException.class)
        .isThrownBy(() -> client.events().list())
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));

    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void quotaThatIsUsedUp_isWaitedFor_ratherThanTheRateLimit() {
    time.random = 0;
    api.answer(
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
        .answer(200, MockApi.EMPTY_PAGE);

    client.events().list();

    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void retryAfterThatMakesNoSense_isIgnored() {
    api.answer(503, "", "Retry-After", "soon").answer(200, MockApi.EMPTY_PAGE);

    client.events().list();

    assertThat(time.pauses()).containsExactly(Duration.ofMillis(250));
  }

  @Test
  void budget_endsAStorm_andIsEarnedBack() {
    try (PersonaClient thrifty = client(RetryPolicy.builder().budget(2).build())) {
      for (int i = 0; i < 4; i++) {
        api.answer(503, "");
      }
      // One request and two repeats, then no more repeats.
      assertThatExceptionOfType(ServerException.class).isThrownBy(() -> thrifty.events().list());
      assertThat(api.server().getRequestCount()).isEqualTo(3);
      assertThatExceptionOfType(ServerException.class).isThrownBy(() -> thrifty.events().list());
      assertThat(api.server().getRequestCount()).isEqualTo(4);

      for (int i = 0; i < 10; i++) {
        api.answer(200, MockApi.EMPTY_PAGE);
        thrifty.events().list();
      }
      api.answer(503, "").answer(200, MockApi.EMPTY_PAGE);
      thrifty.events().list();
    }
  }

  @Test
  void deadline_thatTheWaitWouldPass_endsTheCallAtOnce() {
    api.answer(503, "", "Retry-After", "30");
    RequestOptions soon = RequestOptions.builder().callTimeout(Duration.ofSeconds(20)).build();

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> client.withOptions(soon).events().list());

    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void deadline_coversTheAnswer() {
    api.answer(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS));
    RequestOptions soon = RequestOptions.builder().callTimeout(Duration.ofMillis(200)).build();

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> client.withOptions(soon).events().list())
        .satisfies(
            e -> {
              assertThat(e.isTimeout()).isTrue();
              assertThat(e.attempts()).isEqualTo(1);
            });
  }

  @Test
  void deadline_leavesEachAttemptWhatTheOthersLeft() {
    time.random = 0;
    api.answer(503, "", "Retry-After", "20")
        .answer(503, "", "Retry-After", "15")
        .answer(503, "", "Retry-After", "25");
    List<Duration> left = new CopyOnWriteArrayList<>();

    try (PersonaClient hurried =
        api.builder()
            .retryPolicy(RetryPolicy.standard())
            .time(time)
            .callTimeout(Duration.ofSeconds(60))
            .addInterceptor(
                chain -> {
                  left.add(Duration.ofNanos(chain.call().timeout().timeoutNanos()));
                  return chain.proceed(chain.request());
                })
            .build()) {
      // Of 25 s that are left nobody can wait for 25 s and then send something.
      assertThatExceptionOfType(ServerException.class)
          .isThrownBy(() -> hurried.events().list())
          .satisfies(e -> assertThat(e.attempts()).isEqualTo(3));
    }

    assertThat(left)
        .containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(40), Duration.ofSeconds(25));
  }

  /** In real time, which is not measured closely: that is what the test before is for. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deadline_isThatOfAllAttemptsTogether(boolean waiting) {
    api.answer(200, MockApi.EMPTY_PAGE)
        .answer(new MockResponse.Builder().code(503).headersDelay(400, TimeUnit.MILLISECONDS))
        .answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    RetryPolicy policy = RetryPolicy.builder().initialDelay(Duration.ofMillis(1)).build();

    try (PersonaClient real = api.builder().retryPolicy(policy).build()) {
      real.events().list();
      PersonaClient hurried =
          real.withOptions(RequestOptions.builder().callTimeout(Duration.ofSeconds(1)).build());
      long start = System.nanoTime();

      Throwable thrown =
          catchThrowable(
              () -> {
                if (waiting) {
                  hurried.events().list();
                } else {
                  hurried.sendAsync(MockApi.listEvents(hurried)).join();
                }
              });

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(950), Duration.ofSeconds(5));
      assertThat(waiting ? thrown : thrown.getCause())
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
  void interruption_endsTheWaitAtOnce() throws Exception {
    api.answer(503, "", "Retry-After", "30");
    try (PersonaClient real = api.builder().retryPolicy(RetryPolicy.standard()).build()) {
      CompletableFuture<Throwable> seen = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  real.events().list();
                } catch (PersonaConnectionException e) {
                  seen.complete(Thread.currentThread().isInterrupted() ? e.getCause() : e);
                }
              });
      caller.start();
      api.request();
      while (caller.getState() != Thread.State.WAITING) {
        Thread.sleep(5);
      }
      caller.interrupt();

      assertThat(seen)
          .succeedsWithin(Duration.ofSeconds(5))
          .isInstanceOf(InterruptedIOException.class);
    }
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void cancelAndClose_endTheWaitAtOnce() throws Exception {
    api.answer(503, "", "Retry-After", "30").answer(503, "", "Retry-After", "30");
    PersonaClient real = api.builder().retryPolicy(RetryPolicy.standard()).build();

    Call<EventPage> cancelled = MockApi.listEvents(real);
    CompletableFuture<Integer> first = enqueue(cancelled);
    api.request();
    cancelled.cancel();
    assertEndsAtOnce(first);

    CompletableFuture<Integer> second = enqueue(MockApi.listEvents(real));
    api.request();
    real.close();
    assertEndsAtOnce(second);
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  // A call that is stopped just as its answer arrives ends with that answer, otherwise it fails.
  private static void assertEndsAtOnce(CompletableFuture<Integer> call) {
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

  // ---- against a server that keeps results under keys ----

  @Test
  void post_whoseAnswerIsLost_isCarriedOutOnce() {
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
        assertThat(caller.inquiries().list().data())
            .as(fault.toString())
            .singleElement()
            .satisfies(inquiry -> assertThat(inquiry.id()).isEqualTo(id));
      }
    }
  }

  @Test
  void post_afterAStoredFailure_behavesAsEachPolicySays() {
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
              case FRESH_KEY -> 2; // the second one makes a second inquiry: the documented risk
            };

        if (action == RetryPolicy.AfterServerError.FRESH_KEY) {
          caller.inquiries().create(MockApi.NEW_INQUIRY);
        } else {
          assertThatExceptionOfType(ServerException.class)
              .isThrownBy(() -> caller.inquiries().create(MockApi.NEW_INQUIRY));
        }

        assertThat(fake.requests()).as(action.toString()).hasSize(requests);
        assertThat(caller.inquiries().list().data())
            .hasSize(action == RetryPolicy.AfterServerError.FRESH_KEY ? 2 : 1);
      }
    }
  }

  // ---- settings ----

  @Test
  void settings_outOfRange_areRefusedByName() {
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
  void policy_isNotChangedLater() {
    RetryPolicy.Builder builder = RetryPolicy.builder().maxRetries(1).budget(7);
    RetryPolicy policy = builder.build();
    String before = policy.toString();

    builder.maxRetries(2).budget(8).repeatPatches(true);
    policy.toBuilder().maxDelay(Duration.ofSeconds(1)).build();

    assertThat(policy).hasToString(before);
    assertThat(before).contains("maxRetries=1", "budget=7", "patches=false");
  }

  @Test
  void policy_canBeChangedForADerivedClient() {
    api.answer(503, "");

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> client.withRetryPolicy(RetryPolicy.none()).events().list());

    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(RetryPolicy.none().toBuilder().build().toString())
        .isEqualTo(RetryPolicy.none().toString());
  }
}
