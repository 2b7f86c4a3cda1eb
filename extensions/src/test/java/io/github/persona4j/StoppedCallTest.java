package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.file.Download;
import io.github.persona4j.internal.retry.TestTimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that end neither by a response nor by a broken connection. */
class StoppedCallTest {
  private final BlockingQueue<CallReport> reports = new LinkedBlockingQueue<>();
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** Runs the call in a thread, interrupts it while it waits, and returns what the call throws. */
  private static Throwable interruptWhileWaiting(Runnable call, CountDownLatch started)
      throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> interruptFlag = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              thrown.set(catchThrowable(call::run));
              interruptFlag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.WAITING
        && thread.isAlive()) {
      Thread.sleep(5);
    }
    thread.interrupt();
    thread.join(10_000);
    assertThat(interruptFlag.get()).as("interrupt flag").isTrue();
    return Objects.requireNonNull(thrown.get());
  }

  /** A port with a full backlog: further connections hang. */
  private static ServerSocket fullServer(List<Socket> sockets) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    for (int i = 0; i < 8; i++) {
      Socket socket = new Socket();
      sockets.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (IOException e) {
        break; // full
      }
    }
    return server;
  }

  @Test
  @DisabledIf(
      value = "io.github.persona4j.TestedOkHttp#isVersion4",
      disabledReason = "OkHttp 4 connects where nothing can interrupt it")
  void interruptWhileConnecting_stopsCall() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(1);
    OkHttpClient http =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void connectStart(
                      Call call, InetSocketAddress address, java.net.Proxy proxy) {
                    started.countDown();
                  }
                })
            .build();
    try (ServerSocket server = fullServer(sockets);
        PersonaClient client =
            api.builder()
                .baseUrl("http://127.0.0.1:" + server.getLocalPort())
                .httpClient(http)
                .connectTimeout(Duration.ofSeconds(8))
                .callListener(reports::add)
                .build()) {
      Throwable thrown = interruptWhileWaiting(() -> client.events().list(), started);

      assertThat(thrown)
          .isInstanceOfSatisfying(
              PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());
      assertThat(reports.remove().failure()).isEqualTo(CallReport.Failure.STOPPED);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
      http.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void interruptedThread_sendsNothing() {
    Thread.currentThread().interrupt();
    Throwable thrown = catchThrowable(() -> api.client().events().list());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown)
        .isInstanceOfSatisfying(
            PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());
    assertThat(api.server().getRequestCount()).isZero();
  }

  /** A call that waits on a socket. */
  @FunctionalInterface
  interface ReadOperation {
    void call(PersonaClient client, String origin, Path folder) throws Exception;
  }

  static Stream<Arguments> readOperations() {
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n";
    ReadOperation list = (client, origin, folder) -> client.events().list();
    return Stream.of(
        Arguments.of("head", "", list),
        Arguments.of("body", ok, list),
        Arguments.of("long body", ok + " ".repeat(2_000_000), list),
        Arguments.of(
            "file",
            ok + "x",
            (ReadOperation)
                (client, origin, folder) ->
                    client.files().saveAs(origin + "/a", folder.resolve("never stored"))),
        Arguments.of(
            "download",
            ok + "x",
            (ReadOperation)
                (client, origin, folder) -> {
                  try (Download download = client.files().download(origin + "/a")) {
                    download.saveAs(folder.resolve("never stored"));
                  }
                }));
  }

  /**
   * A platform thread detects the interrupt only at the read timeout, which must not be reported as
   * the cause.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("readOperations")
  void interruptWhileReading_stopsCall_withoutTimeout(
      String name, String bytes, ReadOperation readOperation, @TempDir Path folder)
      throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(socket, bytes);
                  started.countDown();
                });
        PersonaClient client =
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl(server.origin() + "/api/v1")
                .allowFilesFrom(server.origin())
                .readTimeout(Duration.ofMillis(700))
                .build()) {
      Throwable thrown =
          interruptWhileReading(() -> readOperation.call(client, server.origin(), folder), started);

      assertThat(thrown)
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.isTimeout()).isFalse();
                assertThat(e.attempts()).isEqualTo(1);
              })
          .hasMessageEndingWith(" failed: the thread was interrupted")
          .hasCauseInstanceOf(InterruptedIOException.class);
      assertThat(server.requests()).hasSize(1);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void interruptBeforeDeadline_stopsCall_withoutTimeout() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    try (RawServer server = new RawServer((request, socket) -> started.countDown());
        PersonaClient client =
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl(server.origin() + "/api/v1")
                .callTimeout(Duration.ofSeconds(3))
                .callListener(reports::add)
                .build()) {
      Throwable thrown = interruptWhileReading(() -> client.events().list(), started);

      assertThat(thrown)
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.isTimeout()).isFalse();
              });
      assertThat(reports.remove().failure()).isEqualTo(CallReport.Failure.STOPPED);
    }
  }

  @Test
  void responseToInterruptedThread_isReturned() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> interruptFlag = new AtomicReference<>();
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  started.countDown();
                  assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
                  RawServer.write(
                      socket, "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                });
        PersonaClient client =
            PersonaClient.builder().apiKey(MockApi.KEY).baseUrl(server.origin()).build()) {
      Thread thread =
          new Thread(
              () -> {
                thrown.set(catchThrowable(() -> client.events().list()));
                interruptFlag.set(Thread.currentThread().isInterrupted());
              });
      thread.start();
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(100);
      thread.interrupt();
      interrupted.countDown();
      thread.join(10_000);
    }

    assertThat(thrown.get()).isInstanceOf(NotFoundException.class);
    assertThat(interruptFlag.get()).as("interrupt flag").isTrue();
  }

  private static Throwable interruptWhileReading(ThrowingCallable call, CountDownLatch started)
      throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> interruptFlag = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              thrown.set(catchThrowable(call));
              interruptFlag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(200); // so that the thread reads
    thread.interrupt();
    thread.join(10_000);
    assertThat(interruptFlag.get()).as("interrupt flag").isTrue();
    return Objects.requireNonNull(thrown.get());
  }

  @Test
  void interruptedWait_reportsActualDuration() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    api.respond(429, "", "Retry-After", "30");
    try (PersonaClient client =
        api.builder()
            .retryPolicy(RetryPolicy.standard())
            .callListener(reports::add)
            .addInterceptor(
                chain -> {
                  okhttp3.Response response = chain.proceed(chain.request());
                  started.countDown();
                  return response;
                })
            .build()) {
      Throwable thrown = interruptWhileWaiting(() -> client.events().list(), started);

      assertThat(thrown)
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.waited()).isLessThan(Duration.ofSeconds(10));
              });
      CallReport report = reports.remove();
      assertThat(report.waited()).isLessThanOrEqualTo(report.duration());
    }
  }

  /** A checked exception, which Kotlin and Scala throw without declaring it. */
  private static final class CheckedException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneakyThrow(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void checkedExceptionOfInterceptor_isThrown() {
    CheckedException thrown = new CheckedException();
    Interceptor interceptor =
        chain -> {
          StoppedCallTest.<RuntimeException>sneakyThrow(thrown);
          return chain.proceed(chain.request());
        };
    try (PersonaClient client =
        api.builder()
            .retryPolicy(RetryPolicy.standard())
            .addInterceptor(interceptor)
            .callListener(reports::add)
            .build()) {
      assertThatThrownBy(() -> client.events().list()).isSameAs(thrown);
      assertThatThrownBy(() -> client.sendAsync(MockApi.listEvents(client)).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isSameAs(thrown);
    }

    assertThat(reports)
        .extracting(CallReport::failure)
        .containsExactly(CallReport.Failure.FAULT, CallReport.Failure.FAULT);
  }

  @Test
  void failingEventListener_onSecondAttempt_failsFuture() {
    IllegalStateException broken = new IllegalStateException("listener");
    OkHttpClient http =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  private boolean secondAttempt;

                  @Override
                  public void callStart(Call call) {
                    if (secondAttempt) {
                      throw broken;
                    }
                    secondAttempt = true;
                  }
                })
            .build();
    api.respond(503, "");
    try (PersonaClient client =
        api.builder()
            .httpClient(http)
            .time(new TestTimeSource())
            .retryPolicy(RetryPolicy.standard())
            .build()) {
      assertThat(client.sendAsync(MockApi.listEvents(client)))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isSameAs(broken);
    } finally {
      http.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void listenersThrowingErrors_doNotAffectCall() {
    for (int i = 0; i < 2; i++) {
      api.respond(
          200,
          MockApi.EMPTY_PAGE,
          "RateLimit-Limit",
          "300",
          "RateLimit-Remaining",
          "3",
          "RateLimit-Reset",
          "0");
    }
    try (PersonaClient client =
        api.builder()
            .time(new TestTimeSource())
            .callListener(
                call -> {
                  throw new NoClassDefFoundError("metrics/Timer");
                })
            .onLowRateLimit(
                limits -> {
                  throw new AssertionError("limits");
                })
            .build()) {
      assertThat(client.events().list().items()).isEmpty();
      assertThat(client.sendAsync(MockApi.listEvents(client)))
          .succeedsWithin(Duration.ofSeconds(10));
    }
  }
}
