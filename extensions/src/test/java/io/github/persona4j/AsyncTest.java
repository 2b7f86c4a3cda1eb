package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.Call;
import retrofit2.http.GET;

/** Responses of blocking and async calls. */
class AsyncTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final TestTimeSource time = new TestTimeSource();
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Call<EventPage> list(PersonaClient client) {
    return MockApi.listEvents(client);
  }

  private PersonaClient retryingClient() {
    RetryPolicy policy = RetryPolicy.builder().budget(1000).build();
    return api.builder().retryPolicy(policy).time(time).build();
  }

  // ---- responses ----

  @Test
  void apiResponse_hasStatusHeadersRateLimitsAndAttempts() {
    for (int i = 0; i < 2; i++) {
      api.respond(503, "")
          .respond(
              201,
              MockApi.EMPTY_PAGE,
              "Request-Id",
              "req-1",
              "RateLimit-Remaining",
              "299",
              "Set-Cookie",
              "a=1",
              "Set-Cookie",
              "b=2");
    }

    try (PersonaClient client = retryingClient()) {
      ApiResponse<EventPage> blocking = client.send(list(client));
      ApiResponse<EventPage> async = client.sendAsync(list(client)).join();

      for (ApiResponse<EventPage> response : List.of(blocking, async)) {
        assertThat(response.body().data()).isEmpty();
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.requestId()).isEqualTo("req-1");
        assertThat(response.rateLimits().remaining()).isEqualTo(299);
        assertThat(response.attempts()).isEqualTo(2);
        assertThat(response.waited()).isEqualTo(Duration.ofMillis(250));
        assertThat(response.header("REQUEST-ID")).isEqualTo("req-1");
        assertThat(response.header("X-None")).isNull();
        Map<String, List<String>> headers = response.headers();
        assertThat(headers.get("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(headers).containsKey("ratelimit-remaining").doesNotContainKey("X-None");
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .isThrownBy(() -> headers.put("x", List.of()));
        assertThat(response)
            .hasToString(
                "ApiResponse{GET /api/v1/events returned 201 (request id req-1, 2 attempts)}");
      }
    }
  }

  @Test
  void streamedBody_isReadableWhenFutureCompletes() throws IOException {
    api.respond(200, "%PDF-1.7", "Content-Type", "application/pdf");
    PersonaClient client = api.client();

    try (ResponseBody body =
        client
            .sendAsync(client.inquiries().api().print("inq_1", RequestOptions.none()))
            .join()
            .body()) {
      assertThat(body.string()).isEqualTo("%PDF-1.7");
    }
  }

  // ---- failures ----

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new MockResponse.Builder().code(404), NotFoundException.class),
        Arguments.of(new MockResponse.Builder().code(500).body("<html>"), ServerException.class),
        Arguments.of(
            new MockResponse.Builder().body("{\"data\":[").addHeader("Request-Id", "r"),
            MalformedResponseException.class),
        Arguments.of(new MockResponse.Builder().code(204), MalformedResponseException.class),
        Arguments.of(
            new MockResponse.Builder().code(302).addHeader("Location", "/x"),
            MalformedResponseException.class),
        Arguments.of(
            new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()),
            PersonaConnectionException.class),
        Arguments.of(
            new MockResponse.Builder()
                .body(MockApi.EMPTY_PAGE)
                .onResponseBody(new SocketEffect.CloseSocket()),
            PersonaConnectionException.class));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void asyncFailure_isSameAsBlockingFailure(
      MockResponse.Builder response, Class<? extends PersonaException> type) {
    PersonaClient client = api.client();
    api.respond(response).respond(response).respond(response);

    Throwable thrown = catchThrowable(() -> client.events().list());
    Throwable sent = catchThrowable(() -> client.send(list(client)));
    Throwable async = catchThrowable(() -> client.sendAsync(list(client)).join());

    assertThat(thrown).isExactlyInstanceOf(type);
    assertThat(sent).isExactlyInstanceOf(type).hasMessage(thrown.getMessage());
    assertThat(async).isExactlyInstanceOf(CompletionException.class);
    assertThat(async.getCause()).isExactlyInstanceOf(type).hasMessage(thrown.getMessage());
  }

  @Test
  void interceptorException_isThrownUnchanged() {
    IllegalArgumentException exception = new IllegalArgumentException("mine");
    Interceptor broken =
        chain -> {
          throw exception;
        };

    OkHttpClient httpClient = new OkHttpClient.Builder().addInterceptor(broken).build();
    try (PersonaClient first =
            api.builder()
                .retryPolicy(RetryPolicy.standard())
                .time(time)
                .httpClient(httpClient)
                .build();
        PersonaClient second = api.builder().addInterceptor(broken).build()) {
      for (PersonaClient client : List.of(first, second)) {
        assertThat(catchThrowable(() -> client.events().list())).isSameAs(exception);
        assertThat(client.sendAsync(list(client)))
            .failsWithin(TIMEOUT)
            .withThrowableThat()
            .havingCause()
            .isSameAs(exception);
      }
    } finally {
      httpClient.dispatcher().executorService().shutdown();
    }
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void errorWhileReadingBody_failsFuture() {
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);
    try (PersonaClient client = api.builder().addInterceptor(AsyncTest::failingBody).build()) {
      assertThat(catchThrowable(() -> client.send(list(client)))).isInstanceOf(LinkageError.class);
      assertThat(client.sendAsync(list(client)))
          .failsWithin(TIMEOUT)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(LinkageError.class);
    }
  }

  /** The error is thrown when the body is decoded, where Retrofit does not catch it. */
  @Test
  void errorWhileDecoding_withDeadline_failsFuture() {
    api.respond(200, "{}");
    RequestOptions limit = RequestOptions.builder().callTimeout(Duration.ofMinutes(1)).build();
    try (PersonaClient client = api.builder().addInterceptor(AsyncTest::failingBody).build()) {
      assertThat(client.sendAsync(client.withOptions(limit).api(CustomApi.class).things()))
          .failsWithin(TIMEOUT)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(LinkageError.class);
    }
  }

  /** Its responses are received when they are converted. */
  interface CustomApi {
    @GET("things")
    Call<ResponseBody> things();
  }

  private static okhttp3.Response failingBody(Interceptor.Chain chain) throws IOException {
    okhttp3.Response response = chain.proceed(chain.request());
    return response.newBuilder().body(new FailingBody(response.body())).build();
  }

  /** Fails with an error, as if a class were missing. */
  private static final class FailingBody extends ResponseBody {
    private final ResponseBody body;

    FailingBody(ResponseBody body) {
      this.body = body;
    }

    @Override
    public okhttp3.MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() {
      return body.contentLength();
    }

    @Override
    public okio.BufferedSource source() {
      return Okio.buffer(
          new ForwardingSource(body.source()) {
            @Override
            public long read(Buffer sink, long byteCount) {
              throw new LinkageError("a class is missing");
            }
          });
    }
  }

  @Test
  void executedCall_throwsIllegalState() {
    api.respond(200, MockApi.EMPTY_PAGE);
    PersonaClient client = api.client();
    Call<EventPage> call = list(client);
    client.send(call);

    assertThatIllegalStateException().isThrownBy(() -> client.send(call));
    assertThatIllegalStateException().isThrownBy(() -> client.sendAsync(call));
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  // ---- threads ----

  @Test
  void asyncCallsWaitingForRetry_occupyNoThread() throws Exception {
    int calls = 200;
    for (int i = 0; i < calls; i++) {
      api.respond(503, "");
    }
    time.holdPauses();
    ClientThreads threads = new ClientThreads();

    try (PersonaClient client = retryingClient()) {
      List<CompletableFuture<ApiResponse<EventPage>>> futures = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        futures.add(client.sendAsync(list(client)));
      }
      time.awaitPauses(calls);
      // No call is running, and there are no more idle threads than concurrent calls are allowed.
      assertThat(client.http().dispatcher().runningCallsCount()).isZero();
      assertThat(client.http().dispatcher().queuedCallsCount()).isZero();
      assertThat(threads.started()).hasSizeLessThanOrEqualTo(64 + 5);

      IntStream.range(0, calls).forEach(i -> api.respond(200, MockApi.EMPTY_PAGE));
      time.releasePauses();

      for (CompletableFuture<ApiResponse<EventPage>> one : futures) {
        assertThat(one.get(20, TimeUnit.SECONDS).attempts()).isEqualTo(2);
      }
    }
    assertThat(api.server().getRequestCount()).isEqualTo(2 * calls);
  }

  /** The HTTP client allows one call at a time, so an occupied thread would block the others. */
  @Test
  void blockingContinuation_doesNotDelayOtherCalls() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE).respond(404, "");
    CountDownLatch ended = new CountDownLatch(1);
    OkHttpClient httpClient = singleRequestHttpClient();

    try (PersonaClient client = api.builder().httpClient(httpClient).build()) {
      CompletableFuture<Void> blocked =
          client
              .sendAsync(list(client))
              .thenRun(
                  () -> {
                    try {
                      ended.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });

      assertThat(client.sendAsync(list(client))).succeedsWithin(TIMEOUT);
      assertThat(client.sendAsync(list(client)))
          .failsWithin(TIMEOUT)
          .withThrowableThat()
          .withCauseInstanceOf(NotFoundException.class);
      assertThat(blocked).isNotDone();
      ended.countDown();
      assertThat(blocked).succeedsWithin(TIMEOUT);
    } finally {
      ended.countDown();
      httpClient.dispatcher().executorService().shutdown();
      httpClient.connectionPool().evictAll();
    }
  }

  private static OkHttpClient singleRequestHttpClient() {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(1);
    return new OkHttpClient.Builder().dispatcher(dispatcher).build();
  }

  // ---- cancellation, deadline and close ----

  /** Accepts one request, sends no response, and records when the client disconnects. */
  private static final class SilentServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    final CompletableFuture<Void> requested = new CompletableFuture<>();
    final CompletableFuture<Boolean> disconnected =
        CompletableFuture.supplyAsync(
            () -> {
              try (Socket socket = server.accept();
                  InputStream in = socket.getInputStream()) {
                boolean open = in.read() != -1;
                requested.complete(null);
                while (open) {
                  open = in.read() != -1;
                }
                return true;
              } catch (IOException e) {
                // A reset also counts as a disconnect.
                return requested.isDone();
              }
            });

    SilentServer() throws IOException {}

    PersonaClient client() {
      return PersonaClient.builder()
          .apiKey(MockApi.KEY)
          .baseUrl("http://127.0.0.1:" + server.getLocalPort())
          .retryPolicy(RetryPolicy.standard())
          .build();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @Test
  void cancelledFuture_closesConnection() throws Exception {
    try (SilentServer server = new SilentServer();
        PersonaClient client = server.client()) {
      CompletableFuture<ApiResponse<EventPage>> future = client.sendAsync(list(client));
      server.requested.get(10, TimeUnit.SECONDS);

      assertThat(future.cancel(true)).isTrue();

      assertThat(server.disconnected).succeedsWithin(TIMEOUT).isEqualTo(true);
      assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join);
    }
  }

  @Test
  void timedOutFuture_closesConnection() throws Exception {
    try (SilentServer server = new SilentServer();
        PersonaClient client = server.client()) {
      CompletableFuture<ApiResponse<EventPage>> future = client.sendAsync(list(client));
      server.requested.get(10, TimeUnit.SECONDS);

      CompletableFuture<ApiResponse<EventPage>> unused = future.orTimeout(1, TimeUnit.MILLISECONDS);

      assertThat(server.disconnected).succeedsWithin(TIMEOUT).isEqualTo(true);
    }
  }

  @Test
  void cancelledFuture_stopsRetry() throws Exception {
    api.respond(503, "").respond(200, MockApi.EMPTY_PAGE);
    time.holdPauses();

    try (PersonaClient client = retryingClient()) {
      CompletableFuture<ApiResponse<EventPage>> future = client.sendAsync(list(client));
      time.awaitPauses(1);
      future.cancel(true);
      time.releasePauses();

      client.send(list(client));
    }

    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  /** OkHttp measures the time of an attempt only after it has started. */
  @Test
  void deadline_includesTimeInDispatcherQueue() throws Exception {
    api.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    RequestOptions shortTimeout =
        RequestOptions.builder().callTimeout(Duration.ofMillis(100)).build();
    OkHttpClient httpClient = singleRequestHttpClient();

    try (PersonaClient client = api.builder().httpClient(httpClient).build()) {
      CompletableFuture<ApiResponse<EventPage>> first = client.sendAsync(list(client));
      api.request();

      assertThat(client.withOptions(shortTimeout).sendAsync(list(client.withOptions(shortTimeout))))
          .failsWithin(TIMEOUT)
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isTimeout()).isTrue();
                assertThat(e.attempts()).isZero();
              });
      assertThat(first).isNotDone();
      first.cancel(true);
    } finally {
      httpClient.dispatcher().executorService().shutdown();
      httpClient.connectionPool().evictAll();
    }
  }

  @Test
  void closedClient_failsFuture() {
    PersonaClient client = api.client();
    client.close();

    assertThatIllegalStateException().isThrownBy(() -> client.send(list(client)));
    assertThat(client.sendAsync(list(client)))
        .failsWithin(TIMEOUT)
        .withThrowableThat()
        .havingCause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .withMessage("This PersonaClient is closed");
  }

  @Test
  void close_stopsRunningAndWaitingCalls_includingDerivedClients() throws Exception {
    api.respond(503, "")
        .respond(503, "")
        .respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    time.holdPauses();
    PersonaClient client = retryingClient();
    PersonaClient derived = client.withOptions(RequestOptions.none());

    List<CompletableFuture<ApiResponse<EventPage>>> futures = new ArrayList<>();
    futures.add(client.sendAsync(list(client)));
    time.awaitPauses(1);
    futures.add(derived.sendAsync(list(derived)));
    time.awaitPauses(2);
    futures.add(client.sendAsync(list(client)));
    for (int i = 0; i < 3; i++) {
      api.request();
    }
    client.close();

    for (CompletableFuture<ApiResponse<EventPage>> one : futures) {
      assertThat(one)
          .failsWithin(TIMEOUT)
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.attempts()).isEqualTo(1);
                assertThat(e).hasMessage("GET /api/v1/events failed: the client was closed");
              });
    }
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }
}
