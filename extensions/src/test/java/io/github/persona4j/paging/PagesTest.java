package io.github.persona4j.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.MockApi;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Iteration over lists of a scripted API. */
class PagesTest {
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  // ---- iteration ----

  @Test
  void items_ofAllPages_areInOrder() {
    serve(numbers(1, 7), 3);

    assertThat(ids(pages())).containsExactly(names(1, 7));
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void items_areRequestedLazily() {
    serve(numbers(1, 7), 3);

    Iterator<Event> events = pages().iterator();
    assertThat(api.server().getRequestCount()).isZero();
    for (int i = 0; i < 3; i++) {
      events.next();
    }
    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(events.hasNext()).isTrue();
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void items_iteratedTwice_areRequestedTwice() {
    serve(numbers(1, 2), 5);
    Pages<Event> items = pages();

    assertThat(ids(items)).isEqualTo(ids(items)).hasSize(2);
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void iterator_atEnd_throwsNoSuchElement() {
    serve(numbers(1, 1), 5);
    Iterator<Event> events = pages().iterator();
    events.next();

    assertThat(events.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(events::next);
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void limitedStream_requestsOnlyNeededPages() {
    serve(numbers(1, 100), 3);

    assertThat(pages().stream().map(Event::id).limit(3)).containsExactly(names(1, 3));
    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(pages().stream().map(Event::id).skip(4).findFirst()).contains("evt_5");
  }

  @Test
  void pages_areIterable() {
    serve(numbers(1, 7), 3);

    List<Integer> sizes = new ArrayList<>();
    for (Page<Event> page : pages().pages()) {
      sizes.add(page.items().size());
    }

    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void tenThousandItems_areIteratedOnce() {
    serve(numbers(1, 10_000), 100);

    assertThat(pages().stream().map(Event::id).distinct()).hasSize(10_000);
    assertThat(api.server().getRequestCount()).isEqualTo(100);
  }

  @Test
  void emptyList_isOnePageWithoutItems() {
    serve(List.of(), 3);

    assertThat(pages()).isEmpty();
    Page<Event> page = pages().first();
    assertThat(page.hasNext()).isFalse();
    assertThat(page.hasPrevious()).isFalse();
    assertThat(page.nextCursor()).isNull();
    assertThat(page).hasToString("Page{items=0, hasNext=false, hasPrevious=false}");
  }

  @Test
  void emptyPage_withNextLink_isSkipped() {
    api.respond(200, page("/api/v1/events?page%5Bafter%5D=a", "evt_1"));
    api.respond(200, page("/api/v1/events?page%5Bafter%5D=b"));
    api.respond(200, page("/api/v1/events?page%5Bafter%5D=c"));
    api.respond(200, page(null, "evt_2"));

    assertThat(ids(pages())).containsExactly("evt_1", "evt_2");
  }

  @Test
  void failureOnLaterPage_isThrownAfterEarlierItems() {
    api.respond(200, page("/api/v1/events?page%5Bafter%5D=a", "evt_1"));
    api.respond(500, "");

    Iterator<Event> events = pages().iterator();
    assertThat(events.next().id()).isEqualTo("evt_1");
    assertThatExceptionOfType(ServerException.class).isThrownBy(events::hasNext);
  }

  @Test
  void failedPageRequest_canBeRetried() {
    api.respond(200, page("/api/v1/events?page%5Bafter%5D=a", "evt_1"));
    api.respond(500, "");
    api.respond(200, page(null, "evt_2"));

    Iterator<Event> events = pages().iterator();
    events.next();
    assertThatExceptionOfType(ServerException.class).isThrownBy(events::next);
    assertThat(events.next().id()).isEqualTo("evt_2");
    assertThat(events.hasNext()).isFalse();
  }

  // ---- the query ----

  @Test
  void filtersAndPageSize_areSentWithEveryPage() throws Exception {
    api.respond(200, page("/api/v1/events?page%5Bafter%5D=a&page%5Bsize%5D=10", "evt_1"));
    api.respond(200, page("/other?filter%5Bname%5D=evil&page%5Bafter%5D=b", "evt_2"));
    api.respond(200, page(null, "evt_3"));
    EventsApi.ListQuery query =
        EventsApi.ListQuery.builder().pageSize(2).filterName(EventName.INQUIRY_APPROVED).build();

    assertThat(api.client().events().listAll(query)).hasSize(3);

    for (String cursor : new String[] {null, "a", "b"}) {
      HttpUrl url = api.request().getUrl();
      assertThat(url.encodedPath()).isEqualTo("/api/v1/events");
      assertThat(url.queryParameter("page[after]")).isEqualTo(cursor);
      assertThat(url.queryParameter("page[size]")).isEqualTo("2");
      assertThat(url.queryParameter("filter[name]")).isEqualTo("inquiry.approved");
      assertThat(url.querySize()).isEqualTo(cursor == null ? 2 : 3);
    }
    assertThat(query.pageAfter()).isNull();
  }

  @Test
  void cursorInQuery_isStartOfIteration() {
    serve(numbers(1, 7), 3);
    EventsApi.ListQuery query = EventsApi.ListQuery.builder().pageAfter("evt_4").build();

    Pages<Event> pages = api.client().events().listAll(query);

    assertThat(ids(pages)).containsExactly("evt_5", "evt_6", "evt_7");
    assertThat(pages.first().cursor()).isEqualTo("evt_4");
  }

  @Test
  void storedNextCursor_continuesIteration() {
    serve(numbers(1, 7), 3);
    String stored = pages().first().nextCursor();
    assertThat(stored).isEqualTo("evt_3");

    EventsApi.ListQuery query = EventsApi.ListQuery.builder().pageAfter(stored).build();

    assertThat(ids(api.client().events().listAll(query))).containsExactly(names(4, 7));
  }

  @Test
  void bothCursors_throwIllegalArgument() {
    EventsApi.ListQuery query =
        EventsApi.ListQuery.builder().pageAfter("a").pageBefore("b").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> api.client().events().listAll(query))
        .withMessageContaining("both page[after] and page[before]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 99, 100})
  void pageSize_from1To100_isAccepted(int size) {
    assertThat(EventsApi.ListQuery.builder().pageSize(size).build().pageSize()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101, Integer.MAX_VALUE})
  void pageSize_outOfRange_throwsIllegalArgument(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventsApi.ListQuery.builder().pageSize(size))
        .withMessageContaining("pageSize must be 1 to 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventsApi.ListQuery.none().withPageSize(size));
  }

  @Test
  void operation_asLambda_isAccepted() {
    serve(numbers(1, 2), 3);

    Pages<Event> pages =
        Pages.of(
            query ->
                api.client()
                    .events()
                    .list(query, io.github.persona4j.request.RequestOptions.none())
                    .response(),
            EventsApi.ListQuery.none());

    assertThat(pages).hasSize(2);
  }

  // ---- the limit ----

  @ParameterizedTest
  @CsvSource({"0,0,0", "1,1,1", "3,3,1", "4,4,2", "7,7,3", "8,7,3", "9223372036854775807,7,3"})
  void limit_reducesItemsAndRequests(long limit, int items, int requests) {
    serve(numbers(1, 7), 3);

    assertThat(pages().limit(limit)).hasSize(items);
    assertThat(api.server().getRequestCount()).isEqualTo(requests);
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "1,1,1", "3,3,1", "4,4,2", "7,7,3", "8,7,3", "9223372036854775807,7,3"})
  void limitOfAPublisher_reducesItemsAndRequests(long limit, int items, int requests) {
    serve(numbers(1, 7), 3);
    List<String> ids = new CopyOnWriteArrayList<>();

    pages().limit(limit).async().forEach(event -> ids.add(event.id())).join();

    assertThat(ids).containsExactly(names(1, items));
    assertThat(api.server().getRequestCount()).isEqualTo(requests);
  }

  @Test
  void limitOfAPublisher_endsItsPagesWithTheLastItem() {
    serve(numbers(1, 7), 3);
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    ForEach<AsyncPage<Event>> each = new ForEach<>(page -> sizes.add(page.items().size()));

    pages().limit(4).async().pages().subscribe(each);
    each.done().join();

    assertThat(sizes).containsExactly(3, 3);
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void limit_doesNotChangePageSize() throws Exception {
    serve(numbers(1, 7), 3);

    pages().limit(1).forEach(event -> {});

    HttpUrl url = api.request().getUrl();
    assertThat(url.queryParameter("page[size]")).isEqualTo("100");
    assertThat(url.querySize()).isOne();
  }

  @Test
  void nestedLimits_useSmallest() {
    serve(numbers(1, 7), 3);

    assertThat(pages().limit(2).limit(5)).hasSize(2);
    assertThat(pages().limit(5).limit(2).stream()).hasSize(2);
  }

  @Test
  void negativeLimit_throwsIllegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pages().limit(-1))
        .withMessage("limit must be zero or more, but is -1");
  }

  // ---- adjacent pages ----

  @Test
  void page_knowsAdjacentPagesWithoutRequest() {
    serve(numbers(1, 7), 3);

    Page<Event> first = pages().first();
    Page<Event> second = first.next();
    int requests = api.server().getRequestCount();

    assertThat(first.hasPrevious()).isFalse();
    assertThat(first.hasNext()).isTrue();
    assertThat(first.cursor()).isNull();
    assertThat(second.hasPrevious()).isTrue();
    assertThat(second.cursor()).isEqualTo("evt_3");
    assertThat(second.nextCursor()).isEqualTo("evt_6");
    assertThat(second.previousCursor()).isEqualTo("evt_4");
    assertThat(api.server().getRequestCount()).isEqualTo(requests).isEqualTo(2);
  }

  @Test
  void previous_ofNext_isSamePage() {
    serve(numbers(1, 7), 3);
    Page<Event> first = pages().first();

    assertThat(first.next().previous().items()).isEqualTo(first.items());
    assertThat(first.next().next().previous().next().previous().previous().items())
        .isEqualTo(first.items());
  }

  @Test
  void next_calledTwice_isNotACycle() {
    serve(numbers(1, 7), 3);
    Page<Event> first = pages().first();

    assertThat(first.next().items()).isEqualTo(first.next().items());
    assertThat(first.next().next().items()).hasSize(1);
  }

  @Test
  void missingAdjacentPage_throwsWithoutRequest() {
    serve(numbers(1, 2), 3);
    Page<Event> only = pages().first();

    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(only::next);
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(only::previous);
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void queryWithPageBefore_iteratesBackwards() {
    serve(numbers(1, 7), 3);
    EventsApi.ListQuery query = EventsApi.ListQuery.builder().pageBefore("evt_6").build();

    Pages<Event> pages = api.client().events().listAll(query);

    assertThat(pages.first().items()).extracting(Event::id).containsExactly(names(3, 5));
    assertThat(pages.first().cursor()).isEqualTo("evt_6");
    assertThat(ids(pages)).containsExactly("evt_5", "evt_4", "evt_3", "evt_2", "evt_1");
    assertThat(pages.pages()).hasSize(2);
    assertThat(ids(pages.limit(2))).containsExactly("evt_5", "evt_4");
  }

  // ---- invalid links and cycles ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/api/v1/events?page%5Bafter%5D=a",
        "HTTP://evil.example?page%5Bafter%5D=a",
        "//evil.example/api/v1/events?page%5Bafter%5D=a",
        "\\\\\\\\evil.example/events?page%5Bafter%5D=a",
        "/\\\\evil.example/events?page%5Bafter%5D=a",
        " https://evil.example/?page%5Bafter%5D=a",
        "javascript:alert(1)?page%5Bafter%5D=a",
      })
  void linkWithHost_isMalformed(String link) {
    api.respond(200, page(link, "evt_1"));
    Page<Event> first = pages().first();

    assertThat(first.hasNext()).isTrue();
    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(first::next)
        .withMessage(
            "links.next names a host; links between pages are relative to the API's own host");
    assertThatExceptionOfType(MalformedResponseException.class).isThrownBy(first::nextCursor);
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/api/v1/events",
        "/api/v1/events?",
        "/api/v1/events?page%5Bafter%5D=",
        "/api/v1/events?page%5Bafter%5D",
        "/api/v1/events?page%5Bbefore%5D=a",
        "/api/v1/events?after=a",
        "/api/v1/events#?page%5Bafter%5D=a",
      })
  void linkWithoutCursor_isMalformed(String link) {
    api.respond(200, page(link, "evt_1"));

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> pages().forEach(event -> {}))
        .withMessage("links.next has no page[after]")
        .satisfies(e -> assertThat(e.status()).isNull());
  }

  @Test
  void invalidPercentEncoding_isMalformedAndNotShown() {
    api.respond(200, page("/events?filter%5Bx%5D=SECRET&page%5Bafter%5D=%zz", "evt_1"));

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> pages().first().next())
        .withMessage("links.next is not percent-encoded properly");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/events?page%5Bafter%5D=evt_x, evt_x",
    "/api/v1/events?page[after]=evt_x, evt_x",
    "/api/v1/events?filter%5Bname%5D=a%26page%5Bafter%5D%3Dno&page%5Bafter%5D=yes&z=1, yes",
    "?page%5bafter%5d=a%2Bb%2Fc%3D%3D, a+b/c==",
    "/events?page%5Bafter%5D=a%20b+c, a b c",
    "/events?page%5Bafter%5D=%C3%A9%26%3D%25, é&=%",
    "/events?page%5Bafter%5D=a=b, a=b",
    "/events?page%5Bafter%5D=https://x, https://x",
    "events?page%5Bafter%5D=evt_x#frag, evt_x",
  })
  void cursor_isDecodedAndSentBackUnchanged(String link, String cursor) throws Exception {
    api.respond(200, page(link, "evt_1")).respond(200, page(null, "evt_2"));

    Page<Event> first = pages().first();

    assertThat(first.nextCursor()).isEqualTo(cursor);
    first.next();
    api.request();
    assertThat(api.request().getUrl().queryParameter("page[after]")).isEqualTo(cursor);
  }

