package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
  private static final String NEW =
      "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_x\",\"reference-id\":\"r-1\"}}}";

  private final SettableClock clock = new SettableClock();
  private final FakePersona persona =
      FakePersona.builder().clock(clock).inquiries(40).events(400).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private TestResponse search(String query) throws IOException {
    return client.post("/inquiries/search", ("{'query':" + query + "}").replace('\'', '"'));
  }

  private static String comparison(String attribute, String operator, String value) {
    return "{'attribute':'"
        + attribute
        + "','operator':'"
        + operator
        + "','value':'"
        + value
        + "'}";
  }

  private static List<String> statuses(TestResponse response) {
    return response.items().stream()
        .map(item -> item.getAsJsonObject("attributes").get("status").getAsString())
        .toList();
  }

  @Test
  void comparison_selectsByAttributeAndByRelationship() throws IOException {
    TestResponse approved = search(comparison("status", "eq", "approved"));
    assertThat(approved.status()).isEqualTo(200);
    assertThat(statuses(approved)).hasSize(10).containsOnly("approved");

    assertThat(search(comparison("reference_id", "eq", "customer-3")).ids()).hasSize(2);
    String template =
        approved
            .items()
            .get(0)
            .getAsJsonObject("relationships")
            .getAsJsonObject("inquiry-template")
            .getAsJsonObject("data")
            .get("id")
            .getAsString();
    assertThat(search(comparison("inquiry_template_id", "eq", template)).items())
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.toString()).contains(template));
  }

  @Test
  void junctions_combineConditions() throws IOException {
    String failed = comparison("status", "eq", "failed");
    String expired = comparison("status", "eq", "expired");
    assertThat(statuses(search("{'or':[" + failed + "," + expired + "]}")))
        .contains("failed", "expired")
        .doesNotContain("approved");
    assertThat(search("{'and':[" + failed + "," + expired + "]}").ids()).isEmpty();
    assertThat(statuses(search("{'not':" + failed + "}"))).doesNotContain("failed");
    assertThat(statuses(search("{'and':[{'not':" + failed + "},{'not':" + expired + "}]}")))
        .isNotEmpty()
        .doesNotContain("failed", "expired");
  }

  @Test
  void times_areCompared() throws IOException {
    List<JsonObject> all = client.get("/inquiries?page%5Bsize%5D=100").items();
    String created = all.get(10).getAsJsonObject("attributes").get("created-at").getAsString();

    assertThat(search(comparison("created_at", "gt", created)).ids()).hasSize(10);
    assertThat(search(comparison("created_at", "eq", created)).ids())
        .containsExactly(all.get(10).get("id").getAsString());
    assertThat(search(comparison("created_at", "lte", created)).ids().get(0))
        .isEqualTo(all.get(10).get("id").getAsString());
    assertThat(search(comparison("created_at", "lt", created)).ids().get(0))
        .isEqualTo(all.get(11).get("id").getAsString());
    assertThat(search(comparison("created_at", "gte", "2024-01-01")).ids()).hasSize(10);
  }

  @Test
  void pages_areWalkedWithTheSameBody() throws IOException {
    String body = "{\"page\":{\"size\":15%s}}";
    TestResponse first = client.post("/inquiries/search", String.format(body, ""));
    String last = first.ids().get(14);
    TestResponse second =
        client.post("/inquiries/search", String.format(body, ",\"after\":\"" + last + "\""));

    assertThat(first.link("next")).contains(last);
    assertThat(first.link("prev")).isNull();
    assertThat(second.ids()).hasSize(15).doesNotContainAnyElementsOf(first.ids());
    assertThat(second.link("prev")).isNotNull();
    assertThat(client.post("/inquiries/search", "{\"page\":{\"size\":101}}").status())
        .isBetween(400, 422);
  }

  @Test
  void sort_ordersByAttributeInBothDirections() throws IOException {
    String body =
        "{\"sort\":{\"attribute\":\"created_at\",\"direction\":\"%s\"},\"page\":{\"size\":40}}";
    List<String> ascending = client.post("/inquiries/search", String.format(body, "asc")).ids();
    List<String> descending = client.post("/inquiries/search", String.format(body, "desc")).ids();

    assertThat(ascending).hasSize(40);
    assertThat(descending).containsExactlyElementsOf(reversed(ascending));
    TestResponse page =
        client.post(
            "/inquiries/search",
            "{\"sort\":{\"attribute\":\"created_at\",\"direction\":\"asc\"},\"page\":{\"size\":5,"
                + "\"after\":\""
                + ascending.get(9)
                + "\"}}");
    assertThat(page.ids()).isEqualTo(ascending.subList(10, 15));
    assertThat(client.post("/inquiries/search", String.format(body, "up")).status()).isEqualTo(422);
  }

  private static List<String> reversed(List<String> ids) {
    List<String> reversed = new ArrayList<>(ids);
    Collections.reverse(reversed);
    return reversed;
  }

  @Test
  void newObject_isFoundAfterAMinute() throws IOException {
    String found = comparison("reference_id", "eq", "r-1");
    client.post("/inquiries", NEW);
    assertThat(search(found).ids()).isEmpty();
    clock.advance(Duration.ofSeconds(59));
    assertThat(search(found).ids()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(search(found).ids()).hasSize(1);
  }

  @Test
  void changedObject_isFoundAsItWasForAMinute() throws IOException {
    String id = client.post("/inquiries", NEW).data().get("id").getAsString();
    clock.advance(Duration.ofMinutes(2));
    client.send(
        client
            .request("/inquiries/" + id)
            .method(
                "PATCH",
                BodyPublishers.ofString("{\"data\":{\"attributes\":{\"note\":\"new\"}}}")));

    String found = comparison("reference_id", "eq", "r-1");
    assertThat(search(found).items().get(0).getAsJsonObject("attributes").get("note").isJsonNull())
        .isTrue();
    clock.advance(Duration.ofMinutes(1));
    assertThat(search(found).items().get(0).getAsJsonObject("attributes").get("note").getAsString())
        .isEqualTo("new");
  }

  @Test
  void lagOfZero_findsAtOnce() throws IOException {
    try (FakePersona other = FakePersona.builder().searchLag(Duration.ZERO).start()) {
      TestClient there = new TestClient(other);
      there.post("/inquiries", NEW);
      assertThat(
              there
                  .post(
                      "/inquiries/search",
                      "{\"query\":{\"attribute\":\"reference_id\",\"operator\":\"eq\",\"value\":\"r-1\"}}")
                  .ids())
          .hasSize(1);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FakePersona.builder().searchLag(Duration.ofSeconds(-1)));
  }

  @Test
  void fields_areSearchedByTheirKeys() throws IOException {
    try (FakePersona other = FakePersona.builder().searchLag(Duration.ZERO).start()) {
      TestClient there = new TestClient(other);
      there.post(
          "/accounts",
          "{\"data\":{\"attributes\":{\"reference-id\":\"a\",\"fields\":{\"loyalty-level\":7}}}}");
      String body =
          "{\"query\":{\"attribute\":\"fields.loyalty_level\",\"operator\":\"%s\",\"value\":%s}}";
      assertThat(there.post("/accounts/search", String.format(body, "gte", 7)).ids()).hasSize(1);
      assertThat(there.post("/accounts/search", String.format(body, "gt", 7)).ids()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400|{'and':[]}",
        "400|{'xor':[]}",
        "400|{'and':[1]}",
        "400|{'attribute':'status','operator':'eq'}",
        "400|{'attribute':'status','operator':'eq','value':[1]}",
        "422|{'attribute':'tags','operator':'eq','value':'a'}",
        "422|{'attribute':'status','operator':'gt','value':'a'}",
        "422|{'attribute':'created_at','operator':'ne','value':'a'}",
        "422|{'attribute':'created_at','operator':'like','value':'2024-01-01'}",
        "422|{'attribute':'created_at','operator':'gt','value':'soon'}",
        "400|{'not':{'not':{'not':{'attribute':'status','operator':'eq','value':'a'}}}}"
      })
  void invalidQuery_isRejected(int status, String query) throws IOException {
    assertThat(search(query).status()).isEqualTo(status);
  }

  @Test
  void twentyClauses_areAcceptedAndMoreAreNot() throws IOException {
    String clause = comparison("status", "eq", "failed");
    String twenty = String.join(",", Collections.nCopies(20, clause));
    assertThat(search("{'or':[" + twenty + "]}").status()).isEqualTo(200);
    assertThat(search("{'or':[" + twenty + "," + clause + "]}").status()).isEqualTo(400);
  }
}
