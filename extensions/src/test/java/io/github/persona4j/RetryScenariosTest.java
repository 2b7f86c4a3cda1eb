package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.response.ApiResponse;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries in scenarios with several failures, on real sockets. */
class RetryScenariosTest {
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: "
          + MockApi.EMPTY_PAGE.length()
          + "\r\n\r\n"
          + MockApi.EMPTY_PAGE;
  private static final String USED_UP =
      "RateLimit-Limit: 300\r\nRateLimit-Remaining: 0\r\nRateLimit-Reset: 20\r\n";
  private static final String CREATED =
      "HTTP/1.1 201 OK\r\nContent-Length: "
          + MockApi.INQUIRY.length()
          + "\r\n\r\n"
          + MockApi.INQUIRY;

  private final TestTimeSource time = new TestTimeSource();

  private PersonaClientBuilder builder(String origin) {
    return PersonaClient.builder().apiKey(MockApi.KEY).baseUrl(origin + "/api/v1").time(time);
  }

  // ---- connections closed by the server ----

  @ParameterizedTest
  @CsvSource({"GET, false", "GET, true", "POST, false", "POST, true"})
  void connectionClosedByServer_isReplaced(String method, boolean reset) throws Exception {
    CountDownLatch responded = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(socket, request.head().startsWith("POST") ? CREATED : OK);
                  if (request.number() == 1) {
                    // Now the connection is in the pool.
                    assertThat(responded.await(5, TimeUnit.SECONDS)).isTrue();
                    if (reset) {
                      RawServer.reset(socket);
                    } else {
                      socket.close();
                    }
                    closed.countDown();
                  }
                });
        PersonaClient client = builder(server.origin()).build()) {
      client.events().list();
      responded.countDown();
      assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();

      if (method.equals("GET")) {
        client.events().list();
      } else {
        assertThat(client.inquiries().create(MockApi.NEW_INQUIRY).data().id()).isEqualTo("inq_1");
      }

      // No request was sent on the closed connection.
      assertThat(server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"GET", "POST"})
  void connectionResetDuringRequest_isReplaced_withSameIdempotencyKey(String method)
      throws Exception {
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  if (request.number() == 2) {
                    RawServer.reset(socket);
                  } else {
                    RawServer.write(socket, request.head().startsWith("POST") ? CREATED : OK);
                  }
                });
        PersonaClient client = builder(server.origin()).build()) {
      client.events().list();

      if (method.equals("GET")) {
        client.events().list();
      } else {
        client.inquiries().create(MockApi.NEW_INQUIRY);
      }

      List<RawServer.Request> requests = server.requests();
      assertThat(requests).hasSize(3);
      assertThat(requests.get(2).header("Idempotency-Key"))
          .isEqualTo(requests.get(1).header("Idempotency-Key"));
      assertThat(requests.get(2).body()).isEqualTo(requests.get(1).body());
    }
  }

  @Test
  void allConnectionsClosed_costAtMostOneRetry() throws Exception {
    int connections = 5;
    CountDownLatch allArrived = new CountDownLatch(connections);
    CountDownLatch responded = new CountDownLatch(1);
    CountDownLatch connectionsClosed = new CountDownLatch(connections);
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  if (request.number() <= connections) {
                    allArrived.countDown();
                    assertThat(allArrived.await(5, TimeUnit.SECONDS)).isTrue();
                  }
                  RawServer.write(socket, OK);
                  if (request.number() <= connections) {
                    assertThat(responded.await(5, TimeUnit.SECONDS)).isTrue();
                    socket.close();
                    connectionsClosed.countDown();
                  }
                });
        PersonaClient client =
            builder(server.origin())
                .retryPolicy(RetryPolicy.builder().maxRetries(1).build())
                .build()) {
      runConcurrently(connections, () -> client.events().list());
      responded.countDown();
      assertThat(connectionsClosed.await(5, TimeUnit.SECONDS)).isTrue();

      client.events().list();

      assertThat(server.requests()).hasSize(connections + 1);
    }
  }

  /**
   * A server that closes every connection while it is idle. If each cost a retry of the budget,
   * many of the calls would fail after one attempt.
   */
  @ParameterizedTest
  @CsvSource({"false, GET", "false, POST", "true, GET", "true, POST"})
  void connectionsClosedWhileIdle_costNoBudget(boolean reset, String method) throws Exception {
    int calls = 300;
    AtomicInteger failures = new AtomicInteger();
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(socket, method.equals("POST") ? CREATED : OK);
                  if (reset) {
                    // The next request on the connection arrives but is not read.
                    socket.getInputStream().read();
                    RawServer.reset(socket);
                  } else {
                    socket.close();
                  }
                });
        PersonaClient client =
            builder(server.origin()).retryPolicy(RetryPolicy.builder().budget(1).build()).build()) {
      for (int i = 0; i < calls; i++) {
        try {
          if (method.equals("POST")) {
            client.inquiries().create(MockApi.NEW_INQUIRY);
          } else {
            client.events().list();
          }
        } catch (PersonaConnectionException e) {
          failures.incrementAndGet();
        }
      }

      assertThat(failures).hasValue(0);
      assertThat(time.pauses()).as("waits").allMatch(Duration::isZero);
      // The budget of one retry is unused.
      assertThat(time.pauses()).hasSizeGreaterThan(calls / 2);
    }
  }

  @Test
  void connectionsClosedWhileShared_failNoCall() throws Exception {
    int threads = 8;
    int calls = 40;
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(socket, OK);
                  socket.getInputStream().read();
                  RawServer.reset(socket);
                });
        PersonaClient client =
            builder(server.origin()).retryPolicy(RetryPolicy.builder().budget(1).build()).build()) {
      AtomicInteger failures = new AtomicInteger();
      runConcurrently(
          threads,
          () -> {
            for (int i = 0; i < calls; i++) {
              try {
                client.events().list();
              } catch (PersonaConnectionException e) {
                failures.incrementAndGet();
              }
            }
          });

      assertThat(failures).hasValue(0);
      assertThat(server.requests()).hasSize(threads * calls);
    }
  }

  /**
   * While a call waits between two attempts, another call leaves one more connection that is
   * closed.
   */
  @Test
  void secondClosedConnection_isFollowedByNewConnection() throws Exception {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    TimeSource timeSource =
        new TimeSource() {
          @Override
          public long nanos() {
            return time.nanos();
          }

          @Override
          public Instant now() {
            return time.now();
          }

          @Override
          public double random() {
            return time.random();
          }

          @Override
          public CompletableFuture<@Nullable Void> pause(long nanos) {
            Objects.requireNonNull(meanwhile.get()).run();
            return time.pause(nanos);
          }
        };
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(socket, OK);
                  socket.getInputStream().read();
                  RawServer.reset(socket);
                });
        PersonaClient client =
            builder(server.origin())
                .time(timeSource)
                .retryPolicy(RetryPolicy.builder().maxRetries(2).build())
                .build()) {
      client.events().list();
      meanwhile.set(() -> client.events().list());

      assertThat(
              client
                  .send(
                      client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()))
                  .attempts())
          .isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"new connection", "after the first byte", "too late"})
  void failuresPossiblyCausedByServer_costBudget(String scenario) throws Exception {
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  if (request.number() == 1 && !scenario.equals("new connection")) {
                    RawServer.write(socket, OK);
                  } else if (scenario.equals("after the first byte")) {
                    RawServer.write(socket, "HTTP");
                    socket.close();
                  } else if (scenario.equals("too late")) {
                    Thread.sleep(600);
                    socket.close();
                  } else {
                    RawServer.reset(socket);
                  }
                });
        PersonaClient client =
            builder(server.origin())
                .readTimeout(Duration.ofMillis(200))
                .retryPolicy(RetryPolicy.builder().budget(1).build())
                .build()) {
      time.random = 0; // no time passes, which would refill the budget
      int before = scenario.equals("new connection") ? 0 : 1;
      if (before == 1) {
        client.events().list();
      }

      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.events().list())
          .satisfies(e -> assertThat(e.attempts()).isEqualTo(2));
    }
  }

  @Test
  void closedConnection_forPatchOrWithoutRetries_isNotRetried() throws Exception {
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  if (request.number() % 2 == 0) {
                    RawServer.reset(socket);
                  } else {
                    RawServer.write(socket, OK);
                  }
                });
        PersonaClient client = builder(server.origin()).build()) {
      client.events().list();
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(
              () ->
                  client
                      .inquiries()
                      .update(
                          "inq_1",
                          io.github.persona4j.model.UpdateInquiryRequest.fromJson("{\"data\":{}}")))
          .satisfies(e -> assertThat(e.mayHaveBeenExecuted()).isTrue());
      client.events().list();
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.withRetryPolicy(RetryPolicy.none()).events().list())
          .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
    }
  }

  // ---- too late ----

  @Test
  void responseAfterDeadline_isNotAwaited_andRetryFindsItsResult() {
    try (FakePersona fake = FakePersona.builder().inquiries(0).start();
        PersonaClient client =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      fake.failNext(Fault.delay(Duration.ofMillis(1500)));
      RequestOptions options = RequestOptions.builder().idempotencyKey("mine").build();
      RequestOptions shortTimeout = options.toBuilder().callTimeout(Duration.ofMillis(500)).build();

      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(
              () ->
                  client
                      .inquiries()
                      .create(MockApi.NEW_INQUIRY, ResourceQuery.none(), shortTimeout))
          .satisfies(
              e -> {
                assertThat(e.isTimeout()).isTrue();
                assertThat(e.attempts()).isEqualTo(1);
              });
      assertThat(fake.requests()).hasSize(1);

      String id =
          client.inquiries().create(MockApi.NEW_INQUIRY, ResourceQuery.none(), options).data().id();

      assertThat(client.inquiries().list().items())
          .singleElement()
          .satisfies(inquiry -> assertThat(inquiry.id()).isEqualTo(id));
    }
  }

  // ---- clocks ----

  @ParameterizedTest
  @CsvSource({
    // With a clock one day slow the date is too far in the future, so the call does not wait.
    "-86400, 'Thu, 01 Jan 2026 00:00:09 GMT', -1",
    "86400, 'Thu, 01 Jan 2026 00:00:09 GMT', 0",
    // If the server sends its own time, the local clock does not matter.
    "-86400, 'Thu, 01 Jan 2026 00:00:09 GMT;Thu, 01 Jan 2026 00:00:00 GMT', 9",
    "86400, 'Thu, 01 Jan 2026 00:00:09 GMT;Thu, 01 Jan 2026 00:00:00 GMT', 9",
    "86400, '7', 7",
    "-86400, '7', 7",
  })
  void wrongClock_neverExtendsWait(int error, String retryAfter, int seconds) throws Exception {
    time.random = 0;
    time.adjustClock(Duration.ofSeconds(error));
    String[] dates = retryAfter.split(";", 2);
    String date = dates.length == 2 ? "Date: " + dates[1] + "\r\n" : "";
    try (RawServer server =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket,
                        request.number() > 1
                            ? OK
                            : "HTTP/1.1 503 No\r\n"
                                + date
                                + "Retry-After: "
                                + dates[0]
                                + "\r\nContent-Length: 0\r\n\r\n"));
        PersonaClient client = builder(server.origin()).build()) {
      if (seconds < 0) {
        assertThatExceptionOfType(ServerException.class).isThrownBy(() -> client.events().list());
        assertThat(time.pauses()).isEmpty();
      } else {
        client.events().list();
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(seconds));
      }
    }
  }

  @Test
  void changedClock_doesNotAffectRateLimitingAndDeadlines() throws Exception {
    time.random = 0;
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  time.adjustClock(Duration.ofDays(request.number() % 2 == 0 ? 400 : -800));
                  RawServer.write(
                      socket,
                      request.number() == 2
                          ? "HTTP/1.1 503 No\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n"
                          : OK.replace("Content-Length", USED_UP + "Content-Length"));
                });
        PersonaClient client =
            builder(server.origin()).callTimeout(Duration.ofSeconds(60)).build()) {
      client.events().list();
      time.adjustClock(Duration.ofDays(-400));
      client.events().list();

      // The window of the first response, then the Retry-After of the failure.
      assertThat(time.pauses()).startsWith(Duration.ofSeconds(21)).contains(Duration.ofSeconds(3));
      assertThat(server.requests()).hasSize(3);
    }
  }

  // ---- many calls at once ----

  @Test
  void manyRateLimitedCalls_areLimitedByBudget() throws Exception {
    time.random = 0; // no time passes, which would refill the budget
    int callers = 32;
    int budget = 20;
    try (RawServer server =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket, "HTTP/1.1 429 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"));
        PersonaClient client =
            builder(server.origin())
                .retryPolicy(RetryPolicy.builder().budget(budget).build())
                .build()) {
      AtomicInteger rateLimited = new AtomicInteger();
      runConcurrently(
          callers,
          () -> {
            try {
              client.events().list();
            } catch (RateLimitException e) {
              rateLimited.incrementAndGet();
            }
          });

      assertThat(rateLimited).hasValue(callers);
      assertThat(server.requests()).hasSize(callers + budget);
      assertThat(time.pauses()).hasSize(budget).allMatch(pause -> pause.isZero());
    }
  }

  @Test
  void temporaryRateLimit_isWaitedForByAllCalls() throws Exception {
    int callers = 32;
    AtomicBoolean limitIsOver = new AtomicBoolean();
    time.holdPauses();
    try (RawServer server =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket,
                        limitIsOver.get()
                            ? OK
                            : "HTTP/1.1 429 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"));
        PersonaClient client = builder(server.origin()).build()) {
      List<CompletableFuture<ApiResponse<EventPage>>> calls =
          Stream.generate(() -> client.sendAsync(MockApi.listEvents(client)))
              .limit(callers)
              .toList();
      time.awaitPauses(callers);
      limitIsOver.set(true);
      time.releasePauses();

      for (CompletableFuture<ApiResponse<EventPage>> call : calls) {
        assertThat(call.get(20, TimeUnit.SECONDS).attempts()).isEqualTo(2);
      }
      assertThat(server.requests()).hasSize(2 * callers);
      assertThat(time.pauses()).hasSize(callers).allMatch(pause -> pause.toSeconds() == 1);
    }
  }

  /**
   * More concurrent POSTs than the limit of the fake allows in a minute, without rate limiting by
   * the client. If the clock of the fake advances with the waits of the client, each 429 belongs to
   * a full window that ends before the retry, and there are fewer than four such windows. If the
   * clock is fixed, no more requests than the limit succeed.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyPosts_areExecutedOnceEach_withinRateLimit(boolean clockAdvances) throws Exception {
    int callers = 32;
    int limit = 10;
    int budget = clockAdvances ? 3 * callers : callers;
    AtomicReference<Instant> fixedTime = new AtomicReference<>(TestTimeSource.START);
    try (FakePersona fake =
            FakePersona.builder()
                .inquiries(0)
                .rateLimit(limit)
                .clock(clockAdvances ? time::now : fixedTime::get)
                .start();
        PersonaClient client =
            PersonaClient.builder()
                .apiKey(fake.apiKey())
                .baseUrl(fake.baseUrl())
                .retryPolicy(RetryPolicy.builder().budget(budget).build())
                .rateLimiterThreshold(0)
                .time(time)
                .build()) {
      Set<String> created = ConcurrentHashMap.newKeySet();
      AtomicInteger rateLimited = new AtomicInteger();
      runConcurrently(
          callers,
          () -> {
            try {
              created.add(client.inquiries().create(MockApi.NEW_INQUIRY).data().id());
            } catch (RateLimitException e) {
              rateLimited.incrementAndGet();
            }
          });

      assertThat(created).hasSize(clockAdvances ? callers : limit);
      assertThat(rateLimited).hasValue(callers - created.size());
      assertThat(time.pauses()).isNotEmpty();
      assertThat(fake.requests()).hasSize(callers + time.pauses().size());
      assertThat(
              fake.requests().stream().map(request -> request.header("Idempotency-Key")).distinct())
          .doesNotContainNull()
          .hasSize(callers);

      // In the next window this request is allowed.
      time.advance(Duration.ofMinutes(1));
      fixedTime.set(time.now());
      assertThat(
              client
                  .inquiries()
                  .list(InquiriesApi.ListQuery.builder().pageSize(100).build())
                  .items())
          .extracting(inquiry -> inquiry.id())
          .containsExactlyInAnyOrderElementsOf(created);
    }
  }

  private static void runConcurrently(int callers, Runnable call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      CompletableFuture.allOf(
              IntStream.range(0, callers)
                  .mapToObj(i -> CompletableFuture.runAsync(call, threads))
                  .toArray(CompletableFuture<?>[]::new))
          .get(20, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }
}
