package io.github.persona4j.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.MockApi;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.model.SearchRequest;
import io.github.persona4j.model.UserAuditLog;
import io.github.persona4j.model.UserAuditLogPage;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page that a list returns. */
class PageTest {
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
  void list_sendsTheQueryAsItIs() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);

    assertThat(api.client().events().list().items()).isEmpty();
    assertThat(api.request().getUrl().querySize()).isZero();

    EventsApi.ListQuery query =
        EventsApi.ListQuery.builder()
            .pageAfter("evt_0")
            .pageSize(1)
            .filterName(EventName.of("a"))
            .build();
    Page<Event> page = api.client().events().list(query);
    assertThat(page.cursor()).isEqualTo("evt_0");
    assertThat(api.request().getUrl().query())
        .isEqualTo("page[after]=evt_0&page[size]=1&filter[name]=a");
  }

  @Test
  void nextAndPrevious_keepFiltersSizeAndOptions() throws Exception {
    respond("a", null, "evt_1");
    respond("c", "b", "evt_2");
    respond("a", null, "evt_1");
    EventsApi.ListQuery query =
        EventsApi.ListQuery.builder().pageSize(1).filterName(EventName.INQUIRY_APPROVED).build();
    RequestOptions options = RequestOptions.builder().header("X-Trace", "7").build();

    Page<Event> first = api.client().events().list(query, options);
    Page<Event> second = first.next();
    Page<Event> again = second.previous();

    assertThat(second.items()).extracting(Event::id).containsExactly("evt_2");
    assertThat(again.items()).isEqualTo(first.items());
    @Nullable String[] cursors = {null, "page[after]=a", "page[before]=b"};
    for (@Nullable String cursor : cursors) {
      var request = api.request();
      assertThat(request.getHeaders().get("X-Trace")).isEqualTo("7");
      assertThat(request.getUrl().query())
          .isEqualTo(
              "page[size]=1&filter[name]=inquiry.approved" + (cursor == null ? "" : "&" + cursor));
    }
  }

  @Test
  void neighbors_areKnownWithoutRequest() {
    respond("a", "b", "evt_1");
    Page<Event> page = api.client().events().list();

    assertThat(page.hasNext()).isTrue();
    assertThat(page.hasPrevious()).isTrue();
    assertThat(page.nextCursor()).isEqualTo("a");
    assertThat(page.previousCursor()).isEqualTo("b");
    assertThat(page).hasToString("Page{items=1, hasNext=true, hasPrevious=true}");
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void lastPage_hasNoNext() {
    respond(null, null);
    Page<Event> page = api.client().events().list();

    assertThat(page.nextCursor()).isNull();
    assertThat(page.previousCursor()).isNull();
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(page::next)
        .withMessage("links.next is null: the list ends here");
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(page::previous);
  }

  @Test
  void failedNext_canBeCalledAgain() {
    respond("a", null, "evt_1");
    api.respond(500, "");
    respond(null, null, "evt_2");
    Page<Event> page = api.client().events().list();

    assertThatExceptionOfType(ServerException.class).isThrownBy(page::next);
    assertThat(page.next().items()).extracting(Event::id).containsExactly("evt_2");
  }

  @Test
  void response_isKeptWhole() {
    api.respond(
        200,
        "{\"data\":[],\"links\":{\"next\":null,\"prev\":null,\"self\":\"/x\"},"
            + "\"meta\":{\"total\":7},\"more\":[1]}");

    Page<Event> page = api.client().events().list();

    assertThat(page.response()).isInstanceOf(EventPage.class);
    assertThat(page.response().property("meta")).isEqualTo(JsonValue.ofJson("{\"total\":7}"));
    assertThat(page.response().additionalProperties()).containsKeys("meta", "more");
    assertThat(page.response().toJson()).contains("\"self\":\"/x\"");
    assertThat(page.items()).isEqualTo(page.response().items());
  }

  @Test
  void includedResources_areKept() {
    api.respond(
        200,
        "{\"data\":[{\"type\":\"user-audit-log\",\"id\":\"ual_1\",\"attributes\":{}}],"
            + "\"included\":[{\"type\":\"user\",\"id\":\"usr_1\",\"attributes\":{}}],"
            + "\"links\":{\"next\":null,\"prev\":null}}");

    Page<UserAuditLog> page = api.client().userAuditLogs().list();

    UserAuditLogPage response = (UserAuditLogPage) page.response();
    assertThat(Objects.requireNonNull(response.included()))
        .singleElement()
        .satisfies(user -> assertThat(user.id()).isEqualTo("usr_1"));
  }

  @Test
  void search_returnsPageWithNeighbors() throws Exception {
    api.respond(200, PageJson.of("account", "/s?page%5Bafter%5D=a", null, List.of("act_1")));
    api.respond(200, PageJson.of("account", null, null, List.of("act_2")));
    SearchRequest request = SearchRequest.fromJson("{\"page\":{\"size\":1}}");

    assertThat(api.client().accounts().search(request).next().items()).hasSize(1);

    HttpUrl url = api.request().getUrl();
    assertThat(url.encodedPath()).isEqualTo("/api/v1/accounts/search");
    assertThat(Objects.requireNonNull(api.request().getBody()).utf8())
        .isEqualTo("{\"page\":{\"after\":\"a\",\"size\":1}}");
  }

  @Test
  void ownFunction_returnsPageWithNeighbors() {
    respond("a", null, "evt_1");
    respond(null, null, "evt_2");
    EventsApi events = api.client().api(EventsApi.class);

    Page<Event> page =
        Page.of(
            query -> api.client().send(events.list(query, RequestOptions.none())).body(),
            EventsApi.ListQuery.builder().pageSize(1).build());

    assertThat(page.next().items()).extracting(Event::id).containsExactly("evt_2");
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
}
