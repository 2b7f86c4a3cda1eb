package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.ReportFailedException;
import io.github.persona4j.error.RequestTimeoutException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.error.WaitFailedException;
import io.github.persona4j.error.WaitInterruptedException;
import io.github.persona4j.error.WaitTimeoutException;
import io.github.persona4j.internal.call.Lifecycle;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.internal.retry.VirtualTimeSource;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.Resource;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.waiter.AsyncWaiter;
import io.github.persona4j.waiter.WaitProgress;
import io.github.persona4j.waiter.WaitSummary;
import io.github.persona4j.waiter.Waiter;
import io.github.persona4j.webhook.WebhookEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits for results; on a real socket, mostly in simulated time. */
@Timeout(60)
class WaiterTest {
  /** The waits for one resource. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  enum Preset {
    READY(
        "/reports/",
        "report/watchlist",
        "pending submitted ready",
        "errored",
        true,
        Waiter::untilReady,
        AsyncWaiter::untilReady),
    DECIDED(
        "/inquiries/",
        "inquiry",
        "created pending completed failed needs_review approved",
        "expired",
        true,
        Waiter::untilDecided,
        AsyncWaiter::untilDecided),
    FLOW_FINISHED(
        "/inquiries/",
        "inquiry",
        "created pending needs_review",
        "",
        true,
        Waiter::untilFlowFinished,
        AsyncWaiter::untilFlowFinished),
    VERIFICATION(
        "/verifications/",
        "verification/database",
        "initiated confirmed submitted tentatively_passed passed",
        "",
        true,
        Waiter::untilVerificationFinished,
        AsyncWaiter::untilVerificationFinished),
    IMPORTED(
        "/importers/",
        "importer/account",
        "pending ready",
        "errored",
        false,
        Waiter::untilImported,
        AsyncWaiter::untilImported),
    RUN(
        "/workflow-runs/",
        "workflow-run",
        "in_progress completed",
        "errored",
        false,
        Waiter::untilRunFinished,
        AsyncWaiter::untilRunFinished),
    TRANSACTION(
        "/transactions/",
        "transaction",
        "created anything done",
        "",
        true,
        (waiter, id) -> waiter.untilTransaction(id, Set.of("done")),
        (waiter, id) -> waiter.untilTransaction(id, Set.of("done"))),
    GRAPH_QUERY(
        "/graph-queries/",
        "graph-query",
        "submitted completed",
        "timed_out",
        true,
        Waiter::untilQueryFinished,
        AsyncWaiter::untilQueryFinished),
    REDEEMED(
        "/connect/share-tokens/",
        "connect/share-token",
        "created pending redeemed",
        "expired",
        false,
        Waiter::untilRedeemed,
        AsyncWaiter::untilRedeemed),
    CONNECTED(
        "/connect/connections/",
        "connect/connection",
        "pending active",
        "inactive",
        false,
        Waiter::untilConnected,
        AsyncWaiter::untilConnected);

    private final String path;
    private final String type;
    private final List<String> states;
    private final String failed;
    private final boolean redactable;
    private final BiFunction<Waiter, String, Object> blocking;
    private final BiFunction<AsyncWaiter, String, CompletableFuture<?>> future;

    Preset(
        String path,
        String type,
        String states,
        String failed,
        boolean redactable,
        BiFunction<Waiter, String, Object> blocking,
        BiFunction<AsyncWaiter, String, CompletableFuture<?>> future) {
      this.path = path;
      this.type = type;
      this.states = List.of(states.split(" "));
      this.failed = failed;
      this.redactable = redactable;
      this.blocking = blocking;
      this.future = future;
    }

    String json(String state) {
      return json(state, "");
    }

    String json(String state, String more) {
      return "{\"data\":{\"type\":\"%s\",\"id\":\"id_1\",\"attributes\":{\"status\":\"%s\"%s}}}"
          .formatted(type, state, more);
    }
  }

  private final TestTimeSource time = new TestTimeSource();
  private final List<WaitProgress> progress = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private MockApi api;
  private PersonaClient client;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    client = api.builder().time(time).build();
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  private Waiter waiter() {
    return client.waiter().onProgress(progress::add);
  }

  /** Responds to the n-th request, from 0. */
  private void respond(IntFunction<MockResponse.Builder> responses) {
    AtomicInteger number = new AtomicInteger();
    api.server()
        .setDispatcher(
            new Dispatcher() {
              @Override
              public MockResponse dispatch(RecordedRequest request) {
                paths.add(request.getMethod() + " " + request.getUrl().encodedPath());
                return responses.apply(number.getAndIncrement()).build();
              }
            });
  }

  private static MockResponse.Builder json(String body) {
    return new MockResponse.Builder().body(body);
  }

  private static MockResponse.Builder status(int status) {
    return new MockResponse.Builder().code(status);
  }

  /** Responds with these bodies, and then with the last one. */
  private void bodies(String... bodies) {
    respond(number -> json(bodies[Math.min(number, bodies.length - 1)]));
  }

  // ---- presets ----

