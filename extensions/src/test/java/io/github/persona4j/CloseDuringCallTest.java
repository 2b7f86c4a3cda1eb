package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.file.Download;
import io.github.persona4j.internal.http.ConnectionFailure;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.RequestOptions;
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

/** Closing a client ends its calls at once, in whatever state they are. */
class CloseDuringCallTest {
  /** Far less than the time limits of the client, more than a busy machine needs. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final String CLOSED = "This PersonaClient is closed";

  @TempDir Path folder;

  private final CountDownLatch begun = new CountDownLatch(1);
  private @Nullable OkHttpClient own;

  @BeforeEach
  void start() {
    own = null;
  }

  @AfterEach
  void stop() {
    if (own != null) {
      own.dispatcher().executorService().shutdown();
      own.connectionPool().evictAll();
    }
  }

  /** What a server does with a request. */
  @FunctionalInterface
  private interface Reply {
    void write(Socket socket) throws Exception;
  }

  /** Makes a call that waits for something. */
  @FunctionalInterface
  private interface Caller {
    void call(PersonaClient client, String origin, Path folder) throws Exception;
  }

  private record State(String name, Reply reply, Caller caller) {
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

  private static void drip(Socket socket, String head) throws Exception {
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
    Reply silence = socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    Reply head = socket -> drip(socket, "HTTP/1.1 200 OK\r\nX-Slow: ");
    Reply body = socket -> drip(socket, ok(500_000));
    Reply longBody = socket -> drip(socket, ok(5_000_000) + " ".repeat(2_000_000));
    Reply file = socket -> drip(socket, ok(500_000) + "some bytes of it");
    Reply error = socket -> drip(socket, "HTTP/1.1 500 No\r\nContent-Length: 500000\r\n\r\n");
    Reply later =
        socket ->
            RawServer.write(
                socket, "HTTP/1.1 503 No\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n");
    return Stream.of(
        new State("no response yet", silence, LIST),
        new State("no response yet, future", silence, ASYNC),
        new State("receiving the head", head, LIST),
        new State("receiving the head, future", head, ASYNC),
        new State("receiving the body", body, LIST),
        new State("receiving the body, future", body, ASYNC),
        new State("decoding a long body", longBody, LIST),
        new State("decoding a long body, future", longBody, ASYNC),
        new State("receiving the body of an error", error, LIST),
        new State("receiving the body of an error, future", error, ASYNC),
        new State("waiting for a retry", later, LIST),
        new State("waiting for a retry, future", later, ASYNC),
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
                client.files().save(origin + "/photo.jpg", folder.resolve("photo"))),
        new State(
            "storing a download",
            file,
            (client, origin, folder) -> {
              try (Download download = client.files().download(origin + "/photo.jpg")) {
                download.to(folder.resolve("photo"));
              }
            }),
        new State(
            "sending a file",
            silence,
            (client, origin, folder) ->
                client
                    .importers()
                    .importAccounts(
                        ImportersApi.ImportAccountsForm.builder()
                            .file(
                                FileUpload.of(
                                    "a.csv", "text/csv", -1, CloseDuringCallTest::endless))
                            .build())));
  }

