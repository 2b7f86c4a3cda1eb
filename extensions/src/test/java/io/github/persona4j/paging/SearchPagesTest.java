package io.github.persona4j.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.MockApi;
import io.github.persona4j.api.AccountsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.SearchPage;
import io.github.persona4j.model.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Iteration over searches of a scripted API; {@link PagesTest} tests what lists and searches share.
 */
class SearchPagesTest {
  private static final String QUERY =
      "{\"attribute\":\"reference_id\",\"operator\":\"eq\",\"value\":\"customer-1042\"}";
  private static final String SORT = "{\"attribute\":\"created_at\",\"direction\":\"desc\"}";

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
  void eachPage_sendsSameSearchWithNextCursor() throws Exception {
    respond("a", null, "act_1");
    respond("b", "x", "act_2");
    respond(null, "y", "act_3");

    assertThat(ids(search("{\"size\":1}"))).containsExactly("act_1", "act_2", "act_3");

    List<String> keys = new ArrayList<>();
    for (String page :
        List.of("{\"size\":1}", "{\"after\":\"a\",\"size\":1}", "{\"after\":\"b\",\"size\":1}")) {
      RecordedRequest request = api.request();
      assertThat(request.getMethod()).isEqualTo("POST");
      assertThat(request.getUrl().encodedPath()).isEqualTo("/api/v1/accounts/search");
      assertThat(request.getUrl().querySize()).isZero();
      assertThat(body(request)).isEqualTo(request(page));
      keys.add(request.getHeaders().get("Idempotency-Key"));
    }
    assertThat(keys).doesNotContainNull().doesNotHaveDuplicates();
  }

  @Test
  void requestWithoutPage_getsPageWithSizeAndCursorOnly() throws Exception {
    respond("a", null, "act_1");
    respond(null, null, "act_2");

    Pages<Account> pages = api.client().accounts().searchAll(SearchRequest.fromJson("{}"));

    assertThat(pages).hasSize(2);
    assertThat(body(api.request())).isEqualTo(SearchRequest.fromJson("{\"page\":{\"size\":100}}"));
    assertThat(body(api.request()))
        .isEqualTo(SearchRequest.fromJson("{\"page\":{\"after\":\"a\",\"size\":100}}"));
  }

  @Test
  void additionalProperties_areSentWithEveryPage() throws Exception {
    respond("a", null);
    respond(null, null);
    SearchRequest request =
        SearchRequest.builder()
            .page(SearchPage.builder().additionalProperty("mode", JsonValue.of("new")).build())
            .additionalProperty("scope", JsonValue.of("all"))
            .build();

    assertThat(api.client().accounts().searchAll(request)).isEmpty();

    api.request();
    assertThat(body(api.request()))
        .isEqualTo(
            SearchRequest.fromJson(
                "{\"page\":{\"after\":\"a\",\"size\":100,\"mode\":\"new\"},\"scope\":\"all\"}"));
  }

  @Test
  void cursorInRequest_isStartOfIteration() throws Exception {
    respond("b", "x", "act_2");
    respond(null, "y", "act_3");

    Pages<Account> pages = search("{\"after\":\"a\"}");

    assertThat(ids(pages)).containsExactly("act_2", "act_3");
    assertThat(body(api.request())).isEqualTo(request("{\"after\":\"a\",\"size\":100}"));
    assertThat(body(api.request())).isEqualTo(request("{\"after\":\"b\",\"size\":100}"));
  }

  @Test
  void requestWithPageBefore_iteratesBackwards() throws Exception {
    respond("n", "b", "act_3", "act_4");
    respond("n", null, "act_1", "act_2");

    Pages<Account> pages = search("{\"before\":\"c\"}");

    assertThat(ids(pages)).containsExactly("act_4", "act_3", "act_2", "act_1");
    assertThat(body(api.request())).isEqualTo(request("{\"before\":\"c\",\"size\":100}"));
    assertThat(body(api.request())).isEqualTo(request("{\"before\":\"b\",\"size\":100}"));
  }

  @Test
  void previousOfPageAfter_hasOneCursorOnly() throws Exception {
    respond("b", "x", "act_2");
    respond("a", null, "act_1");

    Page<Account> previous = search("{\"after\":\"a\"}").first().previous();

    assertThat(previous.items()).extracting(Account::id).containsExactly("act_1");
    api.request();
    assertThat(body(api.request())).isEqualTo(request("{\"before\":\"x\",\"size\":100}"));
  }

  @Test
  void bothCursors_throwIllegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search("{\"after\":\"a\",\"before\":\"b\"}"))
        .withMessageContaining("both page[after] and page[before]");
  }

  @Test
  void emptyPage_withNextLink_isSkipped() {
    respond("a", null);
    respond("b", null, "act_1");
    respond(null, null);

    assertThat(ids(search("{}"))).containsExactly("act_1");
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void endlessEmptyPages_endIteration() {
    for (int i = 0; i < Pages.MAX_EMPTY_PAGES; i++) {
      respond("c" + i, null);
    }

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> search("{}").stream().findFirst())
        .withMessage(
            "links.next leads to another page after 1000 consecutive empty pages; iteration may"
                + " never end");
    assertThat(api.server().getRequestCount()).isEqualTo(1000);
  }

  @Test
  void cycle_isDetectedAfterItems() {
    respond("a", null, "act_1");
    respond("a", null, "act_2");

    List<String> seen = new ArrayList<>();
    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> search("{}").forEach(account -> seen.add(account.id())))
        .withMessageStartingWith("links.next has the cursor of an earlier page");
    assertThat(seen).containsExactly("act_1", "act_2");
  }

  @Test
  void linkWithHost_isMalformed() {
    api.respond(
        200,
        PageJson.of("account", "https://evil.example/?page%5Bafter%5D=a", null, List.of("act_1")));

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> search("{}").first().next())
        .withMessageStartingWith("links.next names a host");
    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void searchWithMoreArguments_sendsThemWithEveryPage() throws Exception {
    respond("a", null);
    respond(null, null);
    AccountsApi.SearchQuery query =
        AccountsApi.SearchQuery.builder().fields("account", "reference-id").build();

    Pages<Account> pages = api.client().accounts().searchAll(request("{}"), query);

    assertThat(pages.pages()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(api.request().getUrl().queryParameter("fields[account]"))
          .isEqualTo("reference-id");
    }
  }

  private Pages<Account> search(String page) {
    return api.client().accounts().searchAll(request(page));
  }

  private static SearchRequest request(String page) {
    return SearchRequest.fromJson(
        "{\"query\":" + QUERY + ",\"sort\":" + SORT + ",\"page\":" + page + "}");
  }

  private static SearchRequest body(RecordedRequest request) {
    return SearchRequest.fromJson(Objects.requireNonNull(request.getBody()).utf8());
  }

  private void respond(@Nullable String next, @Nullable String previous, String... ids) {
    api.respond(
        200,
        PageJson.of(
            "account",
            next == null ? null : "/api/v1/accounts/search?page%5Bafter%5D=" + next,
            previous == null ? null : "/api/v1/accounts/search?page%5Bbefore%5D=" + previous,
            List.of(ids)));
  }

  private static List<String> ids(Iterable<Account> accounts) {
    List<String> ids = new ArrayList<>();
    accounts.forEach(account -> ids.add(account.id()));
    return ids;
  }
}