  @ParameterizedTest
  @EnumSource
  void states_areWaitedThrough_untilTheGoal(Preset preset) throws Exception {
    bodies(preset.states.stream().map(preset::json).toArray(String[]::new));

    Object waited = preset.blocking.apply(waiter(), "id_1");
    CompletableFuture<?> later = preset.future.apply(waiter().async(), "id_1");

    assertThat(((Resource) waited).id()).isEqualTo("id_1");
    assertThat(later.get(10, TimeUnit.SECONDS)).isEqualTo(waited);
    int retrievals = preset.states.size();
    assertThat(paths).hasSize(retrievals + 1).containsOnly("GET /api/v1" + preset.path + "id_1");
    assertThat(progress.stream().limit(retrievals).map(WaitProgress::state))
        .containsExactlyElementsOf(preset.states);
    assertThat(progress).allMatch(WaitProgress::known).allMatch(each -> each.id().equals("id_1"));
    assertThat(progress.get(retrievals - 1).retrievals()).isEqualTo(retrievals);
  }

  @ParameterizedTest
  @EnumSource
  void failedState_endsTheWaitEarly(Preset preset) {
    if (preset.failed.isEmpty()) {
      assertThat(Set.of(Preset.FLOW_FINISHED, Preset.VERIFICATION, Preset.TRANSACTION))
          .contains(preset); // these have no such state
      return;
    }
    bodies(preset.json(preset.states.get(0)), preset.json(preset.failed));

    assertThatExceptionOfType(WaitFailedException.class)
        .isThrownBy(() -> preset.blocking.apply(waiter(), "id_1"))
        .withMessageStartingWith("waiting for ")
        .withMessageEndingWith(" failed: its state is " + preset.failed)
        .satisfies(
            e ->
                assertThat(e.last(Resource.class))
                    .get()
                    .hasToString(e.last(Resource.class).get().toString()));
    assertThat(paths).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void redactedMeanwhile_endsTheWaitEarly(Preset preset) {
    String redacted =
        preset.json(preset.states.get(0), ",\"redacted-at\":\"2026-01-28T10:15:30.000Z\"");
    bodies(preset.json(preset.states.get(0)), redacted, preset.json(last(preset.states)));

    Throwable failure = catchThrowable(() -> preset.blocking.apply(waiter(), "id_1"));

    if (preset.redactable) {
      assertThat(failure).isInstanceOf(WaitFailedException.class);
      assertThat(paths).hasSize(2);
    } else {
      assertThat(failure).isNull();
      assertThat(paths).hasSize(3);
    }
  }

  private static String last(List<String> values) {
    return values.get(values.size() - 1);
  }

  @ParameterizedTest
  @EnumSource
  void unknownState_isReportedAndWaitedThrough(Preset preset) {
    bodies(preset.json("brand_new"), preset.json(last(preset.states)));

    assertThat(preset.blocking.apply(waiter(), "id_1")).isNotNull();

    assertThat(progress.get(0).state()).isEqualTo("brand_new");
    assertThat(progress.get(0).known()).isEqualTo(preset == Preset.TRANSACTION); // is free text
    assertThat(progress.get(0).toString())
        .contains(preset == Preset.TRANSACTION ? "state=brand_new," : "state=brand_new (unknown)");
  }

  @ParameterizedTest
  @EnumSource
  void stateThatNeverComes_endsAtTheDeadline(Preset preset) {
    bodies(preset.json(preset.states.get(0)));

    WaitTimeoutException failure =
        catchThrowableOfType(
            WaitTimeoutException.class, () -> preset.blocking.apply(waiter(), "id_1"));

    assertThat(failure)
        .hasMessageStartingWith("waiting for ")
        .hasMessageContaining(" ended after 120000 ms and ")
        .hasNoCause();
    assertThat(failure.last(Resource.class)).isPresent();
    assertThat(time.nanos()).isBetween(seconds(120), seconds(121));
    assertThat(paths).hasSizeBetween(15, 40);
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void case_isResolvedByItsTime_whateverItsStatus() {
    String open =
        "{\"data\":{\"type\":\"case\",\"id\":\"case_1\",\"attributes\":{\"status\":\"Approved\"}}}";
    String resolved =
        open.replace("}}}", ",\"resolved-at\":\"2026-01-28T10:15:30.000Z\"}}}")
            .replace("Approved", "Ad hoc");
    bodies(open, open, resolved);

    assertThat(waiter().untilResolved("case_1").attributes().status()).isEqualTo("Ad hoc");
    assertThat(client.waiter().async().untilResolved("case_1").join().id()).isEqualTo("case_1");
    assertThat(paths).hasSize(4);
  }

  @Test
  void runWithATimeOfCompletion_isFinished_whateverItsStatus() {
    bodies(Preset.RUN.json("all_done", ",\"completed-at\":\"2026-01-28T10:15:30.000Z\""));

    assertThat(waiter().untilRunFinished("wfr_1").attributes().status()).isEqualTo("all_done");
  }

  @Test
  void failedReport_isATypedExceptionWithTheReport() {
    bodies(Preset.READY.json("errored"));

    assertThatExceptionOfType(ReportFailedException.class)
        .isThrownBy(() -> waiter().untilReady("id_1"))
        .withMessage("waiting for a report to be ready failed: its state is errored")
        .satisfies(e -> assertThat(e.report()).map(Report::id).contains("id_1"))
        .satisfies(e -> assertThat(e.last(Inquiry.class)).isEmpty());
  }

  // ---- failures of retrievals ----

  @Test
  void resourceThatIsNotFoundYet_isWaitedFor() {
    respond(number -> number < 3 ? status(404) : json(Preset.READY.json("ready")));

    assertThat(waiter().untilReady("id_1").id()).isEqualTo("id_1");
    assertThat(progress.get(0).state()).isNull();
    assertThat(paths).hasSize(4);
  }

  @Test
  void resourceThatDoesNotExist_failsAfterATime() {
    respond(number -> status(404));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> waiter().untilReady("id_1"));
    assertThat(time.nanos()).isBetween(seconds(10), seconds(16));
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> waiter().notFoundFor(Duration.ZERO).untilReady("id_1"));
  }

