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

/** Calls that end by something other than an answer or a broken connection. */
class StoppedCallTest {
  private final BlockingQueue<CallReport> heard = new LinkedBlockingQueue<>();
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** What a thread of its own meets, which is interrupted when it waits. */
  private static Throwable interrupted(Runnable call, CountDownLatch begun) throws Exception {
    AtomicReference<Throwable> met = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              met.set(catchThrowable(call::run));
              flag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.WAITING
        && thread.isAlive()) {
      Thread.sleep(5);
    }
    thread.interrupt();
    thread.join(10_000);
    assertThat(flag.get()).as("interrupt flag").isTrue();
    return Objects.requireNonNull(met.get());
  }

  /** A port on which nobody takes connections any more: further ones hang. */
  private static ServerSocket full(List<Socket> waiting) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    for (int i = 0; i < 8; i++) {
      Socket socket = new Socket();
      waiting.add(socket);
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
      value = "io.github.persona4j.TestedOkHttp#isFour",
      disabledReason = "OkHttp 4 connects where nothing can interrupt it")
  void interruptWhileConnecting_stopsCall() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    OkHttpClient http =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void connectStart(
                      Call call, InetSocketAddress address, java.net.Proxy proxy) {
                    begun.countDown();
                  }
                })
            .build();
    try (ServerSocket server = full(waiting);
        PersonaClient client =
            api.builder()
                .baseUrl("http://127.0.0.1:" + server.getLocalPort())
                .httpClient(http)
                .connectTimeout(Duration.ofSeconds(8))
                .callListener(heard::add)
                .build()) {
      Throwable met = interrupted(() -> client.events().list(), begun);

      assertThat(met)
          .isInstanceOfSatisfying(
              PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());
      assertThat(heard.remove().failure()).isEqualTo(CallReport.Failure.STOPPED);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
      http.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void interruptedThread_sendsNothing() {
    Thread.currentThread().interrupt();
    Throwable met = catchThrowable(() -> api.client().events().list());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(met)
        .isInstanceOfSatisfying(
            PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());
    assertThat(api.server().getRequestCount()).isZero();
  }

  /** A call that waits on a socket. */
  @FunctionalInterface
  interface Reading {
    void call(PersonaClient client, String origin, Path folder) throws Exception;
  }

  static Stream<Arguments> readings() {
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n";
    Reading list = (client, origin, folder) -> client.events().list();
    return Stream.of(
        Arguments.of("head", "", list),
        Arguments.of("body", ok, list),
        Arguments.of("long body", ok + " ".repeat(2_000_000), list),
        Arguments.of(
            "file",
            ok + "x",
            (Reading)
                (client, origin, folder) ->
                    client.files().save(origin + "/a", folder.resolve("never stored"))),
        Arguments.of(
            "download",
            ok + "x",
            (Reading)
                (client, origin, folder) -> {
                  try (Download download = client.files().download(origin + "/a")) {
                    download.to(folder.resolve("never stored"));
                  }
                }));
  }

  /** A platform thread does not hear of it before the time limit, which is not what ended it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("readings")
  void interruptWhileReading_stopsCall_withoutTimeout(
      String name, String bytes, Reading reading, @TempDir Path folder) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(socket, bytes);
                  begun.countDown();
                });
        PersonaClient client =
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl(server.origin() + "/api/v1")
                .allowFilesFrom(server.origin())
                .readTimeout(Duration.ofMillis(700))
                .build()) {
      Throwable met =
          interruptedWhileItReads(() -> reading.call(client, server.origin(), folder), begun);

      assertThat(met)
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
    CountDownLatch begun = new CountDownLatch(1);
    try (RawServer server = new RawServer((request, socket) -> begun.countDown());
        PersonaClient client =
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl(server.origin() + "/api/v1")
                .callTimeout(Duration.ofSeconds(3))
                .callListener(heard::add)
                .build()) {
      Throwable met = interruptedWhileItReads(() -> client.events().list(), begun);

      assertThat(met)
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.isTimeout()).isFalse();
              });
      assertThat(heard.remove().failure()).isEqualTo(CallReport.Failure.STOPPED);
    }
  }

  @Test
  void responseToInterruptedThread_isReturned() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicReference<Throwable> met = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  begun.countDown();
                  assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
                  RawServer.write(
                      socket, "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                });
        PersonaClient client =
            PersonaClient.builder().apiKey(MockApi.KEY).baseUrl(server.origin()).build()) {
      Thread thread =
          new Thread(
              () -> {
                met.set(catchThrowable(() -> client.events().list()));
                flag.set(Thread.currentThread().isInterrupted());
              });
      thread.start();
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(100);
      thread.interrupt();
      interrupted.countDown();
      thread.join(10_000);
    }

    assertThat(met.get()).isInstanceOf(NotFoundException.class);
    assertThat(flag.get()).as("interrupt flag").isTrue();
  }

  private static Throwable interruptedWhileItReads(ThrowingCallable call, CountDownLatch begun)
      throws Exception {
    AtomicReference<Throwable> met = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              met.set(catchThrowable(call));
              flag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(200); // so that it reads
    thread.interrupt();
    thread.join(10_000);
    assertThat(flag.get()).as("interrupt flag").isTrue();
    return Objects.requireNonNull(met.get());
  }

  @Test
  void interruptedWait_reportsActualDuration() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    api.answer(429, "", "Retry-After", "30");
    try (PersonaClient client =
        api.builder()
            .retryPolicy(RetryPolicy.standard())
            .callListener(heard::add)
            .addInterceptor(
                chain -> {
                  okhttp3.Response answer = chain.proceed(chain.request());
                  begun.countDown();
                  return answer;
                })
            .build()) {
      Throwable met = interrupted(() -> client.events().list(), begun);

      assertThat(met)
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.waited()).isLessThan(Duration.ofSeconds(10));
              });
      CallReport report = heard.remove();
      assertThat(report.waited()).isLessThanOrEqualTo(report.duration());
    }
  }

  /** What Kotlin and Scala throw without a word in the signature. */
  private static final class Checked extends Exception {
    private static final long serialVersionUID = 1L;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneakily(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void checkedExceptionOfInterceptor_isThrown() {
    Checked thrown = new Checked();
    Interceptor interceptor =
        chain -> {
          StoppedCallTest.<RuntimeException>sneakily(thrown);
          return chain.proceed(chain.request());
        };
    try (PersonaClient client =
        api.builder()
            .retryPolicy(RetryPolicy.standard())
            .addInterceptor(interceptor)
            .callListener(heard::add)
            .build()) {
      assertThatThrownBy(() -> client.events().list()).isSameAs(thrown);
      assertThatThrownBy(() -> client.sendAsync(MockApi.listEvents(client)).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isSameAs(thrown);
    }

    assertThat(heard)
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
                  private boolean again;

                  @Override
                  public void callStart(Call call) {
                    if (again) {
                      throw broken;
                    }
                    again = true;
                  }
                })
            .build();
    api.answer(503, "");
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
      api.answer(
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
      assertThat(client.events().list().data()).isEmpty();
      assertThat(client.sendAsync(MockApi.listEvents(client)))
          .succeedsWithin(Duration.ofSeconds(10));
    }
  }
}
