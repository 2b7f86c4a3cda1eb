package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.file.Download;
import io.github.persona4j.internal.http.ConnectionFailure;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.paging.Page;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing a client stops its calls immediately, in any state. */
class CloseDuringCallTest {
  /** Far less than the timeouts of the client, but enough for a busy machine. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String CLOSED = "This PersonaClient is closed";

  @TempDir Path folder;

  private final CountDownLatch started = new CountDownLatch(1);
  private @Nullable OkHttpClient httpClient;

  @BeforeEach
  void start() {
    httpClient = null;
  }

  @AfterEach
  void stop() {
    if (httpClient != null) {
      httpClient.dispatcher().executorService().shutdown();
      httpClient.connectionPool().evictAll();
    }
  }

  /** Writes the response of a server. */
  @FunctionalInterface
  private interface ResponseWriter {
    void write(Socket socket) throws Exception;
  }

  /** Makes a call that blocks. */
  @FunctionalInterface
  private interface Caller {
    void call(PersonaClient client, String origin, Path folder) throws Exception;
  }

  private record State(String name, ResponseWriter writer, Caller caller) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Caller LIST = (client, origin, folder) -> client.events().list();
  private static final Caller ASYNC =
      (client, origin, folder) ->
          client
              .sendAsync(
                  client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()))
              .join();

  private static void writeSlowly(Socket socket, String head) throws Exception {
    RawServer.write(socket, head);
    while (true) {
      RawServer.write(socket, " ");
      Thread.sleep(10);
    }
  }

  private static String ok(long length) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static Stream<State> states() {
    ResponseWriter noResponse =
        socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    ResponseWriter head = socket -> writeSlowly(socket, "HTTP/1.1 200 OK\r\nX-Slow: ");
    ResponseWriter body = socket -> writeSlowly(socket, ok(500_000));
    ResponseWriter longBody = socket -> writeSlowly(socket, ok(5_000_000) + " ".repeat(2_000_000));
    ResponseWriter file = socket -> writeSlowly(socket, ok(500_000) + "some bytes of it");
    ResponseWriter error =
        socket -> writeSlowly(socket, "HTTP/1.1 500 No\r\nContent-Length: 500000\r\n\r\n");
    ResponseWriter retryLater =
        socket ->
            RawServer.write(
                socket, "HTTP/1.1 503 No\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n");
    return Stream.of(
        new State("no response yet", noResponse, LIST),
        new State("no response yet, future", noResponse, ASYNC),
        new State("receiving the head", head, LIST),
        new State("receiving the head, future", head, ASYNC),
        new State("receiving the body", body, LIST),
        new State("receiving the body, future", body, ASYNC),
        new State("decoding a long body", longBody, LIST),
        new State("decoding a long body, future", longBody, ASYNC),
        new State("receiving the body of an error", error, LIST),
        new State("receiving the body of an error, future", error, ASYNC),
        new State("waiting for a retry", retryLater, LIST),
        new State("waiting for a retry, future", retryLater, ASYNC),
        new State(
            "Retrofit",
            body,
            (client, origin, folder) -> {
              Throwable thrown =
                  catchThrowable(
                      () ->
                          client
                              .events()
                              .api()
                              .list(EventsApi.ListQuery.none(), RequestOptions.none())
                              .execute());
              throw ConnectionFailure.exception(
                  io.github.persona4j.error.FailedCall.of(
                      new Request.Builder().url(origin).build()),
                  (IOException) thrown);
            }),
        new State(
            "storing a file",
            file,
            (client, origin, folder) ->
                client.files().saveAs(origin + "/photo.jpg", folder.resolve("photo"))),
        new State(
            "storing a download",
            file,
            (client, origin, folder) -> {
              try (Download download = client.files().download(origin + "/photo.jpg")) {
                download.saveAs(folder.resolve("photo"));
              }
            }),
        new State(
            "sending a file",
            noResponse,
            (client, origin, folder) ->
                client
                    .importers()
                    .importAccounts(
                        ImportersApi.ImportAccountsForm.builder()
                            .file(
                                FileUpload.of(
                                    "a.csv", "text/csv", -1, CloseDuringCallTest::endlessStream))
                            .build())));
  }

  private static InputStream endlessStream() {
    return new InputStream() {
      @Override
      public int read() {
        return 'x';
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        return length;
      }
    };
  }

  static Stream<Arguments> statesOfBothClients() {
    return states()
        .flatMap(state -> Stream.of(Arguments.of(state, false), Arguments.of(state, true)));
  }

  private RawServer server(ResponseWriter writer) throws IOException {
    return new RawServer(
        (request, socket) -> {
          started.countDown();
          writer.write(socket);
        });
  }

  private PersonaClient client(RawServer server, boolean customHttpClient) {
    PersonaClientBuilder builder =
        PersonaClient.builder()
            .apiKey(MockApi.KEY)
            .baseUrl(server.origin() + "/api/v1")
            .allowFilesFrom(server.origin());
    if (customHttpClient) {
      httpClient = new OkHttpClient();
      builder.httpClient(httpClient);
    }
    return builder.build();
  }

  private static CompletableFuture<Throwable> startInThread(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread thread = new Thread(() -> outcome.complete(catchThrowable(call)));
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  /** Waits until the call has reached the intended state. */
  private void awaitStarted() throws InterruptedException {
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(150);
  }

  private static @Nullable Throwable failureOf(CompletableFuture<Throwable> outcome)
      throws Exception {
    Throwable thrown = outcome.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    return thrown instanceof CompletionException ? thrown.getCause() : thrown;
  }

  @ParameterizedTest(name = "{0}, custom HTTP client: {1}")
  @MethodSource("statesOfBothClients")
  void close_duringCall_stopsCallImmediately(State state, boolean customHttpClient)
      throws Exception {
    try (RawServer server = server(state.writer)) {
      PersonaClient client = client(server, customHttpClient);
      CompletableFuture<Throwable> outcome =
          startInThread(() -> state.caller.call(client, server.origin(), folder));
      awaitStarted();
      assertThat(outcome).isNotDone();

      client.close();

      assertThat(failureOf(outcome))
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.isTimeout()).isFalse();
              })
          .hasMessageMatching(
              ".* failed: the client was closed(; (it was not|(the call|an earlier attempt) may have"
                  + " been) executed)?");
      assertThat(folder).isEmptyDirectory();
      assertThat(server.requests()).hasSize(1);
      awaitConnections(server, state.name.contains("retry") && customHttpClient ? 1 : 0);
    }
  }

  private static void awaitConnections(RawServer server, int idle) throws InterruptedException {
    for (int i = 0; i < 500 && server.connections() > idle; i++) {
      Thread.sleep(10);
    }
    assertThat(server.connections()).isEqualTo(idle);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void close_ofEitherClient_stopsCallOfDerivedClient(boolean closeFirst) throws Exception {
    try (RawServer server = server(socket -> writeSlowly(socket, ok(500_000)))) {
      PersonaClient first = client(server, false);
      PersonaClient derived = first.withOptions(RequestOptions.none());
      CompletableFuture<Throwable> outcome = startInThread(() -> derived.events().list());
      awaitStarted();

      (closeFirst ? first : derived).close();

      assertThat(failureOf(outcome)).hasMessageEndingWith(": the client was closed");
      first.close();
    }
  }

  private static ResponseBody openPrint(PersonaClient client) {
    return client.send(client.inquiries().api().print("inq_1", RequestOptions.none())).body();
  }

  @Test
  void close_ofDerivedClient_doesNotStopCallOfOriginalClient() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
            server(
                socket -> {
                  RawServer.write(socket, ok(MockApi.EMPTY_PAGE.length()));
                  assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
                  RawServer.write(socket, MockApi.EMPTY_PAGE);
                });
        PersonaClient first = client(server, false)) {
      PersonaClient derived = first.withOptions(RequestOptions.none());
      CompletableFuture<Page<Event>> page =
          CompletableFuture.supplyAsync(() -> first.events().list());
      awaitStarted();

      derived.close();
      closed.countDown();

      assertThat(page.get(10, TimeUnit.SECONDS).items()).isEmpty();
    }
  }

  // ---- streams ----

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void close_whileReadingBodyStream_throwsIOException(boolean customHttpClient) throws Exception {
    try (RawServer server = server(socket -> writeSlowly(socket, ok(500_000)))) {
      PersonaClient client = client(server, customHttpClient);
      ResponseBody print = openPrint(client);
      CompletableFuture<Throwable> outcome = startInThread(() -> print.byteStream().readAllBytes());
      awaitStarted();

      client.close();

      assertThat(failureOf(outcome)).isInstanceOf(IOException.class).hasMessage(CLOSED);
      print.close();
      awaitConnections(server, 0);
    }
  }

  @Test
  void close_whileReadingDownload_throwsIOException() throws Exception {
    try (RawServer server = server(socket -> writeSlowly(socket, ok(500_000)))) {
      PersonaClient client = client(server, false);
      Download download = client.files().download(server.origin() + "/photo.jpg");
      CompletableFuture<Throwable> outcome = startInThread(() -> download.stream().readAllBytes());
      awaitStarted();

      client.close();

      assertThat(failureOf(outcome))
          .isInstanceOf(IOException.class)
          .rootCause()
          .satisfiesAnyOf(
              root -> assertThat(root).hasMessage(CLOSED),
              root -> assertThat(root).isInstanceOf(IOException.class));
      download.close();
      awaitConnections(server, 0);
    }
  }

  @Test
  void close_whileStoringPrint_throwsConnectionException() throws Exception {
    try (RawServer server = server(socket -> writeSlowly(socket, ok(500_000)))) {
      PersonaClient client = client(server, false);
      CompletableFuture<Throwable> outcome =
          startInThread(
              () ->
                  client
                      .files()
                      .open(client.inquiries().api().print("inq_1", RequestOptions.none()))
                      .saveAs(folder.resolve("print.pdf")));
      awaitStarted();

      client.close();

      assertThat(failureOf(outcome))
          .isInstanceOf(PersonaConnectionException.class)
          .hasMessageContaining("closed");
      assertThat(folder).isEmptyDirectory();
    }
  }

  // ---- ended calls, and calls of others ----

  @Test
  void close_stopsQueuedCall() throws Exception {
    try (RawServer server = server(socket -> writeSlowly(socket, ok(500_000)))) {
      Dispatcher dispatcher = new Dispatcher();
      dispatcher.setMaxRequests(1);
      httpClient = new OkHttpClient.Builder().dispatcher(dispatcher).build();
      CompletableFuture<Integer> others = new CompletableFuture<>();
      okhttp3.Call other =
          httpClient.newCall(new Request.Builder().url(server.origin() + "/other").build());
      other.enqueue(
          new okhttp3.Callback() {
            @Override
            public void onFailure(okhttp3.Call call, IOException failure) {
              others.completeExceptionally(failure);
            }

            @Override
            public void onResponse(okhttp3.Call call, Response response) {
              try (response) {
                others.complete(response.body().bytes().length);
              } catch (IOException e) {
                others.completeExceptionally(e);
              }
            }
          });
      awaitStarted();
      PersonaClient client =
          PersonaClient.builder()
              .apiKey(MockApi.KEY)
              .baseUrl(server.origin() + "/api/v1")
              .httpClient(httpClient)
              .build();
      CompletableFuture<ApiResponse<EventPage>> waiting =
          client.sendAsync(
              client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
      assertThat(httpClient.dispatcher().queuedCallsCount()).isEqualTo(1);

      client.close();

      assertThat(waiting)
          .failsWithin(TIMEOUT)
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());
      // The call of the shared HTTP client continues.
      Thread.sleep(100);
      assertThat(others).isNotDone();
      other.cancel();
    }
  }

  @Test
  void close_doesNotStopOtherCallsOfSharedHttpClient() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (request, socket) -> {
              started.countDown();
              if (request.head().contains("/other")) {
                RawServer.write(socket, ok(4) + "ab");
                assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
                RawServer.write(socket, "cd");
              } else {
                writeSlowly(socket, ok(500_000));
              }
            })) {
      PersonaClient client = client(server, true);
      OkHttpClient http = java.util.Objects.requireNonNull(httpClient);
      try (Response other =
          http.newCall(new Request.Builder().url(server.origin() + "/other").build()).execute()) {
        CompletableFuture<Throwable> outcome = startInThread(() -> client.events().list());
        while (server.requests().size() < 2) {
          Thread.sleep(5);
        }
        awaitStarted();

        client.close();
        assertThat(failureOf(outcome)).isInstanceOf(PersonaConnectionException.class);
        closed.countDown();

        assertThat(other.body().string()).isEqualTo("abcd");
      }
    }
  }

  @Test
  void close_afterCall_keepsIdleConnectionOfSharedHttpClient() throws Exception {
    String body = MockApi.EMPTY_PAGE;
    try (RawServer server =
        new RawServer((request, socket) -> RawServer.write(socket, ok(body.length()) + body))) {
      PersonaClient client = client(server, true);
      CompletableFuture<ApiResponse<EventPage>> page =
          client.sendAsync(
              client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
      assertThat(page.get(10, TimeUnit.SECONDS).body().data()).isEmpty();
      ResponseBody print = openPrint(client);
      assertThat(print.string()).isEqualTo(body);

      client.close();

      // A healthy connection stays in the pool of the shared HTTP client.
      OkHttpClient http = java.util.Objects.requireNonNull(httpClient);
      assertThat(http.connectionPool().idleConnectionCount()).isEqualTo(1);
      assertThat(page).isCompleted();
    }
  }
}
