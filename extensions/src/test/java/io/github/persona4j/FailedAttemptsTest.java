package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.error.RateLimits;
import io.github.persona4j.file.Download;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Url;

/** What call listeners are told of attempts, and the headers that they add to them. */
class FailedAttemptsTest {
  private static final RetryPolicy TWO_RETRIES = RetryPolicy.builder().maxRetries(2).build();

  private final TestTimeSource time = new TestTimeSource();
  private final BlockingQueue<Object> notified = new LinkedBlockingQueue<>();
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private PersonaClientBuilder builder() {
    return api.builder().time(time).retryPolicy(TWO_RETRIES);
  }

  private Object nextNotification() throws InterruptedException {
    Object next = notified.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("a notification").isNotNull();
    return next;
  }

  private AttemptReport nextAttempt() throws InterruptedException {
    return (AttemptReport) nextNotification();
  }

  private CallReport nextCall() throws InterruptedException {
    return (CallReport) nextNotification();
  }

  /** Records what it is told, and adds headers. */
  private static CallListener recorder(
      BlockingQueue<Object> notified, Map<String, String> headers) {
    return new CallListener() {
      @Override
      public void callEnded(CallReport call) {
        notified.add(call);
      }

      @Override
      public void attemptFailed(AttemptReport attempt) {
        notified.add(attempt);
      }

      @Override
      public Map<String, String> requestHeaders() {
        return headers;
      }
    };
  }

  private CallListener recorder() {
    return recorder(notified, Map.of());
  }

  private static CallListener adding(Map<String, String> headers) {
    return recorder(new LinkedBlockingQueue<>(), headers);
  }

  // ---- failed attempts ----

  private static Arguments call(String name, Consumer<PersonaClient> call) {
    return Arguments.of(Named.of(name, call));
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        call("blocking", client -> client.events().list()),
        call("async", client -> client.async().events().list().join()),
        call("raw", client -> client.raw().events().list()),
        call(
            "streamed",
            client -> {
              try (Download print = client.inquiries().print("inq_1")) {
                assertThat(print).isNotNull();
              }
            }));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void retriedCall_reportsFailedAttemptsBeforeItsEnd(Consumer<PersonaClient> call)
      throws Exception {
    String[] first503 = {"Request-Id", "req-1", "RateLimit-Remaining", "7", "Connection", "close"};
    api.respond(503, "", first503)
        .respond(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()))
        .respond(200, MockApi.EMPTY_PAGE, "Request-Id", "req-3", "RateLimit-Remaining", "6");

    try (PersonaClient client = builder().callListener(recorder()).build()) {
      call.accept(client);
    }