  private static InputStream endless() {
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

  private RawServer server(Reply reply) throws IOException {
    return new RawServer(
        (request, socket) -> {
          begun.countDown();
          reply.write(socket);
        });
  }

  private PersonaClient client(RawServer server, boolean withOwn) {
    PersonaClientBuilder builder =
        PersonaClient.builder()
            .apiKey(MockApi.KEY)
            .baseUrl(server.origin() + "/api/v1")
            .allowFilesFrom(server.origin());
    if (withOwn) {
      own = new OkHttpClient();
      builder.httpClient(own);
    }
    return builder.build();
  }

  private static CompletableFuture<Throwable> elsewhere(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    Thread thread = new Thread(() -> told.complete(catchThrowable(call)));
    thread.setDaemon(true);
    thread.start();
    return told;
  }

  /** So that the call has come where it is meant to be. */
  private void awaitBegun() throws InterruptedException {
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(150);
  }

  private static @Nullable Throwable end(CompletableFuture<Throwable> told) throws Exception {
    Throwable thrown = told.get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
    return thrown instanceof CompletionException ? thrown.getCause() : thrown;
  }

  @ParameterizedTest(name = "{0}, own client: {1}")
  @MethodSource("statesOfBothClients")
  void call_endsAtOnceWithItsClient(State state, boolean withOwn) throws Exception {
    try (RawServer server = server(state.reply)) {
      PersonaClient client = client(server, withOwn);
      CompletableFuture<Throwable> told =
          elsewhere(() -> state.caller.call(client, server.origin(), folder));
      awaitBegun();
      assertThat(told).isNotDone();

      client.close();

      assertThat(end(told))
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.isTimeout()).isFalse();
              })
          .hasMessageEndingWith(" failed: the client was closed");
      assertThat(folder).isEmptyDirectory();
      assertThat(server.requests()).hasSize(1);
      eventuallyClosed(server, state.name.contains("retry") && withOwn ? 1 : 0);
    }
  }

  private static void eventuallyClosed(RawServer server, int idle) throws InterruptedException {
    for (int i = 0; i < 500 && server.connections() > idle; i++) {
      Thread.sleep(10);
    }
    assertThat(server.connections()).isEqualTo(idle);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callOfADerivedClient_endsWithEither(boolean closeFirst) throws Exception {
    try (RawServer server = server(socket -> drip(socket, ok(500_000)))) {
      PersonaClient first = client(server, false);
      PersonaClient derived = first.withOptions(RequestOptions.none());
      CompletableFuture<Throwable> told = elsewhere(() -> derived.events().list());
      awaitBegun();

      (closeFirst ? first : derived).close();

      assertThat(end(told)).hasMessageEndingWith(": the client was closed");
      first.close();
    }
  }

  @Test
  void callOfTheFirstClient_outlivesADerivedOne() throws Exception {
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
      CompletableFuture<EventPage> page =
          CompletableFuture.supplyAsync(() -> first.events().list());
      awaitBegun();

      derived.close();
      closed.countDown();

      assertThat(page.get(10, TimeUnit.SECONDS).data()).isEmpty();
    }
  }

  // ---- streams ----

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void streamOfABody_breaksOff(boolean withOwn) throws Exception {
    try (RawServer server = server(socket -> drip(socket, ok(500_000)))) {
      PersonaClient client = client(server, withOwn);
      ResponseBody print = openPrint(client);
      CompletableFuture<Throwable> told = elsewhere(() -> print.byteStream().readAllBytes());
      awaitBegun();

      client.close();

      assertThat(end(told)).isInstanceOf(IOException.class).hasMessage(CLOSED);
      print.close();
      eventuallyClosed(server, 0);
    }
  }

  private static ResponseBody openPrint(PersonaClient client) {
    return client.send(client.inquiries().api().print("inq_1", RequestOptions.none())).body();
  }

  @Test
  void streamOfADownload_breaksOff() throws Exception {
    try (RawServer server = server(socket -> drip(socket, ok(500_000)))) {
      PersonaClient client = client(server, false);
      Download download = client.files().download(server.origin() + "/photo.jpg");
      CompletableFuture<Throwable> told = elsewhere(() -> download.stream().readAllBytes());
      awaitBegun();

      client.close();

      assertThat(end(told))
          .isInstanceOf(IOException.class)
          .rootCause()
          .satisfiesAnyOf(
              root -> assertThat(root).hasMessage(CLOSED),
              root -> assertThat(root).isInstanceOf(IOException.class));
      download.close();
      eventuallyClosed(server, 0);
    }
  }

  @Test
  void storingAPrint_breaksOff() throws Exception {
    try (RawServer server = server(socket -> drip(socket, ok(500_000)))) {
      PersonaClient client = client(server, false);
      CompletableFuture<Throwable> told =
          elsewhere(
              () ->
                  client
                      .files()
                      .open(client.inquiries().api().print("inq_1", RequestOptions.none()))
                      .to(folder.resolve("print.pdf")));
      awaitBegun();

      client.close();

      assertThat(end(told))
          .isInstanceOf(PersonaConnectionException.class)
          .hasMessageContaining("closed");
      assertThat(folder).isEmptyDirectory();
    }
  }

  // ---- what has ended, and what is not ours ----

  @Test
  void callThatWaitsBehindOthers_endsToo() throws Exception {
    try (RawServer server = server(socket -> drip(socket, ok(500_000)))) {
      Dispatcher dispatcher = new Dispatcher();
      dispatcher.setMaxRequests(1);
      own = new OkHttpClient.Builder().dispatcher(dispatcher).build();
      CompletableFuture<Integer> others = new CompletableFuture<>();
      okhttp3.Call other =
          own.newCall(new Request.Builder().url(server.origin() + "/other").build());
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
      awaitBegun();
      PersonaClient client =
          PersonaClient.builder()
              .apiKey(MockApi.KEY)
              .baseUrl(server.origin() + "/api/v1")
              .httpClient(own)
              .build();
      CompletableFuture<ApiResponse<EventPage>> waiting =
          client.sendAsync(
              client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
      assertThat(own.dispatcher().queuedCallsCount()).isEqualTo(1);

      client.close();

      assertThat(waiting)
          .failsWithin(AT_ONCE)
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());
      // The owner's own call goes on.
      Thread.sleep(100);
      assertThat(others).isNotDone();
      other.cancel();
    }
  }

  @Test
  void callsOfAnOwnClient_goOn() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (request, socket) -> {
              begun.countDown();
              if (request.head().contains("/other")) {
                RawServer.write(socket, ok(4) + "ab");
                assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
                RawServer.write(socket, "cd");
              } else {
                drip(socket, ok(500_000));
              }
            })) {
      PersonaClient client = client(server, true);
      OkHttpClient http = java.util.Objects.requireNonNull(own);
      try (Response other =
          http.newCall(new Request.Builder().url(server.origin() + "/other").build()).execute()) {
        CompletableFuture<Throwable> told = elsewhere(() -> client.events().list());
        while (server.requests().size() < 2) {
          Thread.sleep(5);
        }
        awaitBegun();

        client.close();
        assertThat(end(told)).isInstanceOf(PersonaConnectionException.class);
        closed.countDown();

        assertThat(other.body().string()).isEqualTo("abcd");
      }
    }
  }

  @Test
  void callThatHasEnded_leavesNothingToClose() throws Exception {
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

      // A connection in good health stays in its owner's pool.
      OkHttpClient http = java.util.Objects.requireNonNull(own);
      assertThat(http.connectionPool().idleConnectionCount()).isEqualTo(1);
      assertThat(page).isCompleted();
    }
  }
}
