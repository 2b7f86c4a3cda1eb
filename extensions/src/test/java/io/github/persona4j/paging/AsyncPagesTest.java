package io.github.persona4j.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.MockApi;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.RawServer;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.json.UnexpectedTypeException;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that nobody waits for. */
class AsyncPagesTest {
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** Records signals; requests nothing by itself. */
  private static final class Recorder<T> implements Flow.Subscriber<T> {
    private final List<T> elements = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription =
        new AtomicReference<>();
    private final AtomicReference<@Nullable CountDownLatch> expected = new AtomicReference<>();

    Flow.Subscription subscription() {
      Flow.Subscription known = subscription.get();
      if (known == null) {
        throw new AssertionError("not subscribed");
      }
      return known;
    }

    /** Requests elements and waits for them. */
    void take(int count) throws InterruptedException {
      CountDownLatch latch = new CountDownLatch(count);
      expected.set(latch);
      subscription().request(count);
      assertThat(latch.await(10, TimeUnit.SECONDS)).as("%d elements", count).isTrue();
    }

    String end() {
      return end.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription.set(subscription);
    }

    @Override
    public void onNext(T element) {
      elements.add(element);
      CountDownLatch latch = expected.get();
      if (latch != null) {
        latch.countDown();
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    @Override
    public void onComplete() {
      end.complete("complete");
    }
  }

  // ---- pages ----

  @Test
  void page_knowsItsNeighbors() throws Exception {
    respond("a", null, "evt_1");
    respond(null, "b", "evt_2");
    respond("a", null, "evt_1");

    AsyncPage<Event> first = page(EventsApi.ListQuery.builder().pageSize(1).build()).join();
    assertThat(first.hasNext()).isTrue();
    assertThat(first.hasPrevious()).isFalse();
    assertThat(first.nextCursor()).isEqualTo("a");
    assertThat(first).hasToString("AsyncPage{items=1, hasNext=true, hasPrevious=false}");
    AsyncPage<Event> second = first.next().join();
    assertThat(second.items()).extracting(Event::id).containsExactly("evt_2");
    assertThat(second.cursor()).isEqualTo("a");
    assertThat(second.response()).isInstanceOf(EventPage.class);
    assertThat(second.previous().join().items()).isEqualTo(first.items());

    api.request();
    assertThat(api.request().getUrl().query()).isEqualTo("page[size]=1&page[after]=a");
    assertThat(api.request().getUrl().query()).isEqualTo("page[size]=1&page[before]=b");
  }

  @Test
  void missingNeighbor_failsTheFuture() {
    respond(null, null, "evt_1");
    AsyncPage<Event> only = page(EventsApi.ListQuery.none()).join();

    assertThat(only.next())
        .failsWithin(0, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(NoSuchElementException.class);
    assertThat(only.previous()).isCompletedExceptionally();
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void invalidLink_failsTheFuture() {
    api.respond(
        200, PageJson.of("event", "//evil.example?page%5Bafter%5D=a", null, List.of("evt_1")));

    assertThat(page(EventsApi.ListQuery.none()).join().next())
        .failsWithin(0, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void cancelledPage_cancelsItsRequest() throws Exception {
    CountDownLatch requested = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server = stalling(requested, closed);
        PersonaClient client = client(server)) {
      CompletableFuture<AsyncPage<Event>> page =
          client.async().events().list(EventsApi.ListQuery.none());
      assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();

      page.cancel(true);

      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  // ---- items ----

  @Test
  void pages_areRequestedOnDemandOnly() throws Exception {
    respond("a", null, "evt_1", "evt_2");
    respond(null, null, "evt_3");
    Recorder<Event> recorder = new Recorder<>();
    all().subscribe(recorder);
    Thread.sleep(50); // a request would arrive in this time
    assertThat(api.server().getRequestCount()).isZero();

    recorder.take(1);
    recorder.take(1);
    Thread.sleep(50);
    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(recorder.end).isNotDone();

    recorder.take(1);
    assertThat(recorder.end()).isEqualTo("complete");
    assertThat(recorder.elements).extracting(Event::id).containsExactly("evt_1", "evt_2", "evt_3");
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void everySubscription_requestsItsOwnPages() {
    respond(null, null, "evt_1");
    respond(null, null, "evt_2");
    List<String> ids = new CopyOnWriteArrayList<>();
    AsyncPages<Event> all = all();

    all.forEach(event -> ids.add(event.id())).join();
    all.forEach(event -> ids.add(event.id())).join();

    assertThat(ids).containsExactly("evt_1", "evt_2");
  }

  @Test
  void pagesOfPublisher_haveTheirCursors() throws Exception {
    respond("a", null, "evt_1", "evt_2");
    respond("b", null);
    respond(null, null, "evt_3");
    Recorder<AsyncPage<Event>> recorder = new Recorder<>();
    all().pages().subscribe(recorder);

    recorder.take(1);
    assertThat(api.server().getRequestCount()).isEqualTo(1);
    recorder.take(2);

    assertThat(recorder.end()).isEqualTo("complete");
    assertThat(recorder.elements).extracting(AnyPage::nextCursor).containsExactly("a", "b", null);
  }

  @Test
  void emptyList_isComplete() {
    respond(null, null);
    Recorder<Event> recorder = new Recorder<>();
    all().subscribe(recorder);

    recorder.subscription().request(1);

    assertThat(recorder.end()).isEqualTo("complete");
    assertThat(recorder.elements).isEmpty();
  }

  @Test
  void queryWithPageBefore_goesBackwards() throws Exception {
    respond("x", "b", "evt_3", "evt_4");
    respond("x", null, "evt_1", "evt_2");
    List<String> ids = new CopyOnWriteArrayList<>();
    EventsApi.ListQuery query = EventsApi.ListQuery.builder().pageBefore("c").build();

    api.client().async().events().listAll(query).forEach(event -> ids.add(event.id())).join();

    assertThat(ids).containsExactly("evt_4", "evt_3", "evt_2", "evt_1");
    assertThat(api.request().getUrl().query()).isEqualTo("page[before]=c&page[size]=100");
    assertThat(api.request().getUrl().queryParameter("page[before]")).isEqualTo("b");
  }

  @Test
  void bothCursors_throwIllegalArgument() {
    EventsApi.ListQuery query =
        EventsApi.ListQuery.builder().pageAfter("a").pageBefore("b").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> api.client().async().events().listAll(query))
        .withMessageContaining("both page[after] and page[before]");
  }

  @Test
  void failureInTheMiddle_isSignaledAfterItems() {
    respond("a", null, "evt_1");
    api.respond(500, "");
    List<String> ids = new CopyOnWriteArrayList<>();

    CompletableFuture<Void> done = all().forEach(event -> ids.add(event.id()));

    assertThat(done)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(ServerException.class);
    assertThat(ids).containsExactly("evt_1");
  }

  @Test
  void repeatedCursor_isSignaledAfterItems() throws Exception {
    respond("a", null, "evt_1");
    respond("a", null, "evt_2");
    Recorder<Event> recorder = new Recorder<>();
    all().subscribe(recorder);

    recorder.take(2);
    recorder.subscription().request(1);

    assertThat(recorder.end())
        .startsWith("MalformedResponseException: links.next has the cursor of an earlier page");
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void endlessEmptyPages_endTheSubscription() {
    for (int i = 0; i < Pages.MAX_EMPTY_PAGES; i++) {
      respond("c" + i, null);
    }
    Recorder<Event> recorder = new Recorder<>();
    all().subscribe(recorder);

    recorder.subscription().request(1);

    assertThat(recorder.end()).contains("after 1000 consecutive empty pages");
    assertThat(api.server().getRequestCount()).isEqualTo(Pages.MAX_EMPTY_PAGES);
  }

  @Test
  void invalidDemand_isAnError() {
    Recorder<Event> recorder = new Recorder<>();
    all().subscribe(recorder);

    recorder.subscription().request(0);

    assertThat(recorder.end())
        .isEqualTo(
            "IllegalArgumentException: a subscriber must request at least 1 element (rule 3.9 of"
                + " Reactive Streams), not 0");
    recorder.subscription().request(1);
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void cancellation_endsRequests_andTheRunningOne() throws Exception {
    CountDownLatch requested = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server = stalling(requested, closed);
        PersonaClient client = client(server)) {
      Recorder<Event> recorder = new Recorder<>();
      client.async().events().listAll().subscribe(recorder);
      recorder.subscription().request(10);
      assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();

      recorder.subscription().cancel();

      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      recorder.subscription().request(1);
      assertThat(recorder.end).isNotDone();
    }
  }

  @Test
  void cancelledForEach_endsTheRunningRequest() throws Exception {
    CountDownLatch requested = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server = stalling(requested, closed);
        PersonaClient client = client(server)) {
      CompletableFuture<Void> done = client.async().events().listAll().forEach(event -> {});
      assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();

      done.cancel(true);

      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(done).isCancelled();
    }
  }

  @Test
  void failingAction_endsForEach() {
    respond("a", null, "evt_1", "evt_2");
    IllegalCallerException mine = new IllegalCallerException("mine");
    List<String> ids = new CopyOnWriteArrayList<>();

    CompletableFuture<Void> done =
        all()
            .forEach(
                event -> {
                  ids.add(event.id());
                  throw mine;
                });

    assertThat(done).failsWithin(10, TimeUnit.SECONDS).withThrowableThat().withCause(mine);
    assertThat(ids).containsExactly("evt_1");
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void throwingSubscriber_isCancelled_andReported() throws Exception {
    respond("a", null, "evt_1", "evt_2");
    IllegalCallerException mine = new IllegalCallerException("mine");
    CompletableFuture<Throwable> reported = new CompletableFuture<>();
    List<Event> seen = new ArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> reported.complete(e));
    try {
      all()
          .subscribe(
              new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                  subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(Event event) {
                  seen.add(event);
                  throw mine;
                }

                @Override
                public void onError(Throwable failure) {
                  seen.clear();
                }

                @Override
                public void onComplete() {
                  seen.clear();
                }
              });

      assertThat(reported.get(10, TimeUnit.SECONDS)).isSameAs(mine);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(seen).hasSize(1);
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void throwingOnSubscribe_isThrown() {
    IllegalCallerException mine = new IllegalCallerException("mine");
    Flow.Subscriber<Event> throwing =
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
            throw mine;
          }

          @Override
          public void onNext(Event event) {}

          @Override
          public void onError(Throwable failure) {}

          @Override
          public void onComplete() {}
        };

    assertThatThrownBy(() -> all().subscribe(throwing)).isSameAs(mine);
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void nullSubscriber_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> all().subscribe(none()))
        .withMessage("subscriber");
    assertThatNullPointerException()
        .isThrownBy(() -> all().pages().subscribe(none()))
        .withMessage("subscriber");
  }

  @Test
  void ownFunction_isCalledWithoutWaiting() {
    respond("a", null, "evt_1");
    respond(null, null, "evt_2");
    List<String> ids = new CopyOnWriteArrayList<>();

    AsyncPages.of(query -> api.client().events().list(query).response(), EventsApi.ListQuery.none())
        .forEach(event -> ids.add(event.id()))
        .join();

    assertThat(ids).containsExactly("evt_1", "evt_2");
  }

  @Test
  void closedClient_failsTheSubscription() {
    PersonaClient client = api.builder().build();
    AsyncPages<Event> all = client.async().events().listAll();
    client.close();

    assertThatThrownBy(() -> all.forEach(event -> {}).join())
        .isInstanceOf(CompletionException.class)
        .isNotInstanceOf(CancellationException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }

  private static RawServer stalling(CountDownLatch requested, CountDownLatch closed)
      throws IOException {
    return new RawServer(
        (request, socket) -> {
          requested.countDown();
          while (socket.getInputStream().read() >= 0) {}
          closed.countDown();
        });
  }

  private static PersonaClient client(RawServer server) {
    return PersonaClient.builder().apiKey("k").baseUrl(server.origin()).build();
  }

  private AsyncPages<Event> all() {
    return api.client().async().events().listAll();
  }

  private CompletableFuture<AsyncPage<Event>> page(EventsApi.ListQuery query) {
    return api.client().async().events().list(query);
  }

  private void respond(@Nullable String next, @Nullable String previous, String... ids) {
    api.respond(
        200,
        PageJson.of(
            "event",
            next == null ? null : "/api/v1/events?page%5Bafter%5D=" + next,
            previous == null ? null : "/api/v1/events?page%5Bbefore%5D=" + previous,
            List.of(ids)));
  }

  // ---- values of other types, and executors that reject ----

  private static String pageWith(String item, String links) {
    return "{\"data\":[{\"type\":\"event\",\"id\":\"evt_1\"}" + item + "],\"links\":" + links + "}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "{\"next\":5}", "{\"next\":[]}"})
  void linksOfAnotherType_endTheSubscriptionAfterTheItems(String links) throws Exception {
    api.respond(200, pageWith("", links));
    api.respond(200, pageWith("", links));
    api.respond(200, pageWith("", links));
    AsyncPages<Event> all = api.client().async().events().listAll();

    Recorder<Event> items = new Recorder<>();
    all.subscribe(items);
    items.subscription().request(Long.MAX_VALUE);
    assertThat(items.end()).isEqualTo("MalformedResponseException: links.next is not a string");
    assertThat(items.elements).hasSize(1);

    Recorder<AsyncPage<Event>> pages = new Recorder<>();
    all.pages().subscribe(pages);
    pages.subscription().request(Long.MAX_VALUE);
    assertThat(pages.end()).isEqualTo("MalformedResponseException: links.next is not a string");
    AsyncPage<Event> page = pages.elements.get(0);
    assertThat(page.next()).isCompletedExceptionally();
    assertThat(page.toString()).startsWith("AsyncPage{items=1, hasNext=invalid, ");
    assertThatThrownBy(page::hasNext).isInstanceOf(MalformedResponseException.class);

    assertThatThrownBy(() -> api.client().events().list().next())
        .isInstanceOf(MalformedResponseException.class)
        .hasMessage("links.next is not a string");
  }

  @Test
  void itemOfAnotherType_endsTheSubscriptionAfterTheItemsBeforeIt() {
    api.respond(200, pageWith(",5", "{}"));
    List<String> ids = new CopyOnWriteArrayList<>();

    CompletableFuture<Void> done =
        api.client().async().events().listAll().forEach(event -> ids.add(event.id()));

    assertThatThrownBy(() -> done.orTimeout(10, TimeUnit.SECONDS).join())
        .hasCauseInstanceOf(UnexpectedTypeException.class);
    assertThat(ids).containsExactly("evt_1");
  }

  @Test
  void executorThatRejects_endsTheSubscription() {
    respond(null, null, "evt_1");
    Executor rejecting =
        action -> {
          throw new RejectedExecutionException("shut down");
        };
    try (PersonaClient client = api.builder().continuationExecutor(rejecting).build()) {
      CompletableFuture<Void> done = client.async().events().listAll().forEach(event -> {});

      assertThatThrownBy(() -> done.orTimeout(10, TimeUnit.SECONDS).join())
          .hasCauseInstanceOf(RejectedExecutionException.class);
    }
  }
}