    AttemptReport first = nextAttempt();
    assertThat(first.number()).isEqualTo(1);
    assertThat(first.status()).isEqualTo(503);
    assertThat(first.failure()).isEqualTo(CallReport.Failure.REFUSED);
    assertThat(first.duration()).isEqualTo(Duration.ZERO);
    assertThat(first.waitBeforeNext()).isEqualTo(Duration.ofMillis(250));
    assertThat(first.requestId()).isEqualTo("req-1");
    assertThat(first.rateLimits()).extracting(RateLimits::remaining).isEqualTo(7L);
    assertThat(first.operation().method()).isEqualTo("GET");
    assertThat(first)
        .hasToString(
            first.operation()
                + " attempt 1 returned 503 (REFUSED) in 0 ms, next attempt after: 250 ms,"
                + " request id: req-1");
    AttemptReport second = nextAttempt();
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.status()).isNull();
    assertThat(second.failure()).isEqualTo(CallReport.Failure.CONNECTION);
    assertThat(second.waitBeforeNext()).isEqualTo(Duration.ofMillis(500));
    assertThat(second.requestId()).isNull();
    assertThat(second.rateLimits()).isNull();
    CallReport ended = nextCall();
    assertThat(ended.attempts()).isEqualTo(3);
    assertThat(ended.waited()).isEqualTo(Duration.ofMillis(750));
    assertThat(ended.rateLimits()).extracting(RateLimits::remaining).isEqualTo(6L);
    assertThat(notified).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void lastAttempt_isReportedAsTheEndOfTheCallOnly(Consumer<PersonaClient> call) throws Exception {
    for (int i = 0; i < 3; i++) {
      api.respond(503, "");
    }

    try (PersonaClient client = builder().callListener(recorder()).build()) {
      assertThat(catchThrowable(() -> call.accept(client))).isNotNull();
    }

    assertThat(nextAttempt().number()).isEqualTo(1);
    assertThat(nextAttempt().number()).isEqualTo(2);
    assertThat(nextCall().failure()).isEqualTo(CallReport.Failure.REFUSED);
    assertThat(notified).isEmpty();
  }

  @Test
  void callWithoutResponse_hasNoRateLimits() throws Exception {
    api.respond(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));

    try (PersonaClient client =
        builder().retryPolicy(RetryPolicy.none()).callListener(recorder()).build()) {
      assertThat(catchThrowable(() -> client.events().list())).isNotNull();
    }

    assertThat(nextCall().rateLimits()).isNull();
    assertThat(notified).isEmpty();
  }

  @Test
  void waitForTheRateLimiter_isReportedApartFromThatForARetry() throws Exception {
    String[] exhausted = {
      "RateLimit-Limit", "300", "RateLimit-Remaining", "0", "RateLimit-Reset", "20"
    };
    api.respond(200, MockApi.EMPTY_PAGE, exhausted)
        .respond(503, "")
        .respond(200, MockApi.EMPTY_PAGE)
        .respond(200, MockApi.EMPTY_PAGE, exhausted)
        .respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client = builder().callListener(recorder()).build()) {
      client.events().list();
      client.events().list();
    }
    assertThat(nextCall().waitedForRateLimit()).isZero();
    assertThat(nextAttempt().waitBeforeNext()).isEqualTo(Duration.ofMillis(250));
    CallReport delayed = nextCall();
    assertThat(delayed.waitedForRateLimit()).isEqualTo(Duration.ofSeconds(21));
    assertThat(delayed.waited()).isEqualTo(Duration.ofMillis(21_250));

    try (PersonaClient client = builder().callListener(recorder()).build()) {
      client.async().events().list().join();
      client.async().events().list().join();
    }
    assertThat(nextCall().waitedForRateLimit()).isZero();
    assertThat(nextCall().waitedForRateLimit()).isEqualTo(Duration.ofSeconds(21));
  }

  @Test
  void rejectedToken_isReportedIfThereIsAnotherOne() throws Exception {
    api.respond(401, "").respond(200, MockApi.EMPTY_PAGE);
    AtomicInteger tokens = new AtomicInteger();

    try (PersonaClient client =
        builder()
            .credentials(() -> "token-" + tokens.incrementAndGet())
            .callListener(recorder())
            .build()) {
      client.events().list();
    }

    AttemptReport attempt = nextAttempt();
    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.status()).isEqualTo(401);
    assertThat(attempt.waitBeforeNext()).isZero();
    assertThat(attempt.toString()).doesNotContain("token-");
    assertThat(nextCall().attempts()).isEqualTo(2);
  }

  @Test
  void slowAttempt_reportsItsOwnDuration() throws Exception {
    api.respond(new MockResponse.Builder().code(503).headersDelay(300, TimeUnit.MILLISECONDS))
        .respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        api.builder()
            .retryPolicy(
                RetryPolicy.builder().maxRetries(1).initialDelay(Duration.ofMillis(1)).build())
            .callListener(recorder())
            .build()) {
      client.events().list();
    }

    AttemptReport attempt = nextAttempt();
    assertThat(attempt.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    assertThat(attempt.duration()).isLessThanOrEqualTo(nextCall().duration());
  }

  @Test
  void callStoppedDuringWait_reportsTheAttemptAndTheStop() throws Exception {
    api.respond(503, "");
    time.holdPauses();

    try (PersonaClient client = builder().callListener(recorder()).build()) {
      var call = client.sendAsync(MockApi.listEvents(client));
      assertThat(nextAttempt().status()).isEqualTo(503);
      call.cancel(true);

      assertThat(nextCall().failure()).isEqualTo(CallReport.Failure.STOPPED);
    }
    assertThat(notified).isEmpty();
  }

  // ---- several listeners ----

  @Test
  void severalListeners_areNotifiedInTheirOrder() {
    api.respond(503, "").respond(200, MockApi.EMPTY_PAGE);
    BlockingQueue<String> order = new LinkedBlockingQueue<>();

    try (PersonaClient client =
        builder()
            .callListener(call -> order.add("first ended"))
            .callListenerFactory(
                operation -> {
                  order.add("second started");
                  return new CallListener() {
                    @Override
                    public void callEnded(CallReport call) {
                      order.add("second ended");
                    }

                    @Override
                    public void attemptFailed(AttemptReport attempt) {
                      order.add("second attempt " + attempt.number());
                    }
                  };
                })
            .callListener(call -> order.add("third ended"))
            .build()) {
      client.events().list();
    }

    assertThat(order)
        .containsExactly(
            "second started", "second attempt 1", "first ended", "second ended", "third ended");
  }

  @Test
  void listenerAddedAfterBuild_isNotNotifiedByTheEarlierClient() {
    api.respond(200, MockApi.EMPTY_PAGE);
    PersonaClientBuilder builder = builder().callListener(recorder());

    try (PersonaClient client = builder.build()) {
      PersonaClientBuilder unused =
          builder.callListener(call -> notified.add("of the later client"));
      client.events().list();
    }

    assertThat(notified).singleElement().isInstanceOf(CallReport.class);
  }

  @Test
  void throwingListeners_affectNeitherCallNorOtherListeners() {
    CallListener throwing =
        new CallListener() {
          @Override
          public void callEnded(CallReport call) {
            throw new AssertionError("bad");
          }

          @Override
          public void attemptFailed(AttemptReport attempt) {
            throw new IllegalStateException("bad");
          }

          @Override
          public Map<String, String> requestHeaders() {
            throw new IllegalStateException("bad");
          }
        };
    for (int i = 0; i < 2; i++) {
      api.respond(503, "").respond(200, MockApi.EMPTY_PAGE);
    }

    try (PersonaClient client =
        builder()
            .callListener(throwing)
            .callListenerFactory(
                operation -> {
                  throw new IllegalStateException("bad");
                })
            .callListener(recorder())
            .build()) {
      assertThat(client.events().list().items()).isEmpty();
      assertThat(client.async().events().list().join().items()).isEmpty();
    }

    assertThat(notified)
        .hasSize(4)
        .extracting(Object::getClass)
        .containsExactly(
            AttemptReport.class, CallReport.class, AttemptReport.class, CallReport.class);
  }

  // ---- headers of listeners ----

  interface OwnApi {
    @GET
    Call<ResponseBody> get(@Url HttpUrl url);

    @GET("things")
    Call<ResponseBody> things(@Header("traceparent") String own);
  }

  @Test
  void everyAttempt_getsTheHeadersOfTheListenerOfItsCall() throws Exception {
    api.respond(503, "").respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);
    AtomicInteger calls = new AtomicInteger();

    try (PersonaClient client =
        builder()
            .callListenerFactory(
                operation -> adding(Map.of("traceparent", "call-" + calls.incrementAndGet())))
            .build()) {
      client.events().list();
      client.async().events().list().join();
    }

    assertThat(api.request().getHeaders().values("traceparent")).containsExactly("call-1");
    assertThat(api.request().getHeaders().values("traceparent")).containsExactly("call-1");
    assertThat(api.request().getHeaders().values("traceparent")).containsExactly("call-2");
  }

  @Test
  void otherHosts_getNoHeadersOfListeners() throws Exception {
    try (MockApi other = new MockApi();
        PersonaClient client =
            builder()
                .allowFilesFrom("http://127.0.0.1:" + other.server().getPort())
                .callListener(adding(Map.of("traceparent", "of-the-call")))
                .build()) {
      other.respond(200, "{}").respond(200, "file");
      client.api(OwnApi.class).get(HttpUrl.get(other.url() + "/things")).execute();
      client.files().download("http://127.0.0.1:" + other.server().getPort() + "/file").close();

      assertThat(other.request().getHeaders().get("traceparent")).isNull();
      assertThat(other.request().getHeaders().get("traceparent")).isNull();
    }
  }

  @Test
  void filesOnTheHostOfTheApi_getNoHeadersOfListeners() throws Exception {
    api.respond(200, "file");
    String origin = "http://127.0.0.1:" + api.server().getPort();

    try (PersonaClient client =
        builder()
            .allowFilesFrom(origin)
            .callListener(adding(Map.of("traceparent", "of-the-call")))
            .build()) {
      client.files().download(origin + "/file").close();
    }

    assertThat(api.request().getHeaders().get("traceparent")).isNull();
  }

  @Test
  void requestThatAnInterceptorSendsElsewhere_losesTheHeadersOfListeners() throws Exception {
    try (MockApi other = new MockApi();
        PersonaClient client =
            builder()
                .addInterceptor(
                    chain ->
                        chain.proceed(
                            chain
                                .request()
                                .newBuilder()
                                .header("baggage", "of-the-interceptor")
                                .url(other.url() + "/events")
                                .build()))
                .callListener(adding(Map.of("traceparent", "of-the-call")))
                .build()) {
      other.respond(200, MockApi.EMPTY_PAGE);
      client.events().list();

      RecordedRequest request = other.request();
      assertThat(request.getHeaders().get("traceparent")).isNull();
      assertThat(request.getHeaders().get("baggage")).isEqualTo("of-the-interceptor");
    }
  }

  @Test
  void headersOfTheCaller_havePrecedence() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, "{}");

    try (PersonaClient client =
        builder()
            .options(RequestOptions.builder().header("Traceparent", "of-the-options").build())
            .callListener(adding(Map.of("traceparent", "of-the-call", "tracestate", "a=b")))
            .build()) {
      client.events().list();
    }
    try (PersonaClient client =
        builder().callListener(adding(Map.of("traceparent", "of-the-call"))).build()) {
      client.api(OwnApi.class).things("of-the-interface").execute();
    }

    RecordedRequest request = api.request();
    assertThat(request.getHeaders().values("traceparent")).containsExactly("of-the-options");
    assertThat(request.getHeaders().get("tracestate")).isEqualTo("a=b");
    assertThat(api.request().getHeaders().values("traceparent"))
        .containsExactly("of-the-interface");
  }

  @Test
  void laterListener_replacesAHeaderOfAnEarlierOne() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        builder()
            .callListener(adding(Map.of("traceparent", "first", "tracestate", "a=b")))
            .callListener(adding(Map.of("Traceparent", "second")))
            .build()) {
      client.events().list();
    }

    RecordedRequest request = api.request();
    assertThat(request.getHeaders().values("traceparent")).containsExactly("second");
    assertThat(request.getHeaders().get("tracestate")).isEqualTo("a=b");
  }

  @Test
  void headersThatOptionsRefuse_areIgnored() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", "Bearer other");
    headers.put("Idempotency-Key", "other");
    headers.put("Content-Encoding", "gzip");
    headers.put("not a name", "value");
    headers.put("no-value", null);
    headers.put("line", "a\r\nb: c");
    headers.put("traceparent", "kept");

    try (PersonaClient client = builder().callListener(adding(headers)).build()) {
      client.events().list();
    }

    RecordedRequest request = api.request();
    assertThat(request.getHeaders().values("Authorization"))
        .containsExactly("Bearer " + MockApi.KEY);
    assertThat(request.getHeaders().get("traceparent")).isEqualTo("kept");
    assertThat(
            List.of("Idempotency-Key", "Content-Encoding", "not a name", "no-value", "line", "b"))
        .allSatisfy(name -> assertThat(request.getHeaders().get(name)).isNull());
  }

  @Test
  void operation_hasTheHostAndPortOfTheRequest() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client = builder().callListener(recorder()).build()) {
      client.events().list();
    }

    ApiOperation operation = nextCall().operation();
    assertThat(operation.host()).isEqualTo("127.0.0.1");
    assertThat(operation.port()).isEqualTo(api.server().getPort());
  }
}