  @Test
  void resourceThatDisappears_failsAtOnce() {
    respond(number -> number == 0 ? json(Preset.READY.json("pending")) : status(404));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> waiter().untilReady("id_1"));
    assertThat(paths).hasSize(2);
  }

  @Test
  void failuresThatMayPass_areWaitedThrough() {
    List<MockResponse.Builder> failures =
        List.of(
            status(500),
            status(503),
            status(408)
                .addHeader("Request-Id", "req_1"), // without one it may be of a stale connection
            status(429).addHeader("RateLimit-Reset", "30").addHeader("RateLimit-Remaining", "0"),
            new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()),
            json(Preset.READY.json("ready")));
    respond(failures::get);

    assertThat(waiter().untilReady("id_1").id()).isEqualTo("id_1");
    assertThat(progress).hasSize(6);
    assertThat(time.nanos()).isBetween(seconds(30), seconds(60)); // the rate limit resets
  }

  @Test
  void stormOf429_endsAtTheDeadline_withFewRequests() {
    respond(number -> status(429).addHeader("RateLimit-Reset", "20"));

    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> waiter().untilReady("id_1"))
        .withCauseInstanceOf(RateLimitException.class);
    assertThat(paths).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void failuresUntilTheDeadline_areTheCause() {
    respond(number -> status(503));

    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> waiter().timeout(Duration.ofSeconds(5)).untilReady("id_1"))
        .withCauseInstanceOf(ServerException.class)
        .satisfies(e -> assertThat(e.last(Report.class)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 400})
  void otherErrors_endTheWaitAtOnce(int status) {
    respond(number -> status(status));

    assertThatExceptionOfType(PersonaException.class)
        .isThrownBy(() -> waiter().untilReady("id_1"))
        .isNotInstanceOf(WaitTimeoutException.class);
    assertThat(paths).hasSize(1);
  }

  @Test
  void timeoutOfCreatingAReport_saysThatItMayExist_andHasTheKey() {
    respond(number -> status(408));
    RequestOptions options = RequestOptions.builder().idempotencyKey("key-1").build();

    assertThatExceptionOfType(RequestTimeoutException.class)
        .isThrownBy(
            () -> client.reports().createWatchlist(a -> a.query(q -> q.nameFirst("Ada")), options))
        .withMessageContaining("the report may exist; look for it in the list of reports")
        .satisfies(e -> assertThat(e.idempotencyKey()).isEqualTo("key-1"))
        .satisfies(e -> assertThat(e.mayHaveBeenExecuted()).isTrue());
    assertThatExceptionOfType(RequestTimeoutException.class)
        .isThrownBy(() -> client.inquiries().approve("inq_1"))
        .withMessageNotContaining("report");
  }

  // ---- ends from outside, in real time ----

  @Test
  void interruptedThread_endsTheWait() throws Exception {
    bodies(Preset.READY.json("pending"));
    try (PersonaClient real = api.builder().build()) {
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                failure.complete(catchThrowable(() -> real.waiter().untilReady("id_1")));
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      thread.start();
      awaitRequests(1);
      thread.interrupt();

      assertThat(failure.get(10, TimeUnit.SECONDS))
          .isInstanceOf(WaitInterruptedException.class)
          .hasMessage("the thread was interrupted while it waited");
      assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** A waiter that does not retrieve a second time while a test runs, unless it is notified. */
  private static Waiter patient(PersonaClient client) {
    return client.waiter().intervals(Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  private void awaitRequests(int number) throws InterruptedException {
    long end = System.nanoTime() + seconds(10);
    while (paths.size() < number) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Test
  void cancelledFuture_endsTheWaitAndItsCall() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    respond(
        number -> {
          try {
            held.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return json(Preset.READY.json("pending"));
        });
    try (PersonaClient real = api.builder().build()) {
      CompletableFuture<Report> wait = real.waiter().async().untilReady("id_1");
      awaitRequests(1);
      wait.cancel(true);
      held.countDown();
      Thread.sleep(1_500); // longer than the first intervals

      assertThat(paths).hasSize(1);
    }
  }

  @Test
  void closedClient_endsTheWait() throws Exception {
    bodies(Preset.READY.json("pending"));
    PersonaClient real = api.builder().build();
    CompletableFuture<Report> wait = real.waiter().async().untilReady("id_1");
    awaitRequests(1);
    real.close();

    assertThat(catchThrowable(() -> wait.get(10, TimeUnit.SECONDS)).getCause())
        .isInstanceOfAny(PersonaConnectionException.class, IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void event_endsThePause(boolean webhook) throws Exception {
    AtomicInteger ready = new AtomicInteger();
    respond(number -> json(Preset.READY.json(ready.get() == 0 ? "pending" : "ready")));
    try (PersonaClient real = api.builder().build()) {
      CountDownLatch retrieved = new CountDownLatch(1);
      Waiter patient = patient(real).onProgress(each -> retrieved.countDown());
      CompletableFuture<Report> wait = patient.async().untilReady("id_1");
      assertThat(retrieved.await(10, TimeUnit.SECONDS)).isTrue();
      ready.set(1);
      patient.notify(webhookEvent("rep_2"));
      Thread.sleep(200);
      assertThat(wait).isNotDone();
      WebhookEvent about = webhookEvent("id_1");
      if (webhook) {
        real.waiter().notify(about);
      } else {
        real.waiter().notify(about.event());
      }

      assertThat(wait.get(10, TimeUnit.SECONDS).id()).isEqualTo("id_1");
      real.waiter().notify(about); // nobody waits
      real.waiter()
          .notify(Event.fromJson("{\"type\":\"event\",\"id\":\"evt_2\",\"attributes\":{}}"));
    }
  }

  @Test
  void callThatHangs_endsAtTheDeadline() {
    respond(number -> new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    try (PersonaClient real = api.builder().build()) {
      long begin = System.nanoTime();
      assertThatExceptionOfType(WaitTimeoutException.class)
          .isThrownBy(() -> real.waiter().timeout(Duration.ofMillis(300)).untilReady("id_1"));
      assertThat(System.nanoTime() - begin).isLessThan(seconds(10));
    }
  }

  // ---- conditions ----

  @Test
  void condition_isCheckedOnTheCallingThread() {
    AtomicInteger number = new AtomicInteger();
    Thread caller = Thread.currentThread();

    int reached =
        waiter()
            .until(
                () -> {
                  assertThat(Thread.currentThread()).isSameAs(caller);
                  return number.incrementAndGet();
                },
                value -> value == 5);

    assertThat(reached).isEqualTo(5);
    assertThat(progress).hasSize(5).allMatch(each -> each.id().isEmpty());
    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> waiter().until(() -> 1, value -> false))
        .withMessageStartingWith("waiting for a condition ended after 120000 ms")
        .satisfies(e -> assertThat(e.last(Integer.class)).contains(1));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                waiter()
                    .until(
                        () -> {
                          throw new IllegalStateException("mine");
                        },
                        value -> true))
        .withMessage("mine");
  }

  @Test
  void conditionOnCalls_toleratesTheSameFailures() {
    respond(number -> number < 2 ? status(503) : json(Preset.DECIDED.json("approved")));

    assertThat(
            waiter()
                .until(
                    () -> client.inquiries().retrieve("inq_1").data(),
                    inquiry -> "approved".equals(String.valueOf(inquiry.attributes().status())))
                .id())
        .isEqualTo("id_1");
    respond(number -> status(401));
    assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(() -> waiter().until(() -> client.inquiries().retrieve("inq_1"), r -> true));
  }

  @Test
  void thousandWaits_stayWithinHalfOfTheRateLimit() {
    VirtualTimeSource virtual = new VirtualTimeSource();
    List<Long> retrievals = new ArrayList<>();
    int waits = 1_000;
    try (PersonaClient many = api.builder().build()) {
      AsyncWaiter waiter = waiter(many, virtual).timeout(Duration.ofHours(2)).async();
      List<CompletableFuture<Integer>> all = new ArrayList<>();
      for (int i = 0; i < waits; i++) {
        AtomicInteger own = new AtomicInteger();
        all.add(
            waiter.until(
                () -> {
                  retrievals.add(virtual.nanos());
                  return CompletableFuture.completedFuture(own.incrementAndGet());
                },
                value -> value == 3));
      }
      while (all.stream().anyMatch(wait -> !wait.isDone())) {
        assertThat(virtual.endNextPause()).isTrue();
      }
      assertThat(all).allSatisfy(wait -> assertThat(wait.join()).isEqualTo(3));
    }
    assertThat(retrievals).hasSize(3 * waits);
    for (int i = 160; i < retrievals.size(); i++) { // 150 a minute, and a burst of ten
      assertThat(retrievals.get(i) - retrievals.get(i - 160)).isGreaterThanOrEqualTo(seconds(60));
    }
    // No pause longer than needed: 3,000 retrievals, 150 a minute.
    assertThat(last(retrievals.stream().map(String::valueOf).toList()))
        .satisfies(end -> assertThat(Long.parseLong(end)).isLessThan(seconds(21 * 60)));
  }

  // ---- what other waits must not notice ----

  /** A waiter whose steps all run on the thread that lets the time pass. */
  private static Waiter waiter(PersonaClient client, VirtualTimeSource virtual) {
    return Waiter.of(
        client, new Lifecycle(), virtual, client::rateLimits, Runnable::run, Runnable::run);
  }

  @Test
  void oldWaits_haveTurnsAmongNewOnes() {
    VirtualTimeSource virtual = new VirtualTimeSource();
    try (PersonaClient many = api.builder().build()) {
      AsyncWaiter waiter = waiter(many, virtual).timeout(Duration.ofSeconds(40)).async();
      AtomicInteger own = new AtomicInteger();
      CompletableFuture<Integer> old =
          waiter.until(
              () -> CompletableFuture.completedFuture(own.incrementAndGet()), value -> value == 3);
      for (int i = 0; i < 200; i++) {
        CompletableFuture<Integer> unused =
            waiter.until(() -> CompletableFuture.completedFuture(1), value -> false);
      }
      while (!old.isDone()) {
        assertThat(virtual.endNextPause()).isTrue();
      }

      assertThat(old.join()).isEqualTo(3);
    }
  }

  @Test
  void blockedContinuations_holdUpNoWait() throws Exception {
    bodies(Preset.READY.json("ready"));
    ExecutorService one = Executors.newSingleThreadExecutor();
    CountDownLatch release = new CountDownLatch(1);
    try (PersonaClient real = api.builder().continuationExecutor(one).build()) {
      CompletableFuture<Report> stage =
          real.waiter()
              .async()
              .untilReady("id_1")
              .thenApply(report -> real.waiter().untilReady("id_1")) // blocks the only thread
              .thenApply(
                  report -> {
                    awaitRelease(release);
                    return report;
                  });
      assertThat(real.waiter().untilReady("id_1")).isNotNull();
      assertThat(real.waiter().until(() -> 1, value -> true)).isEqualTo(1);
      release.countDown();
      assertThat(stage.get(10, TimeUnit.SECONDS)).isNotNull();
    } finally {
      one.shutdownNow();
    }
  }

  private static void awaitRelease(CountDownLatch release) {
    try {
      assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void executorThatRejects_stopsNoWait() throws Exception {
    Executor rejects =
        task -> {
          throw new RejectedExecutionException("full");
        };
    try (PersonaClient real = api.builder().continuationExecutor(rejects).build()) {
      CompletableFuture<Integer> wait =
          real.waiter()
              .async()
              .until(() -> CompletableFuture.completedFuture(paths.size()), value -> true);
      assertThat(wait.get(10, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void supplierOfAFuture_isNotInvokedOnTheCallingThread() {
    Thread caller = Thread.currentThread();
    for (int i = 0; i < 100; i++) {
      Thread[] invoked = new Thread[1];
      int value =
          client
              .waiter()
              .async()
              .until(
                  () -> {
                    invoked[0] = Thread.currentThread();
                    return CompletableFuture.completedFuture(1);
                  },
                  each -> true)
              .join();
      assertThat(value).isEqualTo(1);
      assertThat(invoked[0]).isNotSameAs(caller);
    }
  }

  @Test
  void interruptedCondition_isAnInterruptedWait() throws Exception {
    respond(
        number -> json(Preset.DECIDED.json("created")).headersDelay(500, TimeUnit.MILLISECONDS));
    try (PersonaClient real = api.builder().build()) {
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () ->
                  failure.complete(
                      catchThrowable(
                          () ->
                              real.waiter()
                                  .until(() -> real.inquiries().retrieve("inq_1"), r -> false))));
      thread.start();
      awaitRequests(1);
      thread.interrupt();

      assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(WaitInterruptedException.class);
    }
  }

  @Test
  void rateLimitWithADate_isWaitedFor() {
    List<MockResponse.Builder> responses =
        List.of(
            status(429)
                .addHeader("Date", "Thu, 01 Jan 2026 00:00:00 GMT")
                .addHeader("Retry-After", "Thu, 01 Jan 2026 00:01:30 GMT"),
            json(Preset.READY.json("ready")));
    respond(responses::get);

    assertThat(waiter().untilReady("id_1")).isNotNull();
    assertThat(time.nanos()).isGreaterThanOrEqualTo(seconds(90));
  }

  @Test
  void cancelledWaits_giveTheirTurnsBack() {
    VirtualTimeSource virtual = new VirtualTimeSource();
    try (PersonaClient many = api.builder().build()) {
      AsyncWaiter waiter = waiter(many, virtual).timeout(Duration.ofSeconds(10)).async();
      List<CompletableFuture<Integer>> waits = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        waits.add(waiter.until(() -> CompletableFuture.completedFuture(1), value -> false));
      }
      waits.forEach(wait -> wait.cancel(true));

      CompletableFuture<Integer> wait =
          waiter.until(() -> CompletableFuture.completedFuture(2), value -> true);
      while (!wait.isDone()) {
        assertThat(virtual.endNextPause()).isTrue();
      }

      assertThat(wait.join()).isEqualTo(2);
      assertThat(virtual.nanos()).isLessThan(seconds(1));
    }
  }

  @Test
  void fewWaits_doNotWaitForTheirTurn() {
    bodies(Preset.READY.json("ready"));
    for (int i = 0; i < 10; i++) {
      assertThat(waiter().untilReady("id_1")).isNotNull();
    }
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void stageThatBlocks_doesNotHoldUpOtherWaits() throws Exception {
    bodies(Preset.READY.json("pending"));
    try (PersonaClient real = api.builder().build();
        PersonaClient other = api.builder().build()) {
      Waiter brief = real.waiter().timeout(Duration.ofMillis(300));
      CompletableFuture<Throwable> inner =
          brief
              .async()
              .untilReady("id_1")
              .handle((report, failure) -> catchThrowable(() -> brief.untilReady("id_1")));
      Throwable foreign =
          catchThrowable(() -> other.waiter().timeout(Duration.ofMillis(300)).untilReady("id_1"));

      assertThat(foreign).isInstanceOf(WaitTimeoutException.class);
      assertThat(inner.get(10, TimeUnit.SECONDS)).isInstanceOf(WaitTimeoutException.class);
    }
  }

  @Test
  void derivedClients_shareThePaceAndTheEvents() throws Exception {
    AtomicInteger ready = new AtomicInteger();
    respond(number -> json(Preset.READY.json(ready.get() == 0 ? "pending" : "ready")));
    try (PersonaClient real = api.builder().build()) {
      PersonaClient derived = real.withOptions(RequestOptions.builder().header("X-A", "1").build());
      CompletableFuture<Report> wait = patient(derived).async().untilReady("id_1");
      awaitRequests(1);
      ready.set(1);
      Thread.sleep(200); // the response arrives
      real.waiter().notify(event("id_1"));

      assertThat(wait.get(10, TimeUnit.SECONDS).id()).isEqualTo("id_1");
    }
    VirtualTimeSource virtual = new VirtualTimeSource();
    try (PersonaClient many = api.builder().time(virtual).build()) {
      for (int i = 0; i < 50; i++) {
        CompletableFuture<Integer> unused =
            many.withOptions(RequestOptions.none())
                .waiter()
                .async()
                .until(() -> CompletableFuture.completedFuture(paths.size()), value -> false);
      }
      ready.set(0);
      paths.clear();
      CompletableFuture<Report> late = many.waiter().async().untilReady("id_1");
      Thread.sleep(300);
      assertThat(paths).isEmpty(); // 50 waits are before it
      assertThat(late).isNotDone();
    }
  }

  private static Event event(String id) {
    return webhookEvent(id).event();
  }

  private static WebhookEvent webhookEvent(String id) {
    return WebhookEvent.read(
        """
        {"data":{"type":"event","id":"evt_1","attributes":{"name":"report/watchlist.ready",
          "payload":{"data":{"type":"report/watchlist","id":"%s"}}}}}
        """
            .formatted(id)
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void closedClient_endsAPauseAtOnce() throws Exception {
    bodies(Preset.READY.json("pending"));
    PersonaClient real = api.builder().build();
    Waiter patient = patient(real);
    CompletableFuture<Throwable> blocking =
        CompletableFuture.supplyAsync(
            () -> catchThrowable(() -> patient.until(() -> 1, value -> false)));
    CompletableFuture<Report> wait = patient.async().untilReady("id_1");
    awaitRequests(1);
    Thread.sleep(200);
    real.close();

    assertThat(blocking.get(5, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    assertThat(catchThrowable(() -> wait.get(5, TimeUnit.SECONDS)))
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void rateLimit_isWaitedForAsTheLongestHeaderSays_alsoAfterAnEvent() {
    List<MockResponse.Builder> responses =
        List.of(
            status(429).addHeader("RateLimit-Reset", "2").addHeader("Retry-After", "70"),
            json(Preset.READY.json("ready")));
    respond(
        number -> {
          client.waiter().notify(event("id_1"));
          return responses.get(number);
        });

    assertThat(waiter().untilReady("id_1")).isNotNull();
    assertThat(time.nanos()).isGreaterThanOrEqualTo(seconds(70));
  }

  @Test
  void supplierThatFails_endsTheWait() {
    AsyncWaiter waiter = waiter().async();
    assertThat(
            catchThrowable(
                () ->
                    waiter
                        .until(
                            () -> {
                              throw new AssertionError("mine");
                            },
                            value -> true)
                        .join()))
        .hasRootCauseMessage("mine");
    CompletableFuture<Object> none = CompletableFuture.completedFuture(null);
    assertThat(catchThrowable(() -> waiter.until(() -> none, value -> true).join()))
        .hasRootCauseMessage("the supplier returned null");
    assertThat(catchThrowable(() -> waiter.until(() -> null, value -> true).join()))
        .hasRootCauseMessage("the supplier returned null");
    assertThatNullPointerException()
        .isThrownBy(() -> waiter().until(() -> null, value -> true))
        .withMessage("the supplier returned null");
  }

  @Test
  void redactedResource_failsWithThatReason() {
    String redacted = ",\"redacted-at\":\"2026-01-28T10:15:30.000Z\"";
    bodies(Preset.DECIDED.json("created", redacted));
    assertThatExceptionOfType(WaitFailedException.class)
        .isThrownBy(() -> waiter().untilDecided("id_1"))
        .withMessage("waiting for a decision on an inquiry failed: it was redacted");
    bodies(Preset.TRANSACTION.json("created", redacted));
    assertThatExceptionOfType(WaitFailedException.class)
        .isThrownBy(() -> waiter().untilTransaction("id_1", Set.of("done")));
    bodies(Preset.READY.json("ready", redacted)); // the result is gone
    assertThatExceptionOfType(ReportFailedException.class)
        .isThrownBy(() -> waiter().untilReady("id_1"));
    bodies(Preset.DECIDED.json("approved", redacted));
    assertThat(waiter().untilDecided("id_1").id()).isEqualTo("id_1");
  }

  @Test
  void failedRetrieval_isReportedWithItsReason() {
    respond(number -> number == 0 ? status(503) : json(Preset.READY.json("ready")));
    assertThat(waiter().untilReady("id_1")).isNotNull();
    assertThat(progress.get(0).failure()).isInstanceOf(ServerException.class);
    assertThat(progress.get(0)).asString().contains("failure=ServerException");
    assertThat(progress.get(1).failure()).isNull();
  }

  // ---- many resources ----

  /** Reports: those in a list, and others that are retrieved by their IDs. */
  private void reports(List<String> listed, Function<String, String> others) {
    api.server()
        .setDispatcher(
            new Dispatcher() {
              @Override
              public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath();
                paths.add(path);
                if (path.endsWith("/reports")) {
                  return json(inquiries(listed.stream(), "ready")
                          .replace("\"inquiry\"", "\"report/watchlist\""))
                      .build();
                }
                String id = path.substring(path.lastIndexOf('/') + 1);
                String state = others.apply(id);
                return state.isEmpty()
                    ? status(404).build()
                    : json(Preset.READY.json(state).replace("id_1", id)).build();
              }
            });
  }

  @Test
  void olderReports_areRetrievedInTurns() {
    List<String> ids = IntStream.range(0, 25).mapToObj(i -> "rep_" + i).toList();
    reports(List.of(), id -> Integer.parseInt(id.substring(4)) < 12 ? "pending" : "ready");

    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> waiter().untilAllReady(ids))
        .satisfies(
            e ->
                assertThat(e.last(WaitSummary.class).map(Object::toString))
                    .contains("WaitSummary{reached=13, failed=0, missing=0, pending=12}"));
  }

  @Test
  void resourcesThatDoNotExist_areMissing() {
    reports(List.of("rep_1"), id -> "");
    WaitSummary<Report> reports = waiter().untilAllReady(List.of("rep_1", "rep_gone"));
    assertThat(reports.reached()).containsOnlyKeys("rep_1");
    assertThat(reports.missing()).containsExactly("rep_gone");
    assertThat(time.nanos()).isBetween(seconds(10), seconds(30));

    bodies(inquiries(Stream.of("inq_1"), "approved"));
    WaitSummary<Inquiry> inquiries = waiter().untilAllDecided(List.of("inq_1", "inq_gone"));
    assertThat(inquiries.reached()).containsOnlyKeys("inq_1");
    assertThat(inquiries.missing()).containsExactly("inq_gone");
  }

  @Test
  void cancelledBatch_sendsNothingMore() throws Exception {
    List<String> ids = IntStream.range(0, 3_000).mapToObj(i -> "inq_" + i).toList();
    respond(
        number -> json(inquiries(Stream.of(), "created")).headersDelay(50, TimeUnit.MILLISECONDS));
    try (PersonaClient real = api.builder().build()) {
      CompletableFuture<WaitSummary<Inquiry>> wait = real.waiter().async().untilAllDecided(ids);
      awaitRequests(2);
      wait.cancel(true);
      Thread.sleep(200); // one may be on its way
      int sent = paths.size();
      Thread.sleep(1_000);

      assertThat(paths).hasSize(sent);
    }
  }

  @Test
  void requestsOfABatch_keepThePace() {
    List<String> ids = IntStream.range(0, 4_000).mapToObj(i -> "inq_" + i).toList();
    bodies(inquiries(Stream.of(), "created"));

    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> waiter().notFoundFor(Duration.ofDays(1)).untilAllDecided(ids));
    double minutes = time.nanos() / (double) seconds(60);
    assertThat(paths.size()).isLessThanOrEqualTo((int) (150 * minutes) + 10);
  }

  @Test
  void pagesBeforeAFailure_areKept() {
    List<String> ids = IntStream.range(0, 150).mapToObj(i -> "inq_" + i).toList();
    respond(number -> number == 0 ? json(inquiries(ids.stream(), "approved")) : status(503));

    WaitTimeoutException failure =
        catchThrowableOfType(
            WaitTimeoutException.class,
            () ->
                client
                    .withRetryPolicy(RetryPolicy.none())
                    .waiter()
                    .untilAllDecided(Stream.concat(ids.stream(), Stream.of("inq_x")).toList()));
    assertThat(failure.last(WaitSummary.class).map(Object::toString))
        .contains("WaitSummary{reached=150, failed=0, missing=0, pending=1}");
  }

  @Test
  void pageThatAlwaysFails_doesNotHoldUpTheOthers() {
    List<String> ids = IntStream.range(0, 120).mapToObj(i -> "inq_" + i).toList();
    api.server()
        .setDispatcher(
            new Dispatcher() {
              @Override
              public MockResponse dispatch(RecordedRequest request) {
                String wanted =
                    Objects.requireNonNull(request.getUrl().queryParameter("filter[inquiry-id]"));
                return (wanted.startsWith("inq_0,")
                        ? status(503)
                        : json(inquiries(Arrays.stream(wanted.split(",")), "approved")))
                    .build();
              }
            });

    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> client.withRetryPolicy(RetryPolicy.none()).waiter().untilAllDecided(ids))
        .withCauseInstanceOf(ServerException.class)
        .satisfies(
            e ->
                assertThat(e.last(WaitSummary.class).map(Object::toString))
                    .contains("WaitSummary{reached=20, failed=0, missing=0, pending=100}"));
  }

  @Test
  void event_wakesABatch() throws Exception {
    AtomicInteger decided = new AtomicInteger();
    respond(
        number -> json(inquiries(Stream.of("inq_1"), decided.get() == 0 ? "created" : "approved")));
    try (PersonaClient real = api.builder().build()) {
      CompletableFuture<WaitSummary<Inquiry>> wait =
          patient(real).async().untilAllDecided(List.of("inq_1"));
      awaitRequests(1);
      decided.set(1);
      Thread.sleep(200);
      real.waiter().notify(event("inq_1"));

      assertThat(wait.get(10, TimeUnit.SECONDS).reached()).containsOnlyKeys("inq_1");
    }
  }

  private static String inquiries(Stream<String> ids, String status) {
    return "{\"data\":["
        + String.join(
            ",",
            ids.map(
                    id ->
                        "{\"type\":\"inquiry\",\"id\":\"%s\",\"attributes\":{\"status\":\"%s\"}}"
                            .formatted(id, status))
                .toList())
        + "],\"links\":{\"prev\":null,\"next\":null}}";
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyInquiries_areListedTogether(boolean decided) {
    List<String> ids = IntStream.range(0, 250).mapToObj(i -> "inq_" + i).toList();
    List<String> listed = new CopyOnWriteArrayList<>();
    api.server()
        .setDispatcher(
            new Dispatcher() {
              @Override
              public MockResponse dispatch(RecordedRequest request) {
                String wanted =
                    Objects.requireNonNull(request.getUrl().queryParameter("filter[inquiry-id]"));
                listed.add(wanted);
                List<String> page = Arrays.asList(wanted.split(","));
                // All but one are decided at first, and that one has expired in the next round.
                return json(page.equals(List.of("inq_7"))
                        ? inquiries(page.stream(), "expired")
                        : inquiries(page.stream().filter(id -> !id.equals("inq_7")), "approved"))
                    .build();
              }
            });

    WaitSummary<Inquiry> summary =
        decided
            ? waiter().untilAllDecided(ids)
            : waiter().async().untilAllFlowsFinished(ids).join();

    assertThat(summary.pending()).isEmpty();
    assertThat(summary.failed()).hasSize(decided ? 1 : 0);
    assertThat(summary.reached()).hasSize(decided ? 249 : 250);
    assertThat(listed).hasSize(4); // three pages, and the last one again
    assertThat(summary)
        .hasToString(
            "WaitSummary{reached=%d, failed=%d, missing=0, pending=0}"
                .formatted(decided ? 249 : 250, decided ? 1 : 0));
    assertThat(progress.isEmpty() ? "" : progress.get(0).state()).isEqualTo("249 of 250");
  }

  @Test
  void manyReports_areListed_andOlderOnesRetrieved() {
    AtomicInteger round = new AtomicInteger();
    api.server()
        .setDispatcher(
            new Dispatcher() {
              @Override
              public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath();
                paths.add(path);
                if (path.endsWith("/rep_old")) {
                  return json(Preset.READY.json("ready").replace("id_1", "rep_old")).build();
                }
                String state = round.getAndIncrement() == 0 ? "pending" : "errored";
                return json(inquiries(Stream.of("rep_new"), state)
                        .replace("\"inquiry\"", "\"report/watchlist\""))
                    .build();
              }
            });

    WaitSummary<Report> summary = waiter().untilAllReady(List.of("rep_new", "rep_old"));

    assertThat(summary.reached()).containsOnlyKeys("rep_old");
    assertThat(summary.failed()).containsOnlyKeys("rep_new");
    assertThat(paths)
        .containsExactly("/api/v1/reports", "/api/v1/reports/rep_old", "/api/v1/reports");
    assertThat(waiter().untilAllReady(List.of()).reached()).isEmpty();
  }

  @Test
  void manyThatAreNotDone_areInTheTimeout() {
    bodies(inquiries(Stream.of("inq_1", "inq_2"), "pending"));

    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> waiter().untilAllDecided(Set.of("inq_1", "inq_2")))
        .satisfies(
            e ->
                assertThat(e.last(WaitSummary.class).map(Object::toString))
                    .contains("WaitSummary{reached=0, failed=0, missing=0, pending=2}"));
  }

  // ---- arguments ----

  @Test
  void invalidArguments_areRefusedBeforeAnythingIsSent() {
    Waiter waiter = client.waiter();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waiter.untilReady(" "))
        .withMessage("reportId: must not be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waiter.untilTransaction("txn_1", Set.of()))
        .withMessage("statuses: at least one is required");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waiter.untilAllReady(List.of("rep_1", "")))
        .withMessage("ids: must not be blank");
    assertThatNullPointerException()
        .isThrownBy(() -> waiter.untilAllReady(Arrays.asList("rep_1", null)))
        .withMessage("ids: must not contain null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waiter.untilTransaction("txn_1", Set.of("done", " ")))
        .withMessage("statuses: must not be blank");
    assertThatNullPointerException()
        .isThrownBy(
            () -> waiter.untilTransaction("txn_1", new HashSet<>(Arrays.asList("done", null))))
        .withMessage("statuses: must not contain null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waiter.timeout(Duration.ZERO))
        .withMessage("timeout: must not be zero");
    for (Duration time : List.of(Duration.ofNanos(-1), Duration.ofDays(31))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> waiter.timeout(time))
          .withMessage("timeout: must be from zero to 30 days");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> waiter.notFoundFor(time))
          .withMessage("time: must be from zero to 30 days");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waiter.intervals(Duration.ofMillis(99), Duration.ofSeconds(1)))
        .withMessage("first: must be from 0.1 s to the longest interval");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waiter.intervals(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    assertThat(api.server().getRequestCount()).isZero();
  }
}
