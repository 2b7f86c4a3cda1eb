package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.persona4j.api.Events;
import io.github.persona4j.internal.call.CallFuture;
import io.github.persona4j.internal.call.CompletionExecutor;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which threads run what depends on the futures of calls, and how many. */
class ContinuationsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MANY = 2000;

  /**
   * Those of calls, of continuations, and those that complete futures; beside them a few that have
   * just handed over their work.
   */
  private static final int MAX_THREADS = 64 + 256 + 64 + 64;

  private final CountDownLatch release = new CountDownLatch(1);
  private RawServer server;

  @BeforeEach
  void start() throws IOException {
    String response =
        "HTTP/1.1 200 OK\r\nContent-Length: "
            + MockApi.EMPTY_PAGE.length()
            + "\r\n\r\n"
            + MockApi.EMPTY_PAGE;
    server = new RawServer((request, socket) -> RawServer.write(socket, response));
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.close();
  }

  private PersonaClientBuilder builder() {
    return PersonaClient.builder().apiKey(MockApi.KEY).baseUrl(server.origin() + "/api/v1");
  }

  private static CompletableFuture<ApiResponse<EventPage>> call(PersonaClient client) {
    return client.sendAsync(
        client.events().api().list(Events.ListQuery.none(), RequestOptions.none()));
  }

  private void block() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitAll(List<? extends CompletableFuture<?>> futures) throws Exception {
    for (CompletableFuture<?> future : futures) {
      Object unused = future.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void continuationsThatBlock_takeABoundedNumberOfThreads_andHoldUpNoCall(boolean withOwn)
      throws Exception {
    ClientThreads threads = new ClientThreads();
    OkHttpClient own = new OkHttpClient();
    AtomicInteger ran = new AtomicInteger();
    PersonaClientBuilder builder = builder();
    try (PersonaClient client = (withOwn ? builder.httpClient(own) : builder).build()) {
      List<CompletableFuture<ApiResponse<EventPage>>> calls = new ArrayList<>();
      List<CompletableFuture<Void>> blocked = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        CompletableFuture<ApiResponse<EventPage>> call = call(client);
        calls.add(call);
        blocked.add(
            call.thenRun(
                () -> {
                  ran.incrementAndGet();
                  block();
                }));
      }

      // All calls come to their ends, although what depends on them blocks.
      awaitAll(calls);
      assertThat(call(client)).succeedsWithin(SOON);
      assertThat(ran.get()).isEqualTo(CompletionExecutor.MAX_CONTINUATIONS).isEqualTo(256);
      assertThat(threads.started()).hasSizeLessThanOrEqualTo(MAX_THREADS);
      assertThat(blocked).noneMatch(CompletableFuture::isDone);

      release.countDown();
      awaitAll(blocked);
      assertThat(ran).hasValue(MANY);
    } finally {
      own.dispatcher().executorService().shutdown();
      own.connectionPool().evictAll();
    }
  }

  @Test
  void continuationsThatWaitForOtherCalls_getTheirResults() throws Exception {
    try (PersonaClient client = builder().build()) {
      List<CompletableFuture<Integer>> all = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        all.add(call(client).thenApply(first -> call(client).join().status()));
      }

      awaitAll(all);
      assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(200));
      assertThat(server.requests()).hasSize(2 * MANY);
    }
  }

  @Test
  void continuationsThatWaitForSeveralCallsTogether_getTheirResults() throws Exception {
    try (PersonaClient client = builder().build()) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < MANY / 2; i++) {
        all.add(
            call(client)
                .thenAccept(first -> CompletableFuture.allOf(call(client), call(client)).join()));
      }

      awaitAll(all);
    }
  }

  @Test
  void continuationsThatMakeBlockingCalls_getTheirResults() throws Exception {
    try (PersonaClient client = builder().build()) {
      List<CompletableFuture<EventPage>> all = new ArrayList<>();
      for (int i = 0; i < MANY / 2; i++) {
        all.add(call(client).thenApply(first -> client.events().list()));
      }

      awaitAll(all);
    }
  }

  @Test
  void stagesThatFollowOnOneAnother_areBoundedToo() throws Exception {
    ClientThreads threads = new ClientThreads();
    AtomicInteger ran = new AtomicInteger();
    try (PersonaClient client = builder().build()) {
      List<CompletableFuture<Void>> blocked = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        blocked.add(
            call(client)
                .thenCompose(first -> call(client))
                .thenApply(ApiResponse::status)
                .thenAccept(
                    status -> {
                      ran.incrementAndGet();
                      block();
                    }));
      }
      while (server.requests().size() < MANY) {
        Thread.sleep(10);
      }

      assertThat(call(client)).succeedsWithin(SOON);
      assertThat(threads.started()).hasSizeLessThanOrEqualTo(MAX_THREADS);
      assertThat(ran.get()).isLessThanOrEqualTo(256);

      release.countDown();
      awaitAll(blocked);
      assertThat(ran).hasValue(MANY);
    }
  }

  @Test
  void futureOfSeveral_thatBlocks_holdsUpNoCall() throws Exception {
    Thread test = Thread.currentThread();
    try (PersonaClient client = builder().build()) {
      List<CompletableFuture<Void>> blocked = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        blocked.add(
            CompletableFuture.allOf(call(client), call(client))
                .thenRun(
                    () -> {
                      // Java runs it here if both calls have ended by now.
                      if (Thread.currentThread() != test) {
                        block();
                      }
                    }));
      }

      for (int i = 0; i < 10; i++) {
        assertThat(call(client)).succeedsWithin(SOON);
      }
      release.countDown();
      awaitAll(blocked);
    }
  }

  // ---- an executor of one's own ----

  @Test
  void ownExecutor_runsAllThatDependsOnFutures() throws Exception {
    ExecutorService own = Executors.newFixedThreadPool(2, task -> new Thread(task, "my own"));
    try {
      try (PersonaClient client = builder().continuationExecutor(own).build()) {
        CompletableFuture<ApiResponse<EventPage>> call = call(client);
        List<CompletableFuture<String>> names =
            List.of(
                call.thenApply(response -> Thread.currentThread().getName()),
                call.thenApplyAsync(response -> Thread.currentThread().getName()),
                call.thenApply(response -> 1).thenApply(one -> Thread.currentThread().getName()),
                call.handle((response, failure) -> Thread.currentThread().getName()));
        for (CompletableFuture<String> name : names) {
          assertThat(name).succeedsWithin(SOON).isEqualTo("my own");
        }

        List<CompletableFuture<Void>> blocked =
            Stream.generate(() -> call(client).thenRun(this::block)).limit(50).toList();
        assertThat(call(client)).succeedsWithin(SOON);
        release.countDown();
        awaitAll(blocked);
      }
      // It is its owner's.
      assertThat(own.isShutdown()).isFalse();
    } finally {
      own.shutdownNow();
    }
  }

  @Test
  void ownExecutorThatRefuses_failsTheStage_notTheCall() {
    try (PersonaClient client =
        builder()
            .continuationExecutor(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .build()) {
      CompletableFuture<ApiResponse<EventPage>> call = call(client);

      assertThat(call).succeedsWithin(SOON);
      assertThat(call.thenApply(ApiResponse::status))
          .failsWithin(SOON)
          .withThrowableThat()
          .withRootCauseInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void ownExecutor_mustNotBeNull() {
    assertThatNullPointerException()
        .isThrownBy(() -> builder().continuationExecutor(null))
        .withMessage("executor");
  }

  @Test
  void continuation_runsAlsoAfterItsClientWasClosed() {
    PersonaClient client = builder().build();
    CompletableFuture<ApiResponse<EventPage>> call = call(client);
    assertThat(call).succeedsWithin(SOON);
    client.close();

    assertThat(call.thenApply(ApiResponse::status)).succeedsWithin(SOON).isEqualTo(200);
  }

  // ---- the future ----

  /** All that can be made dependent on a future, under its name. */
  static Stream<Arguments> dependents() {
    CompletableFuture<Object> never = new CompletableFuture<>();
    CompletableFuture<Object> done = CompletableFuture.completedFuture("other");
    return Stream.of(
        dependent("thenApply", (f, note) -> f.thenApply(noting(note))),
        dependent("thenAccept", (f, note) -> f.thenAccept(value -> note.run())),
        dependent("thenRun", (f, note) -> f.thenRun(note)),
        dependent("thenCombine", (f, note) -> f.thenCombine(done, both(note))),
        dependent(
            "thenAcceptBoth", (f, note) -> f.thenAcceptBoth(done, (one, other) -> note.run())),
        dependent("runAfterBoth", (f, note) -> f.runAfterBoth(done, note)),
        dependent("applyToEither", (f, note) -> f.applyToEither(never, noting(note))),
        dependent("acceptEither", (f, note) -> f.acceptEither(never, value -> note.run())),
        dependent("runAfterEither", (f, note) -> f.runAfterEither(never, note)),
        dependent("thenCompose", (f, note) -> f.thenCompose(composing(note))),
        dependent("whenComplete", (f, note) -> f.whenComplete((value, failure) -> note.run())),
        dependent("handle", (f, note) -> f.handle(both(note))),
        dependent("exceptionally", (f, note) -> failed(f).exceptionally(noting(note))),
        dependent(
            "exceptionallyCompose", (f, note) -> failed(f).exceptionallyCompose(composing(note))));
  }

  private static Arguments dependent(
      String name, BiFunction<CompletableFuture<Object>, Runnable, CompletionStage<?>> method) {
    return Arguments.of(name, method);
  }

  private static <T> Function<T, Object> noting(Runnable note) {
    return value -> {
      note.run();
      return "done";
    };
  }

  private static <T> Function<T, CompletionStage<Object>> composing(Runnable note) {
    return value -> {
      note.run();
      return CompletableFuture.completedFuture("done");
    };
  }

  private static <T, U> BiFunction<T, U, Object> both(Runnable note) {
    return (one, other) -> {
      note.run();
      return "done";
    };
  }

  // A stage of the same kind that fails.
  private static CompletableFuture<Object> failed(CompletableFuture<Object> future) {
    CompletableFuture<Object> failed = future.newIncompleteFuture();
    CompletableFuture<Object> unused =
        future.whenComplete((value, failure) -> failed.completeExceptionally(new IOException()));
    return failed;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dependents")
  void whateverDependsOnAFuture_runsOnTheExecutor_completedBeforeOrAfter(
      String name, BiFunction<CompletableFuture<Object>, Runnable, CompletionStage<?>> method)
      throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool(task -> new Thread(task, "executor"));
    try {
      for (boolean before : List.of(true, false)) {
        CompletableFuture<Object> future = new CallFuture<>(executor);
        CompletableFuture<String> thread = new CompletableFuture<>();
        if (before) {
          future.complete("value");
        }
        CompletionStage<?> stage =
            method.apply(future, () -> thread.complete(Thread.currentThread().getName()));
        future.complete("value");

        assertThat(thread).succeedsWithin(SOON).isEqualTo("executor");
        assertThat(stage).isInstanceOf(CallFuture.class);
        Object unused = stage.toCompletableFuture().get(SOON.toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  /** So that a method that a later Java brings is noticed. */
  @Test
  void noMethodOfFutures_runsItsFunctionElsewhere() {
    Set<Class<?>> functions =
        Set.of(Function.class, BiFunction.class, Consumer.class, BiConsumer.class, Runnable.class);
    List<String> tested =
        dependents().map(arguments -> String.valueOf(arguments.get()[0])).distinct().toList();

    assertThat(
            Arrays.stream(CompletableFuture.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.getName().endsWith("Async"))
                .filter(
                    method ->
                        Arrays.stream(method.getParameterTypes()).anyMatch(functions::contains))
                .map(Method::getName)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(tested);
  }
}
