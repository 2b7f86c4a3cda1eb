package io.github.persona4j.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.MockApi;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.RawServer;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.model.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that are requested ahead. */
class PrefetchTest {
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void nextPage_isRequestedWhilePageIsProcessed() throws Exception {
    respond("a", "evt_1");
    respond("b", "evt_2");
    respond(null, "evt_3");

    Iterator<Event> events = pages().iterator();
    assertThat(api.server().getRequestCount()).isZero();
    assertThat(events.next().id()).isEqualTo("evt_1");
    assertThat(cursor()).isNull();
    assertThat(cursor()).isEqualTo("a"); // without a further call of the iterator
    assertThat(events.next().id()).isEqualTo("evt_2");
    assertThat(cursor()).isEqualTo("b");
    assertThat(events.next().id()).isEqualTo("evt_3");
    assertThat(events.hasNext()).isFalse();
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void itemsAndPages_areThoseWithoutPrefetch() {
    for (int i = 0; i < 2; i++) {
      respond("a", "evt_1", "evt_2");
      respond("b");
      respond(null, "evt_3");
    }

    assertThat(pages()).extracting(Event::id).containsExactly("evt_1", "evt_2", "evt_3");
    assertThat(pages().pages()).extracting(Page::cursor).containsExactly(null, "a", "b");
  }

  @Test
  void limit_requestsNoPageAfterLastItem() throws Exception {
    respond("a", "evt_1");
    respond("b", "evt_2");

    assertThat(pages().limit(2)).hasSize(2);

    Thread.sleep(100); // a request ahead would arrive in this time
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void earlyStop_wastesOneRequest() throws Exception {
    respond("a", "evt_1");
    respond("b", "evt_2");
    respond("c", "evt_3");

    assertThat(pages().stream().map(Event::id).limit(1)).containsExactly("evt_1");

    assertThat(cursor()).isNull();
    assertThat(cursor()).isEqualTo("a");
    Thread.sleep(100);
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void failure_isThrownAfterEarlierItems_andPageIsRequestedAgain() throws Exception {
    respond("a", "evt_1", "evt_2");
    api.respond(500, "");
    respond(null, "evt_3");

    Iterator<Event> events = pages().iterator();
    assertThat(events.next().id()).isEqualTo("evt_1");
    cursor();
    cursor(); // the request has failed, or does so soon
    assertThat(events.next().id()).isEqualTo("evt_2");
    assertThatExceptionOfType(ServerException.class).isThrownBy(events::hasNext);
    assertThat(events.next().id()).isEqualTo("evt_3");
    assertThat(events.hasNext()).isFalse();
  }

  @Test
  void invalidLink_isReportedWhereItsPageIsNeeded() {
    api.respond(
        200,
        PageJson.of("event", "https://evil.example/?page%5Bafter%5D=a", null, List.of("evt_1")));

    Iterator<Event> events = pages().iterator();
    assertThat(events.next().id()).isEqualTo("evt_1");
    assertThatExceptionOfType(MalformedResponseException.class).isThrownBy(events::next);
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void repeatedCursor_isReportedAfterItems() {
    respond("a", "evt_1");
    respond("a", "evt_2");

    List<String> seen = new ArrayList<>();
    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> pages().forEach(event -> seen.add(event.id())));
    assertThat(seen).containsExactly("evt_1", "evt_2");
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void endlessEmptyPages_endIteration() {
    for (int i = 0; i < Pages.MAX_EMPTY_PAGES; i++) {
      respond("c" + i);
    }

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> pages().iterator().hasNext());
    assertThat(api.server().getRequestCount()).isEqualTo(Pages.MAX_EMPTY_PAGES);
  }

  @Test
  void interruption_whileWaitingForPage_cancelsItsRequest() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    String first = PageJson.of("event", "/e?page%5Bafter%5D=a", null, List.of("evt_1"));
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  if (request.number() == 1) {
                    RawServer.write(
                        socket,
                        "HTTP/1.1 200 OK\r\nContent-Length: "
                            + first.length()
                            + "\r\n\r\n"
                            + first);
                  } else {
                    second.countDown();
                    while (socket.getInputStream().read() >= 0) {}
                    closed.countDown();
                  }
                });
        PersonaClient client =
            PersonaClient.builder().apiKey("k").baseUrl(server.origin()).build()) {
      AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
      AtomicReference<@Nullable Boolean> interrupted = new AtomicReference<>();
      Iterator<Event> events = client.events().listAll().prefetch().iterator();
      Thread thread =
          new Thread(
              () -> {
                events.next();
                thrown.set(catchThrowable(events::next));
                interrupted.set(Thread.currentThread().isInterrupted());
              });
      thread.start();
      assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      thread.join(10_000);

      assertThat(thrown.get())
          .isInstanceOfSatisfying(
              PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());
      assertThat(interrupted.get()).isTrue();
      assertThat(closed.await(10, TimeUnit.SECONDS)).as("connection closed").isTrue();
    }
  }

  @Test
  void closedClient_endsRequestAhead() {
    respond("a", "evt_1");
    api.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

    PersonaClient client = api.builder().build();
    Iterator<Event> events = client.events().listAll().prefetch().iterator();
    events.next();
    CompletableFuture<Throwable> thrown =
        CompletableFuture.supplyAsync(() -> catchThrowable(events::next));
    client.close();

    assertThat(thrown.orTimeout(10, TimeUnit.SECONDS).join())
        .isInstanceOfAny(PersonaConnectionException.class, IllegalStateException.class);
  }

  @Test
  void failureOfOwnFunction_isThrownUnchanged() {
    respond("a", "evt_1");
    IllegalCallerException mine = new IllegalCallerException("mine");
    Iterator<Event> events =
        Pages.of(
                query -> {
                  if (query.pageAfter() != null) {
                    throw mine;
                  }
                  return api.client().events().list(query).response();
                },
                EventsApi.ListQuery.none())
            .prefetch()
            .iterator();

    events.next();
    assertThat(catchThrowable(events::next)).isSameAs(mine);
  }

  private Pages<Event> pages() {
    return api.client().events().listAll().prefetch();
  }

  private @Nullable String cursor() throws InterruptedException {
    return api.request().getUrl().queryParameter("page[after]");
  }

  private void respond(@Nullable String next, String... ids) {
    String link = next == null ? null : "/api/v1/events?page%5Bafter%5D=" + next;
    api.respond(200, PageJson.of("event", link, null, List.of(ids)));
  }
}
