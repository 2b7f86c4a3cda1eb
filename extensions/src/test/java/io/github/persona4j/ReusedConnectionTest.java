package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.TagRequest;
import io.github.persona4j.model.UpdateInquiryRequest;
import io.github.persona4j.paging.Page;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;

/** Connections of HTTP/1.1 on which responses and requests no longer belong together. */
class ReusedConnectionTest {
  private static final HandshakeCertificates TLS = LoopbackTls.CERTIFICATES;

  /** How a client opens its connections. */
  enum Sockets {
    PLAIN,
    TLS,
    /** With a shared OkHttpClient. */
    SHARED,
    /** With sockets that cannot be watched. */
    FOREIGN
  }

  private final TestTimeSource time = new TestTimeSource();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
  }

  private RawServer server(RawServer.Script script) throws IOException {
    return server(Sockets.PLAIN, script);
  }

  private RawServer server(Sockets sockets, RawServer.Script script) throws IOException {
    RawServer server =
        sockets == Sockets.TLS
            ? new RawServer(TLS.sslContext().getServerSocketFactory(), script)
            : new RawServer(ServerSocketFactory.getDefault(), script);
    open.add(0, server);
    return server;
  }

  private PersonaClient client(RawServer server) {
    return client(Sockets.PLAIN, server);
  }

  private PersonaClient client(Sockets sockets, RawServer server) {
    return client(sockets, server, RetryPolicy.standard());
  }

  private PersonaClient client(Sockets sockets, RawServer server, RetryPolicy policy) {
    PersonaClientBuilder builder =
        PersonaClient.builder()
            .apiKey(MockApi.KEY)
            .baseUrl(server.origin() + "/api/v1")
            .retryPolicy(policy)
            .time(time);
    switch (sockets) {
      case PLAIN -> {}
      case TLS ->
          builder
              .baseUrl(server.origin().replace("http:", "https:") + "/api/v1")
              .sslSocketFactory(TLS.sslSocketFactory(), TLS.trustManager());
      case SHARED -> builder.httpClient(okHttp(new OkHttpClient.Builder()));
      case FOREIGN ->
          builder.httpClient(
              okHttp(new OkHttpClient.Builder().socketFactory(new PlainSocketFactory())));
    }
    PersonaClient client = builder.build();
    open.add(0, client);
    return client;
  }

  private OkHttpClient okHttp(OkHttpClient.Builder builder) {
    OkHttpClient http = builder.build();
    open.add(
        () -> {
          http.dispatcher().executorService().shutdown();
          http.connectionPool().evictAll();
        });
    return http;
  }

  static final class PlainSocketFactory extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new Socket();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(java.net.InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(
        java.net.InetAddress host, int port, java.net.InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nRequest-Id: req-1\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String resource(String type, String id) {
    return ok("{\"data\":{\"type\":\"" + type + "\",\"id\":\"" + id + "\",\"attributes\":{}}}");
  }

  private static String inquiry(String id) {
    return resource("inquiry", id);
  }

  // ---- a response for another resource ----

  private static Call<InquiryResponse> call(PersonaClient client, String method, String id) {
    InquiriesApi inquiries = client.inquiries().api();
    return switch (method) {
      case "GET" -> inquiries.retrieve(id, ResourceQuery.none(), RequestOptions.none());
      case "POST" ->
          inquiries.addTag(
              id,
              TagRequest.fromJson("{\"meta\":{\"tag-name\":\"x\"}}"),
              ResourceQuery.none(),
              RequestOptions.none());
      case "PATCH" ->
          inquiries.update(
              id,
              UpdateInquiryRequest.fromJson("{\"data\":{}}"),
              ResourceQuery.none(),
              RequestOptions.none());
      case "DELETE" -> inquiries.redact(id, ResourceQuery.none(), RequestOptions.none());
      default -> throw new IllegalArgumentException(method);
    };
  }

  private static ApiResponse<InquiryResponse> send(
      PersonaClient client, boolean async, Call<InquiryResponse> call) {
    if (!async) {
      return client.send(call);
    }
    try {
      return client.sendAsync(call).join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, false", "GET, true", "POST, false", "POST, true"})
  void responseForAnotherResource_isDiscarded_andRequestIsRetried(String method, boolean async)
      throws Exception {
    // The connection is one response behind: the second request gets a response to the first.
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(socket, inquiry(request.number() < 3 ? "inq_A" : "inq_B")));
    PersonaClient client = client(server);
    assertThat(client.inquiries().retrieve("inq_A").data().id()).isEqualTo("inq_A");

    ApiResponse<InquiryResponse> response = send(client, async, call(client, method, "inq_B"));

    assertThat(response.body().data().id()).isEqualTo("inq_B");
    assertThat(response.attempts()).isEqualTo(2);
    assertThat(server.requests()).hasSize(3);
    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.requests().get(2).header("Idempotency-Key"))
        .isEqualTo(server.requests().get(1).header("Idempotency-Key"));
    assertThat(time.pauses()).allMatch(pause -> pause.isZero());
  }

  @ParameterizedTest
  @CsvSource({"PATCH, false", "PATCH, true", "DELETE, false", "DELETE, true"})
  void responseForAnotherResource_ofPatchOrDelete_failsCall(String method, boolean async)
      throws Exception {
    RawServer server = server((request, socket) -> RawServer.write(socket, inquiry("inq_A")));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_A");

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> send(client, async, call(client, method, "inq_B")))
        .withMessage(
            method
                + " /api/v1/inquiries/inq_B: the response belongs to another request; the call may"
                + " have been executed")
        .satisfies(
            e -> {
              assertThat(e.mayHaveBeenExecuted()).isTrue();
              assertThat(e.attempts()).isEqualTo(1);
              // Status and request ID belong to another request.
              assertThat(e.status()).isNull();
              assertThat(e.requestId()).isNull();
            });

    // The connection is not reused.
    client.inquiries().retrieve("inq_A");
    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void secondResponse_withAnotherId_isAccepted(String method) throws Exception {
    // An account that was consolidated, or an alias, always has another ID.
    RawServer server = server((request, socket) -> RawServer.write(socket, inquiry("inq_new")));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_new");

    assertThat(send(client, false, call(client, method, "inq_old")).body().data().id())
        .isEqualTo("inq_new");

    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void responseForAnotherResource_withoutRetryPolicy_isRetriedOnce() throws Exception {
    RawServer server = server((request, socket) -> RawServer.write(socket, inquiry("inq_new")));
    PersonaClient client = client(Sockets.PLAIN, server, RetryPolicy.none());
    client.inquiries().retrieve("inq_new");

    assertThat(client.inquiries().retrieve("inq_old").data().id()).isEqualTo("inq_new");

    assertThat(server.requests()).hasSize(3);
  }

  /** One attempt makes two requests, so a new connection does not help. */
  @Test
  void surplusBytesWithinAttempt_failCallAfterRetries() throws Exception {
    String surplus = "x".repeat(20_000);
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n" + surplus));
    try (PersonaClient client =
        PersonaClient.builder()
            .apiKey(MockApi.KEY)
            .baseUrl(server.origin() + "/api/v1")
            .retryPolicy(RetryPolicy.builder().maxRetries(1).build())
            .addInterceptor(
                chain -> {
                  chain.proceed(chain.request()).close();
                  return chain.proceed(chain.request());
                })
            .build()) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.events().list());
    }

    assertThat(server.requests()).hasSizeBetween(2, 3);
  }

  @Test
  void surplusBytesAfterRedirect_failDownloadAfterRetries(@TempDir Path folder) throws Exception {
    String surplus = "x".repeat(20_000);
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket,
                    "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n" + surplus));
    try (PersonaClient client =
        PersonaClient.builder()
            .apiKey(MockApi.KEY)
            .baseUrl(server.origin() + "/api/v1")
            .allowFilesFrom(server.origin())
            .retryPolicy(RetryPolicy.builder().maxRetries(1).build())
            .build()) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.files().saveTo(server.origin() + "/a", folder));
    }

    assertThat(server.requests()).hasSizeBetween(2, 3);
  }

  @Test
  void firstResponseOfConnection_isNotCompared() throws Exception {
    RawServer server = server((request, socket) -> RawServer.write(socket, inquiry("inq_new")));
    PersonaClient client = client(server);

    assertThat(client.inquiries().retrieve("inq_old").data().id()).isEqualTo("inq_new");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void connectionUsedByAnotherClient_isNotReused() throws Exception {
    RawServer server = server((request, socket) -> RawServer.write(socket, inquiry("inq_A")));
    OkHttpClient http = okHttp(new OkHttpClient.Builder());
    try (okhttp3.Response otherResponse =
            http.newCall(new Request.Builder().url(server.origin()).build()).execute();
        PersonaClient client =
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl(server.origin() + "/api/v1")
                .httpClient(http)
                .build()) {
      assertThat(otherResponse.body().string()).isNotEmpty();

      client.inquiries().retrieve("inq_old");

      assertThat(server.accepted()).isEqualTo(2);
      assertThat(server.requests()).hasSize(2);
    }
  }

  static Stream<String> otherDocuments() {
    return Stream.of(
        "{\"data\":{\"type\":\"inquiry\",\"id\":\"inq_A\"}}",
        "{\"data\":{\"type\":\"account\",\"id\":\"inq_B\"}}",
        "{\"data\":{\"type\":\"inquiry-session\",\"id\":\"inq_B\"}}",
        " {\n\"included\" : [{\"data\":{\"id\":\"inq_B\"}}, -1.5e3, null, \"]}\\\"\"],"
            + " \"data\" : { \"attributes\": {\"id\":\"inq_B\",\"x\":[[]]},"
            + " \"id\" :\"inq_A\", \"type\":\"inquiry\"}}",
        "{\"data\":[{\"type\":\"inquiry\",\"id\":\"inq_B\"}]}",
        "{\"data\":null}",
        "{\"access-token\":\"secret\"}",
        "{}");
  }

  @ParameterizedTest
  @MethodSource("otherDocuments")
  void documentWithAnotherResource_isRetried(String document) throws Exception {
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(socket, request.number() == 2 ? ok(document) : inquiry("inq_B")));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_B");

    assertThat(client.inquiries().retrieve("inq_B").data().id()).isEqualTo("inq_B");
    assertThat(server.requests()).hasSize(3);
  }

  static Stream<String> matchingDocuments() {
    return Stream.of(
        "{\"data\":{\"type\":\"inquiry\",\"id\":\"inq_B\",\"attributes\":{}}}",
        "{\"data\":{\"id\":\"inq_B\",\"attributes\":{\"id\":\"inq_A\"},\"type\":\"inquiry\"}}",
        "{\"included\":[{\"type\":\"account\",\"id\":\"act_1\"}],\"data\":"
            + "{\"attributes\":{\"type\":\"x\"},\"type\":\"inquir\\u0079\",\"id\":\"inq\\u005fB\"}}",
        // The API may omit prefixes of IDs.
        "{\"data\":{\"type\":\"inquiry\",\"id\":\"B\",\"attributes\":{}}}",
        "{\"meta\":{\"deep\":[[[{\"a\":[true,false]}]]]},\"data\":"
            + "{\"type\":\"inquiry\",\"id\":\"inq_B\",\"attributes\":{}}}");
  }

  @ParameterizedTest
  @MethodSource("matchingDocuments")
  void documentWithExpectedResource_isAccepted(String document) throws Exception {
    RawServer server = server((request, socket) -> RawServer.write(socket, ok(document)));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_B");

    client.inquiries().retrieve("inq_B");

    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":{\"type\":\"inquiry\"",
        "[",
        "nothing",
        "null 1",
        "{\"data\":{},}",
        "{\"data\":{\"id\":\"inq_\\u+041\",\"type\":\"inquiry\"}}",
        "{\"data\":{\"id\":\"inq_\\u-041\",\"type\":\"inquiry\"}}"
      })
  void malformedDocument_isReported_andNotRetried(String document) throws Exception {
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(socket, request.number() == 2 ? ok(document) : inquiry("inq_B")));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_B");

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.inquiries().retrieve("inq_B"))
        .withMessageContaining("does not match its description");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void resourceOfSubtype_isAccepted() throws Exception {
    RawServer server =
        server(
            (request, socket) -> RawServer.write(socket, resource("report/of-tomorrow", "rep_1")));
    PersonaClient client = client(server);

    for (int i = 0; i < 3; i++) {
      assertThat(client.reports().retrieve("rep_1").data().type()).isEqualTo("report/of-tomorrow");
    }

    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void operationReturningAnotherResource_isNotCompared() throws Exception {
    RawServer server =
        server((request, socket) -> RawServer.write(socket, resource("workflow-run", "wfr_1")));
    PersonaClient client = client(server);

    for (int i = 0; i < 2; i++) {
      client
          .workflows()
          .trigger("wfl_1", io.github.persona4j.model.TriggerWorkflowRequest.fromJson("{}"));
    }

    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void bodyLargerThanOneMebibyte_isCompared() throws Exception {
    String attributes = "\"attributes\":{\"note\":\"" + "x".repeat(3_000_000) + "\"}";
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket,
                    ok(
                        "{\"data\":{\"type\":\"inquiry\",\"id\":\""
                            + (request.number() < 3 ? "inq_A" : "inq_B")
                            + "\","
                            + attributes
                            + "}}")));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_A");

    assertThat(client.inquiries().retrieve("inq_B").data().id()).isEqualTo("inq_B");
    assertThat(server.accepted()).isEqualTo(2);
  }

  private static String longDocument(String id) {
    return "{\"included\":[{\"type\":\"account\",\"id\":\"act_1\",\"attributes\":{\"note\":\""
        + "x".repeat(5_000_000)
        + "\"}}],\"data\":{\"type\":\"inquiry\",\"id\":\""
        + id
        + "\",\"attributes\":{\"note\":\""
        + "x".repeat(3_000_000)
        + "\"}}}";
  }

  @Test
  void resourceAfterFirstMebibyte_isCompared() throws Exception {
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket, ok(longDocument(request.number() < 3 ? "inq_A" : "inq_B"))));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_A");

    assertThat(client.inquiries().retrieve("inq_B").data().id()).isEqualTo("inq_B");
    assertThat(server.accepted()).isEqualTo(2);

    assertThat(client.inquiries().retrieve("inq_B").data().id()).isEqualTo("inq_B");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void resourceAfterResponseLimit_isNotCompared() throws Exception {
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket, request.number() == 1 ? inquiry("inq_A") : ok(longDocument("inq_B"))));
    try (PersonaClient client =
        PersonaClient.builder()
            .apiKey(MockApi.KEY)
            .baseUrl(server.origin() + "/api/v1")
            .maxResponseBytes(2_000_000)
            .build()) {
      client.inquiries().retrieve("inq_A");

      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> client.inquiries().retrieve("inq_A"))
          .withMessageContaining("does not match its description")
          .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
    }
  }

  static Stream<String> emptyResponses() {
    return Stream.of(
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n",
        ok(""),
        ok(" \n"),
        ok("null"),
        ok(" null\n"));
  }

  @ParameterizedTest
  @MethodSource("emptyResponses")
  void responseWithoutResource_isDiscarded(String response) throws Exception {
    AtomicBoolean sendEmptyResponse = new AtomicBoolean();
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket, sendEmptyResponse.getAndSet(false) ? response : inquiry("inq_B")));
    PersonaClient client = client(server);

    for (String method : List.of("GET", "POST")) {
      client.inquiries().retrieve("inq_B");
      sendEmptyResponse.set(true);
      ApiResponse<InquiryResponse> taken = client.send(call(client, method, "inq_B"));
      assertThat(taken.body().data().id()).isEqualTo("inq_B");
      assertThat(taken.attempts()).isEqualTo(2);
    }
    for (String method : List.of("PATCH", "DELETE")) {
      client.inquiries().retrieve("inq_B");
      sendEmptyResponse.set(true);
      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> client.send(call(client, method, "inq_B")))
          .withMessageEndingWith(
              "the response belongs to another request; the call may have been executed")
          .satisfies(e -> assertThat(e.mayHaveBeenExecuted()).isTrue());
    }
    assertThat(server.requests()).hasSize(10);
  }

  @Test
  void responseForAnotherResource_isReportedAsMalformed() throws Exception {
    List<CallReport> reports = new CopyOnWriteArrayList<>();
    RawServer server = server((request, socket) -> RawServer.write(socket, inquiry("inq_A")));
    try (PersonaClient client =
        PersonaClient.builder()
            .apiKey(MockApi.KEY)
            .baseUrl(server.origin() + "/api/v1")
            .callListener(reports::add)
            .build()) {
      client.inquiries().retrieve("inq_A");
      MalformedResponseException failure =
          catchThrowableOfType(
              MalformedResponseException.class, () -> client.inquiries().redact("inq_B"));
      assertThat(failure).isNotNull();
    }

    assertThat(reports.get(1).failure()).isEqualTo(CallReport.Failure.MALFORMED);
    assertThat(reports.get(1).status()).isNull();
  }

  // ---- surplus bytes ----

  /** A page of events, followed by a page for another request in the same write. */
  private static final String TWO_PAGES =
      ok(MockApi.EMPTY_PAGE) + ok("{\"data\":[{\"type\":\"event\",\"id\":\"evt_wrong\"}]}");

  @ParameterizedTest
  @EnumSource(
      value = Sockets.class,
      names = {"PLAIN", "TLS", "SHARED"})
  void surplusResponse_isNotUsedForNextRequest(Sockets sockets) throws Exception {
    RawServer server =
        server(
            sockets,
            (request, socket) ->
                RawServer.write(
                    socket, request.number() == 1 ? TWO_PAGES : ok(MockApi.EMPTY_PAGE)));
    PersonaClient client = client(sockets, server);
    client.events().list();

    Page<Event> page = client.events().list();

    assertThat(page.items()).isEmpty();
    assertThat(server.accepted()).isEqualTo(2);
  }

  @Test
  void surplusResponse_withoutWatchedSocket_isDetectedByResource() throws Exception {
    RawServer server =
        server(
            Sockets.FOREIGN,
            (request, socket) ->
                RawServer.write(
                    socket,
                    request.number() == 1
                        ? inquiry("inq_A") + inquiry("inq_A")
                        : inquiry("inq_B")));
    PersonaClient client = client(Sockets.FOREIGN, server);
    client.inquiries().retrieve("inq_A");

    assertThat(client.inquiries().retrieve("inq_B").data().id()).isEqualTo("inq_B");
    assertThat(server.accepted()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"401", "404", "408", "500"})
  void surplusErrorResponse_isNotThrown(int status) throws Exception {
    String surplus = "HTTP/1.1 " + status + " No\r\nRequest-Id: r\r\nContent-Length: 0\r\n\r\n";
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket, request.number() == 1 ? inquiry("inq_A") + surplus : inquiry("inq_B")));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_A");

    assertThat(client.inquiries().retrieve("inq_B").data().id()).isEqualTo("inq_B");
    assertThat(server.requests()).hasSizeBetween(2, 3);
    assertThat(server.accepted()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, GET",
    "PLAIN, POST",
    "PLAIN, PATCH",
    "PLAIN, DELETE",
    "TLS, GET",
    "TLS, PATCH",
    "SHARED, PATCH"
  })
  void bytesOnIdleConnection_preventItsReuse(Sockets sockets, String method) throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    RawServer server =
        server(
            sockets,
            (request, socket) -> {
              RawServer.write(socket, inquiry(request.number() == 1 ? "inq_A" : "inq_B"));
              if (request.number() == 1) {
                assertThat(received.await(5, TimeUnit.SECONDS)).isTrue();
                RawServer.write(socket, inquiry("inq_B"));
                sent.countDown();
              }
            });
    // No request is sent twice.
    PersonaClient client = client(sockets, server, RetryPolicy.none());
    client.inquiries().retrieve("inq_A");
    received.countDown();
    assertThat(sent.await(5, TimeUnit.SECONDS)).isTrue();

    ApiResponse<InquiryResponse> response = client.send(call(client, method, "inq_B"));

    assertThat(response.body().data().id()).isEqualTo("inq_B");
    assertThat(server.requests()).hasSize(2);
    assertThat(server.accepted()).isEqualTo(2);
  }

  @Test
  void surplusFileResponse_isNotStored(@TempDir Path folder) throws Exception {
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket, request.number() == 1 ? ok("first") + ok("wrong") : ok("right")));
    try (PersonaClient client =
        PersonaClient.builder()
            .apiKey(MockApi.KEY)
            .baseUrl(server.origin() + "/api/v1")
            .allowFilesFrom(server.origin())
            .build()) {
      String url = server.origin() + "/file";
      assertThat(Files.readString(client.files().saveAs(url, folder.resolve("1"))))
          .isEqualTo("first");

      assertThat(Files.readString(client.files().saveAs(url, folder.resolve("2"))))
          .isEqualTo("right");
    }
  }

  @Test
  void manyResponses_areAcceptedOverOneConnection() throws Exception {
    RawServer server =
        server(
            Sockets.TLS,
            (request, socket) -> {
              String path = request.head().split(" ", 3)[1];
              RawServer.write(socket, inquiry(path.substring(path.lastIndexOf('/') + 1)));
            });
    PersonaClient client = client(Sockets.TLS, server);

    for (int i = 0; i < 200; i++) {
      String id = "inq_" + i;
      assertThat(client.inquiries().retrieve(id).data().id()).isEqualTo(id);
    }

    assertThat(server.requests()).hasSize(200);
    assertThat(server.accepted()).isEqualTo(1);
  }

  // ---- 408 ----

  private static final String REQUEST_TIMEOUT =
      "HTTP/1.1 408 Request Time-out\r\nContent-Length: 4\r\n\r\nlate";

  @ParameterizedTest
  @CsvSource({
    "GET, PLAIN, 2",
    "POST, PLAIN, 2",
    "DELETE, PLAIN, 2",
    "PATCH, PLAIN, 1",
    "POST, TLS, 2",
    "POST, FOREIGN, 2",
    "PATCH, FOREIGN, 1"
  })
  void unsolicited408_onReusedConnection_isRetriedIfSafe(
      String method, Sockets sockets, int attempts) throws Exception {
    RawServer server =
        server(
            sockets,
            (request, socket) ->
                RawServer.write(
                    socket, request.number() == 2 ? REQUEST_TIMEOUT : inquiry("inq_A")));
    // The budget is one retry, which these retries must not use.
    PersonaClient client =
        client(sockets, server, RetryPolicy.builder().budget(1).maxRetries(1).build());
    client.inquiries().retrieve("inq_A");

    if (attempts == 2) {
      assertThat(client.send(call(client, method, "inq_A")).attempts()).isEqualTo(2);
      assertThat(server.requests().get(2).header("Idempotency-Key"))
          .isEqualTo(server.requests().get(1).header("Idempotency-Key"));
    } else {
      assertThatExceptionOfType(PersonaApiException.class)
          .isThrownBy(() -> client.send(call(client, method, "inq_A")))
          .satisfies(
              e -> {
                assertThat(e.status()).isEqualTo(408);
                assertThat(e.mayHaveBeenExecuted()).isTrue();
              });
    }
    assertThat(server.requests()).hasSize(attempts + 1);

    // The response may follow the 408, so the connection is not reused.
    client.inquiries().retrieve("inq_A");
    assertThat(server.accepted()).isEqualTo(2);
    assertThat(time.pauses()).allMatch(pause -> pause.isZero());
  }

  @Test
  void post_after408WithRequestId_isNotRetried() throws Exception {
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket,
                    request.number() == 2
                        ? REQUEST_TIMEOUT.replace(
                            "Content-Length", "Request-Id: req-7\r\nContent-Length")
                        : inquiry("inq_A")));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_A");

    assertThatExceptionOfType(PersonaApiException.class)
        .isThrownBy(() -> client.send(call(client, "POST", "inq_A")))
        .satisfies(
            e -> {
              assertThat(e.requestId()).isEqualTo("req-7");
              assertThat(e.body()).isEqualTo("late");
              assertThat(e.mayHaveBeenExecuted()).isTrue();
            });
    assertThat(server.requests()).hasSize(2);
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void post_after408OnNewConnection_isNotRetried() throws Exception {
    RawServer server = server((request, socket) -> RawServer.write(socket, REQUEST_TIMEOUT));
    PersonaClient client = client(server);

    assertThatExceptionOfType(PersonaApiException.class)
        .isThrownBy(() -> client.send(call(client, "POST", "inq_A")))
        .satisfies(e -> assertThat(e.body()).isEqualTo("late"));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void idempotencyKeyOfCaller_isKept() throws Exception {
    RawServer server =
        server(
            (request, socket) ->
                RawServer.write(
                    socket, request.number() == 2 ? REQUEST_TIMEOUT : inquiry("inq_A")));
    PersonaClient client = client(server);
    client.inquiries().retrieve("inq_A");

    client
        .inquiries()
        .addTag(
            "inq_A",
            TagRequest.fromJson("{\"meta\":{\"tag-name\":\"x\"}}"),
            ResourceQuery.none(),
            RequestOptions.builder().idempotencyKey("mine").build());

    assertThat(server.requests().subList(1, 3))
        .allMatch(request -> request.header("Idempotency-Key").equals("mine"));
  }
}