  @Test
  void repeatedCursor_isMalformedAfterItems() {
    api.respond(200, page("/api/v1/events?page%5Bafter%5D=a", "evt_1"));
    api.respond(200, page("/api/v1/events?page%5Bafter%5D=a", "evt_2"));

    List<String> seen = new ArrayList<>();
    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> pages().forEach(event -> seen.add(event.id())))
        .withMessage(
            "links.next has the cursor of an earlier page (the one just read);"
                + " iteration would never end");
    assertThat(seen).containsExactly("evt_1", "evt_2");
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void repeatedFirstCursor_isDetectedImmediately() {
    api.respond(200, page("/api/v1/events?page%5Bafter%5D=start", "evt_1"));
    EventsApi.ListQuery query = EventsApi.ListQuery.builder().pageAfter("start").build();

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> api.client().events().listAll(query).first().next());
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void longCycle_isDetectedBeforeSecondRound() {
    int cycle = 1_500;
    Map<String, Integer> requested = new ConcurrentHashMap<>();
    dispatch(
        url -> {
          String cursor = String.valueOf(url.queryParameter("page[after]"));
          int number =
              requested.merge(cursor, 1, Integer::sum) > 0 && cursor.startsWith("c")
                  ? Integer.parseInt(cursor.substring(1))
                  : 0;
          // Not empty, since many empty pages end the iteration anyway.
          return page("/api/v1/events?page%5Bafter%5D=c" + (number % cycle + 1), cursor);
        });

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> pages().forEach(event -> {}))
        .withMessageContaining("(1500 pages back)");
    assertThat(requested).hasSize(cycle + 1).allSatisfy((c, times) -> assertThat(times).isOne());
  }

  // ---- functions that fail ----

  @Test
  void exceptionOfFunction_isThrownUnchanged_andIterationCanContinue() {
    serve(numbers(1, 5), 2);
    AtomicInteger calls = new AtomicInteger();
    StackOverflowError error = new StackOverflowError("mine");
    Pages<Event> pages =
        Pages.of(
            query -> {
              if (calls.incrementAndGet() == 2) {
                throw error;
              }
              return api.client().events().list(query).response();
            },
            EventsApi.ListQuery.none());

    Iterator<Event> events = pages.iterator();
    assertThat(events.next().id()).isEqualTo("evt_1");
    assertThat(events.next().id()).isEqualTo("evt_2");
    assertThatThrownBy(events::hasNext).isSameAs(error);
    List<String> rest = new ArrayList<>();
    events.forEachRemaining(event -> rest.add(event.id()));

    assertThat(rest).containsExactly("evt_3", "evt_4", "evt_5");
  }

  // ---- empty pages ----

  private static final String TOO_MANY =
      " leads to another page after 1000 consecutive empty pages; iteration may never end";

  /** Endless pages, each with a link to another; those with these numbers have an item. */
  private void serveEndless(String parameter, Set<Integer> withItems) {
    dispatch(
        url -> {
          String cursor = url.queryParameter(parameter);
          int number = cursor == null ? 0 : Integer.parseInt(cursor);
          String link = "/api/v1/events?" + parameter.replace("[", "%5B").replace("]", "%5D") + "=";
          String next = link + (number + 1);
          return parameter.equals("page[after]")
              ? page(
                  next, withItems.contains(number) ? new String[] {"evt_" + number} : names(1, 0))
              : page(null, next, withItems.contains(number) ? List.of("evt_" + number) : List.of());
        });
  }

  @Test
  void endlessEmptyPages_endIterationOfItems() {
    serveEndless("page[after]", Set.of());

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> pages().iterator().hasNext())
        .withMessage("links.next" + TOO_MANY);
    assertThat(api.server().getRequestCount()).isEqualTo(Pages.MAX_EMPTY_PAGES).isEqualTo(1000);
  }

  @Test
  void endlessEmptyPages_endStream() {
    serveEndless("page[after]", Set.of(2));

    List<String> seen = new ArrayList<>();
    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> pages().stream().forEach(event -> seen.add(event.id())))
        .withMessage("links.next" + TOO_MANY);
    assertThat(seen).containsExactly("evt_2");
    // Two empty pages, one with an item, and one thousand empty pages.
    assertThat(api.server().getRequestCount()).isEqualTo(3 + 1000);
  }

  @Test
  void endlessEmptyPages_endIterationOfPages_whichCanContinueFromLastCursor() {
    serveEndless("page[after]", Set.of(1001));

    List<Page<Event>> seen = new ArrayList<>();
    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> pages().pages().forEach(seen::add))
        .withMessage("links.next" + TOO_MANY);
    assertThat(seen).hasSize(1000);

    Page<Event> last = seen.get(999);
    assertThat(last.hasNext()).isTrue();
    assertThatExceptionOfType(MalformedResponseException.class).isThrownBy(last::next);
    EventsApi.ListQuery query =
        EventsApi.ListQuery.builder().pageAfter(String.valueOf(last.nextCursor())).build();
    assertThat(api.client().events().listAll(query).iterator().next().id()).isEqualTo("evt_1001");
  }

  @Test
  void endlessEmptyPages_backwards_endIteration() {
    serveEndless("page[before]", Set.of());
    EventsApi.ListQuery query = EventsApi.ListQuery.builder().pageBefore("1").build();

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> api.client().events().listAll(query).stream().findFirst())
        .withMessage("links.prev" + TOO_MANY);
    assertThat(api.server().getRequestCount()).isEqualTo(1000);
  }

  @Test
  void fewEmptyPages_areSkipped() {
    serveEndless("page[after]", Set.of(0, 1000, 2000));

    assertThat(pages().stream().map(Event::id).limit(3))
        .containsExactly("evt_0", "evt_1000", "evt_2000");
  }

  @Test
  void thousandEmptyPages_withoutFurtherLink_areAccepted() {
    dispatch(
        url -> {
          String cursor = url.queryParameter("page[after]");
          int number = cursor == null ? 1 : Integer.parseInt(cursor);
          return page(number == 1000 ? null : "/api/v1/events?page%5Bafter%5D=" + (number + 1));
        });

    assertThat(pages()).isEmpty();
    assertThat(api.server().getRequestCount()).isEqualTo(1000);
  }

  @Test
  void cycleBackwards_isDetected() {
    String page = "{\"data\":[],\"links\":{\"next\":null,\"prev\":\"/e?page%5Bbefore%5D=a\"}}";
    api.respond(200, page).respond(200, page).respond(200, page);
    EventsApi.ListQuery query = EventsApi.ListQuery.builder().pageBefore("z").build();

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> api.client().events().listAll(query).iterator().next())
        .withMessageStartingWith("links.prev has the cursor");
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  // ---- the scripted list ----

  private Pages<Event> pages() {
    return api.client().events().listAll();
  }

  /**
   * A list with cursors like those of the API, whose pages have at most as many items as the query
   * and the server allow.
   */
  private void serve(List<String> ids, int maxSize) {
    dispatch(
        url -> {
          String sizeParameter = url.queryParameter("page[size]");
          int size =
              Math.min(maxSize, sizeParameter == null ? 10 : Integer.parseInt(sizeParameter));
          String after = url.queryParameter("page[after]");
          String before = url.queryParameter("page[before]");
          int from = after == null ? 0 : ids.indexOf(after) + 1;
          int to = Math.min(ids.size(), from + size);
          if (before != null) {
            to = ids.indexOf(before);
            from = Math.max(0, to - size);
          }
          List<String> items = ids.subList(from, to);
          String next =
              to < ids.size() ? "/api/v1/events?page%5Bafter%5D=" + ids.get(to - 1) : null;
          String previous = from > 0 ? "/api/v1/events?page%5Bbefore%5D=" + ids.get(from) : null;
          return page(next, previous, items);
        });
  }

  private void dispatch(java.util.function.Function<HttpUrl, String> response) {
    api.server()
        .setDispatcher(
            new Dispatcher() {
              @Override
              public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder().body(response.apply(request.getUrl())).build();
              }
            });
  }

  private static String page(@Nullable String next, String... ids) {
    return page(next, null, List.of(ids));
  }

  private static String page(@Nullable String next, @Nullable String previous, List<String> ids) {
    return PageJson.of("event", next, previous, ids);
  }

  private static List<String> ids(Iterable<Event> events) {
    List<String> ids = new ArrayList<>();
    events.forEach(event -> ids.add(event.id()));
    return ids;
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "evt_" + i).toList();
  }

  private static String[] names(int from, int to) {
    return numbers(from, to).toArray(String[]::new);
  }
}
