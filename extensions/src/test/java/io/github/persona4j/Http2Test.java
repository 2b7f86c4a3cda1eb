package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.CreateInquiryResponse;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;

/** Calls over HTTP/2, where many calls share a connection and each can be stopped alone. */
class Http2Test {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private static final HandshakeCertificates TLS =
      new HandshakeCertificates.Builder()
          .heldCertificate(SERVER)
          .addTrustedCertificate(SERVER.certificate())
          .build();

  private final TestTimeSource time = new TestTimeSource();
  private final List<Protocol> protocols = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private MockApi api;
  private PersonaClient client;

  interface CustomApi {
    @GET("things")
    Call<ResponseBody> get();

    @POST("things")
    Call<ResponseBody> post(@Body RequestBody body);

    @PATCH("things")
    Call<ResponseBody> patch(@Body RequestBody body);
  }

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    api.server().useHttps(TLS.sslSocketFactory());
    client =
        builder()
            .addInterceptor(
                chain -> {
                  keys.add(String.valueOf(chain.request().header("Idempotency-Key")));
                  Response response = chain.proceed(chain.request());
                  protocols.add(response.protocol());
                  return response;
                })
            .build();
  }

  private PersonaClientBuilder builder() {
    return api.builder()
        .baseUrl("https://localhost:" + api.server().getPort() + "/api/v1")
        .sslSocketFactory(TLS.sslSocketFactory(), TLS.trustManager())
        .retryPolicy(RetryPolicy.standard())
        .time(time);
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  private ApiResponse<ResponseBody> send(String method) {
    CustomApi customApi = client.api(CustomApi.class);
    RequestBody body = RequestBody.create(new byte[] {'x'});
    return client.send(
        switch (method) {
          case "GET" -> customApi.get();
          case "POST" -> customApi.post(body);
          default -> customApi.patch(body);
        });
  }

  private CompletableFuture<ApiResponse<EventPage>> list() {
    return client.sendAsync(MockApi.listEvents(client));
  }

  private ConnectionPool pool() {
    return client.http().connectionPool();
  }

  private static MockResponse.Builder reset(int code) {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseStream(code));
  }

  // The server of OkHttp 4 resets a stream before it has read the body, and may report a protocol
  // error for the body first.
  private static List<String> reasons(String code, boolean withBody) {
    String reset = "stream was reset: ";
    return TestedOkHttp.isVersion4() && withBody
        ? List.of(reset + code, reset + "PROTOCOL_ERROR")
        : List.of(reset + code);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, REFUSED_STREAM, 7, 4",
    "GET, INTERNAL_ERROR, 2, 4",
    "GET, CANCEL, 8, 4",
    "POST, REFUSED_STREAM, 7, 4",
    "POST, INTERNAL_ERROR, 2, 4",
    "POST, CANCEL, 8, 4",
    "PATCH, REFUSED_STREAM, 7, 1",
    "PATCH, INTERNAL_ERROR, 2, 1",
    "PATCH, CANCEL, 8, 1",
  })
  void resetStream_isRetriedLikeBrokenConnection(
      String method, String name, int code, int attempts) {
    for (int i = 0; i < attempts; i++) {
      api.respond(reset(code));
    }

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> send(method))
        .satisfies(
            e -> {
              assertThat(e.attempts()).isEqualTo(attempts);
              assertThat(e.mayHaveBeenExecuted()).isEqualTo(!method.equals("GET"));
            })
        .withMessageContaining(": the connection to localhost:")
        .withMessageEndingWith(
            " broke (StreamResetException)"
                + switch (method) {
                  case "POST" -> "; an earlier attempt may have been executed";
                  case "PATCH" -> "; the call may have been executed";
                  default -> "";
                })
        .havingCause()
        .extracting(Throwable::getMessage)
        .isIn(reasons(name, !method.equals("GET")));

    assertThat(api.server().getRequestCount()).isEqualTo(attempts);
    assertThat(time.pauses()).hasSize(attempts - 1);
    assertThat(Set.copyOf(keys)).hasSize(1);
  }

  @Test
  void serverRequiringHttp11_isNotRetried() {
    api.respond(reset(13));

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> send("GET"))
        .withMessage(
            "GET /api/v1/things failed: localhost:"
                + api.server().getPort()
                + " requires HTTP/1.1");
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  /** Other streams on the connection continue. */
  @Test
  void close_endsOnlyStreamsOfClient() throws Exception {
    MockResponse.Builder slow =
        new MockResponse.Builder()
            .body(" ".repeat(1000) + MockApi.EMPTY_PAGE)
            .throttleBody(1, 20, TimeUnit.MILLISECONDS);
    api.respond(slow).respond(slow);
    OkHttpClient httpClient =
        new OkHttpClient.Builder()
            .sslSocketFactory(TLS.sslSocketFactory(), TLS.trustManager())
            .build();
    String url = "https://localhost:" + api.server().getPort() + "/api/v1";
    try (PersonaClient other = api.builder().baseUrl(url).httpClient(httpClient).build()) {
      PersonaClient closed = api.builder().baseUrl(url).httpClient(httpClient).build();
      CompletableFuture<ApiResponse<EventPage>> otherCall =
          other.sendAsync(
              other.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
      api.request();
      CompletableFuture<ApiResponse<EventPage>> call =
          closed.sendAsync(
              closed.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
      api.request();
      Thread.sleep(200); // its response has started

      closed.close();

      assertThat(call)
          .failsWithin(TIMEOUT)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(PersonaConnectionException.class)
          .withMessageEndingWith(": the client was closed");
      Thread.sleep(200);
      assertThat(otherCall).isNotDone();
      assertThat(httpClient.connectionPool().connectionCount()).isEqualTo(1);
      otherCall.cancel(true);
    } finally {
      httpClient.dispatcher().executorService().shutdown();
      httpClient.connectionPool().evictAll();
    }
  }

  @Test
  void resetStream_isRetriedWithSameKey() {
    api.respond(reset(7)).respond(reset(2)).respond(201, "{}");

    ApiResponse<ResponseBody> response = send("POST");

    assertThat(response.attempts()).isEqualTo(3);
    assertThat(Set.copyOf(keys)).hasSize(1);
    assertThat(protocols).containsExactly(Protocol.HTTP_2);
  }

  @Test
  void responseForAnotherId_isAccepted() {
    for (int i = 0; i < 3; i++) {
      api.respond(200, MockApi.INQUIRY);
    }

    for (int i = 0; i < 3; i++) {
      assertThat(client.inquiries().retrieve("inq_alias").data().id()).isEqualTo("inq_1");
    }

    assertThat(api.server().getRequestCount()).isEqualTo(3);
    assertThat(protocols).containsOnly(Protocol.HTTP_2);
  }

  @Test
  void resetStream_costsBudget() {
    PersonaClient limitedClient = client.withRetryPolicy(RetryPolicy.builder().budget(1).build());
    api.respond(200, MockApi.EMPTY_PAGE).respond(reset(2)).respond(reset(2));
    time.random = 0; // no time passes, which would refill the budget
    limitedClient.events().list();

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> limitedClient.events().list())
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(2));
  }

  // An effect at the start of a response does not work with two concurrent requests: over HTTP/2,
  // the server takes it from the response that is next when a request arrives.
  private static final class StallingFirstRequest extends Dispatcher {
    private final AtomicInteger arrived = new AtomicInteger();
    private final CountDownLatch end;

    StallingFirstRequest(CountDownLatch end) {
      this.end = end;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      if (arrived.incrementAndGet() == 1) {
        end.await();
      }
      return new MockResponse.Builder().body(MockApi.EMPTY_PAGE).build();
    }
  }

  @Test
  void cancelledFuture_endsStreamButNotConnection() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    api.server().setDispatcher(new StallingFirstRequest(end));
    CompletableFuture<ApiResponse<EventPage>> stalled = list();
    RecordedRequest first = api.request();
    assertThat(pool().idleConnectionCount()).isZero();

    stalled.cancel(true);

    awaitTrue(() -> pool().idleConnectionCount() == 1);
    assertThat(list()).succeedsWithin(TIMEOUT);
    assertThat(api.request().getConnectionIndex()).isEqualTo(first.getConnectionIndex());
    assertThat(pool().connectionCount()).isEqualTo(1);
    end.countDown();
  }

  /** A cancelled call keeps its connection for a short time, here until the client is closed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void close_duringCall_leavesNoConnection(boolean blocking) throws Exception {
    api.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    PersonaClient slow =
        builder()
            .addInterceptor(
                chain -> {
                  try {
                    return chain.proceed(chain.request());
                  } finally {
                    closed.join();
                  }
                })
            .build();
    ConnectionPool pool = slow.http().connectionPool();
    CompletableFuture<?> stalled =
        blocking
            ? CompletableFuture.supplyAsync(() -> slow.events().list())
            : slow.sendAsync(MockApi.listEvents(slow));
    api.request();

    slow.close();
    closed.complete(true);

    assertThat(stalled)
        .failsWithin(TIMEOUT)
        .withThrowableThat()
        .withCauseInstanceOf(PersonaConnectionException.class);
    awaitTrue(() -> pool.connectionCount() == 0);
  }

  private static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  /** Waits for two requests, sends half of a body to each and closes the connection. */
  private static final class BreakingAfterTwoRequests extends Dispatcher {
    private final AtomicInteger arrived = new AtomicInteger();
    private final CountDownLatch two = new CountDownLatch(2);

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      MockResponse.Builder response = new MockResponse.Builder().code(201).body(MockApi.INQUIRY);
      if (arrived.incrementAndGet() > 2) {
        return response.build();
      }
      two.countDown();
      two.await();
      return response.onResponseBody(new SocketEffect.CloseSocket()).build();
    }
  }

  @Test
  void connectionBrokenDuringTwoPosts_isReplacedForBoth() throws Exception {
    api.server().setDispatcher(new BreakingAfterTwoRequests());
    List<CompletableFuture<ApiResponse<CreateInquiryResponse>>> posts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      posts.add(
          client.sendAsync(
              client
                  .inquiries()
                  .api()
                  .create(MockApi.NEW_INQUIRY, ResourceQuery.none(), RequestOptions.none())));
      api.request();
    }

    for (CompletableFuture<ApiResponse<CreateInquiryResponse>> post : posts) {
      assertThat(post.get(10, TimeUnit.SECONDS).attempts()).isEqualTo(2);
    }
    assertThat(keys).hasSize(4);
    assertThat(Set.copyOf(keys)).hasSize(2);
  }

  /** The server sends GOAWAY after a response; later requests use another connection. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void connectionShutDownByServer_isReplaced(String method) throws Exception {
    MockResponse.Builder last = new MockResponse.Builder().body("{}");
    api.respond(last.onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE));
    send("GET");
    int firstConnection = api.request().getConnectionIndex();

    // A request that crosses the GOAWAY may still get a response, or be accepted without one.
    int connection = firstConnection;
    api.respond(200, "{}");
    for (int received = 1, i = 0; connection == firstConnection && i < 500; i++) {
      api.respond(200, "{}");
      send(method);
      for (; received < api.server().getRequestCount(); received++) {
        connection = api.request().getConnectionIndex();
      }
    }

    assertThat(connection).isNotEqualTo(firstConnection);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void closedServer_isReportedAsRefusedConnection(String method) {
    api.respond(200, "{}");
    send("GET");
    api.server().close();

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> send(method))
        .satisfies(e -> assertThat(e).hasCauseExactlyInstanceOf(ConnectException.class))
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(4));
  }
}
