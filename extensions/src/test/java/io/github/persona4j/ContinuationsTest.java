package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.internal.call.CallFuture;
import io.github.persona4j.internal.call.CompletionExecutor;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.paging.Page;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
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

/** Which threads run continuations of async calls, and how many. */
class ContinuationsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MANY = 2000;

  /**
   * Threads of calls, of continuations, and those that complete futures, and a few that are about
   * to end.
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
        client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
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
      Object unused = future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void blockingContinuations_useBoundedThreads_andDoNotDelayCalls(boolean customHttpClient)
      throws Exception {
    ClientThreads threads = new ClientThreads();
    OkHttpClient httpClient = new OkHttpClient();
    AtomicInteger runs = new AtomicInteger();
    PersonaClientBuilder builder = builder();
    try (PersonaClient client =
        (customHttpClient ? builder.httpClient(httpClient) : builder).build()) {
      List<CompletableFuture<ApiResponse<EventPage>>> calls = new ArrayList<>();
      List<CompletableFuture<Void>> blocked = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        CompletableFuture<ApiResponse<EventPage>> call = call(client);
        calls.add(call);
        blocked.add(
            call.thenRun(
                () -> {
                  runs.incrementAndGet();
                  block();
                }));
      }

      // All calls complete, although their continuations block.
      awaitAll(calls);
      assertThat(call(client)).succeedsWithin(TIMEOUT);
      assertThat(runs.get()).isEqualTo(CompletionExecutor.MAX_CONTINUATIONS).isEqualTo(256);
      assertThat(threads.started()).hasSizeLessThanOrEqualTo(MAX_THREADS);
      assertThat(blocked).noneMatch(CompletableFuture::isDone);

      release.countDown();
      awaitAll(blocked);
      assertThat(runs).hasValue(MANY);
    } finally {
      httpClient.dispatcher().executorService().shutdown();
      httpClient.connectionPool().evictAll();
    }
  }

  @Test
  void continuationsWaitingForOtherCalls_complete() throws Exception {
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
  void continuationsWaitingForSeveralCalls_complete() throws Exception {
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
  void continuationsMakingBlockingCalls_complete() throws Exception {
    try (PersonaClient client = builder().build()) {
      List<CompletableFuture<Page<Event>>> all = new ArrayList<>();
      for (int i = 0; i < MANY / 2; i++) {
        all.add(call(client).thenApply(first -> client.events().list()));
      }

      awaitAll(all);
    }
  }

  @Test
  void chainedStages_useBoundedThreads() throws Exception {
    ClientThreads threads = new ClientThreads();
    AtomicInteger runs = new AtomicInteger();
    try (PersonaClient client = builder().build()) {
      List<CompletableFuture<Void>> blocked = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        blocked.add(
            call(client)
                .thenCompose(first -> call(client))
                .thenApply(ApiResponse::status)
                .thenAccept(
                    status -> {
                      runs.incrementAndGet();
                      block();
                    }));
      }
      while (server.requests().size() < MANY) {
        Thread.sleep(10);
      }

      assertThat(call(client)).succeedsWithin(TIMEOUT);
      assertThat(threads.started()).hasSizeLessThanOrEqualTo(MAX_THREADS);
      assertThat(runs.get()).isLessThanOrEqualTo(256);

      release.countDown();
      awaitAll(blocked);
      assertThat(runs).hasValue(MANY);
    }
  }

  @Test
  void blockingContinuationOfAllOf_doesNotDelayCalls() throws Exception {
    Thread test = Thread.currentThread();
    try (PersonaClient client = builder().build()) {
      List<CompletableFuture<Void>> blocked = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        blocked.add(
            CompletableFuture.allOf(call(client), call(client))
                .thenRun(
                    () -> {
                      // Java runs the continuation here if both calls have already completed.
                      if (Thread.currentThread() != test) {
                        block();
                      }
                    }));
      }

      for (int i = 0; i < 10; i++) {
        assertThat(call(client)).succeedsWithin(TIMEOUT);
      }
      release.countDown();
      awaitAll(blocked);
    }
  }

  // ---- custom executor ----

  @Test
  void customExecutor_runsAllContinuations() throws Exception {
    ExecutorService executor =
        Executors.newFixedThreadPool(2, task -> new Thread(task, "custom executor"));
    try {
      try (PersonaClient client = builder().continuationExecutor(executor).build()) {
        CompletableFuture<ApiResponse<EventPage>> call = call(client);
        List<CompletableFuture<String>> names =
            List.of(
                call.thenApply(response -> Thread.currentThread().getName()),
                call.thenApplyAsync(response -> Thread.currentThread().getName()),
                call.thenApply(response -> 1).thenApply(one -> Thread.currentThread().getName()),
                call.handle((response, failure) -> Thread.currentThread().getName()));
        for (CompletableFuture<String> name : names) {
          assertThat(name).succeedsWithin(TIMEOUT).isEqualTo("custom executor");
        }

        List<CompletableFuture<Void>> blocked =
            Stream.generate(() -> call(client).thenRun(this::block)).limit(50).toList();
        assertThat(call(client)).succeedsWithin(TIMEOUT);
        release.countDown();
        awaitAll(blocked);
      }
      // The client does not shut it down.
      assertThat(executor.isShutdown()).isFalse();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void rejectingExecutor_failsStageButNotCall() {
    try (PersonaClient client =
        builder()
            .continuationExecutor(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .build()) {
      CompletableFuture<ApiResponse<EventPage>> call = call(client);

      assertThat(call).succeedsWithin(TIMEOUT);
      assertThat(call.thenApply(ApiResponse::status))
          .failsWithin(TIMEOUT)
          .withThrowableThat()
          .withRootCauseInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void nullExecutor_throwsNullPointerException() {
    assertThatNullPointerException()
        .isThrownBy(() -> builder().continuationExecutor(null))
        .withMessage("executor");
  }

  @Test
  void continuation_afterClose_runs() {
    PersonaClient client = builder().build();
    CompletableFuture<ApiResponse<EventPage>> call = call(client);
    assertThat(call).succeedsWithin(TIMEOUT);
    client.close();

    assertThat(call.thenApply(ApiResponse::status)).succeedsWithin(TIMEOUT).isEqualTo(200);
  }

  // ---- the future ----

  /** All methods that add a continuation to a future, by name. */
  static Stream<Arguments> dependents() {
    CompletableFuture<Object> never = new CompletableFuture<>();
    CompletableFuture<Object> done = CompletableFuture.completedFuture("other");
    return Stream.of(
        dependent("thenApply", (f, action) -> f.thenApply(runAndReturn(action))),
        dependent("thenAccept", (f, action) -> f.thenAccept(value -> action.run())),
        dependent("thenRun", (f, action) -> f.thenRun(action)),
        dependent("thenCombine", (f, action) -> f.thenCombine(done, runAndCombine(action))),
        dependent(
            "thenAcceptBoth", (f, action) -> f.thenAcceptBoth(done, (one, other) -> action.run())),
        dependent("runAfterBoth", (f, action) -> f.runAfterBoth(done, action)),
        dependent("applyToEither", (f, action) -> f.applyToEither(never, runAndReturn(action))),
        dependent("acceptEither", (f, action) -> f.acceptEither(never, value -> action.run())),
        dependent("runAfterEither", (f, action) -> f.runAfterEither(never, action)),
        dependent("thenCompose", (f, action) -> f.thenCompose(runAndCompose(action))),
        dependent("whenComplete", (f, action) -> f.whenComplete((value, failure) -> action.run())),
        dependent("handle", (f, action) -> f.handle(runAndCombine(action))),
        dependent("exceptionally", (f, action) -> failed(f).exceptionally(runAndReturn(action))),
        dependent(
            "exceptionallyCompose",
            (f, action) -> failed(f).exceptionallyCompose(runAndCompose(action))));
  }

  private static Arguments dependent(
      String name, BiFunction<CompletableFuture<Object>, Runnable, CompletionStage<?>> method) {
    return Arguments.of(name, method);
  }

  private static <T> Function<T, Object> runAndReturn(Runnable action) {
    return value -> {
      action.run();
      return "done";
    };
  }

  private static <T> Function<T, CompletionStage<Object>> runAndCompose(Runnable action) {
    return value -> {
      action.run();
      return CompletableFuture.completedFuture("done");
    };
  }

  private static <T, U> BiFunction<T, U, Object> runAndCombine(Runnable action) {
    return (one, other) -> {
      action.run();
      return "done";
    };
  }

  // A stage of the same type that fails.
  private static CompletableFuture<Object> failed(CompletableFuture<Object> future) {
    CompletableFuture<Object> failed = future.newIncompleteFuture();
    CompletableFuture<Object> unused =
        future.whenComplete((value, failure) -> failed.completeExceptionally(new IOException()));
    return failed;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dependents")
  void continuation_ofCompletedOrIncompleteFuture_runsOnExecutor(
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

        assertThat(thread).succeedsWithin(TIMEOUT).isEqualTo("executor");
        assertThat(stage).isInstanceOf(CallFuture.class);
        Object unused = stage.toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  /** Detects methods that later Java versions add. */
  @Test
  void everyContinuationMethod_isTested() {
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
