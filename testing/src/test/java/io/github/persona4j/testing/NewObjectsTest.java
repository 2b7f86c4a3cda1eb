package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests create and change: nothing but what they contain and what the API computes. */
class NewObjectsTest {
  private final FakePersona persona =
      FakePersona.builder().events(0).inquiries(0).clock(new SettableClock()).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private TestResponse post(String path, String attributes) throws IOException {
    return client.post(path, "{\"data\":{\"attributes\":{" + attributes + "}}}");
  }

  private String create(String path, String attributes) throws IOException {
    TestResponse response = post(path, attributes);
    assertThat(response.status()).as(response.body()).isEqualTo(201);
    return response.data().get("id").getAsString();
  }

  private TestResponse patch(String path, String body) throws IOException {
    return client.send(client.request(path).method("PATCH", BodyPublishers.ofString(body)));
  }

  private List<String> events(String name) throws IOException {
    return client.get("/events?filter%5Bname%5D=" + name).ids();
  }

  private String list(String kind) throws IOException {
    return create("/list/" + kind, "\"name\":\"n\"");
  }

  @Test
  void newObject_hasNoExampleData() throws IOException {
    String list = list("names");
    JsonObject item =
        post("/list-item/names", "\"list-id\":\"" + list + "\",\"name-first\":\"A\"").attributes();
    assertThat(item.get("name-first").getAsString()).isEqualTo("A");
    assertThat(item.has("name-last")).isFalse();
    assertThat(item.get("match-count").getAsInt()).isZero();
    String strings = list("strings");
    assertThat(post("/list-item/strings", "\"list-id\":\"" + strings + "\"").attributes().keySet())
        .doesNotContain("value");
    JsonObject query = post("/graph-queries", "\"graph-query-template-id\":\"gqt_1\"").attributes();
    assertThat(query.get("params")).isEqualTo(new JsonObject());
    assertThat(query.get("stats")).isEqualTo(new JsonObject());
    String inquiry = create("/inquiries", "\"inquiry-template-id\":\"itmpl_1\"");
    String connection = create("/connect/connections", "\"destination-organization-id\":\"org_1\"");
    JsonObject token =
        post(
                "/connect/share-tokens",
                "\"connection-id\":\"" + connection + "\",\"source-id\":\"" + inquiry + "\"")
            .attributes();
    assertThat(token.get("source-id").getAsString()).isEqualTo(inquiry);
    assertThat(token.toString()).doesNotContain("act_");
  }

  /** Whatever the type is: only texts that the API sets, times, and nothing else. */
  @Test
  void emptyObject_hasNoTextOfTheExample() throws IOException {
    Map<String, List<String>> computed =
        Map.of(
            "/accounts", List.of("account-type-name", "account-status"),
            "/inquiries", List.of("status", "creator", "next-step-name"),
            "/transactions", List.of("status"),
            "/cases", List.of("status", "name"));
    for (Map.Entry<String, List<String>> entry : computed.entrySet()) {
      String path = entry.getKey();
      String needed =
          Map.of(
                  "/inquiries", "\"inquiry-template-id\":\"itmpl_1\"",
                  "/transactions", "\"transaction-type-id\":\"txntp_1\"",
                  "/cases", "\"case-template-id\":\"ctmpl_1\"")
              .getOrDefault(path, "");
      JsonObject attributes = post(path, needed).attributes();
      for (Map.Entry<String, JsonElement> attribute : attributes.entrySet()) {
        String name = attribute.getKey();
        if (attribute.getValue().isJsonPrimitive() && !name.endsWith("-at")) {
          assertThat(
                  entry.getValue().contains(name)
                      || List.of("0", "false").contains(attribute.getValue().getAsString()))
              .as(path + " " + name + " " + attribute.getValue())
              .isTrue();
        }
      }
    }
  }

  @Test
  void itemOfNoUsableList_isRefusedAndNotCreated() throws IOException {
    String names = list("names");
    String archived = list("strings");
    assertThat(
            client
                .send(
                    client.request("/lists/" + archived).method("DELETE", BodyPublishers.noBody()))
                .status())
        .isEqualTo(200);

    assertThat(post("/list-item/strings", "\"list-id\":\"lst_none\"").status()).isEqualTo(404);
    for (String wrong :
        List.of("", "\"list-id\":\"" + names + "\"", "\"list-id\":\"" + archived + "\"")) {
      TestResponse response = post("/list-item/strings", wrong);
      assertThat(response.status()).as(wrong).isEqualTo(422);
      assertThat(response.error().toString()).contains("/data/attributes/list-id");
    }
    assertThat(
            client
                .post(
                    "/importer/list-item/phone-numbers",
                    "{\"data\":{\"attributes\":{\"list-id\":\""
                        + names
                        + "\",\"file\":{\"filename\":\"f\",\"data\":\"dmFsdWUK\"}}}}")
                .status())
        .isEqualTo(422);
    assertThat(persona.ids("list-item/string")).hasSameSizeAs(seeded("list-item/string"));
  }

  /** Returns the ids that a new fake has. */
  private static List<String> seeded(String type) {
    try (FakePersona fresh = FakePersona.builder().events(0).inquiries(0).start()) {
      return fresh.ids(type);
    }
  }

  @Test
  void itemOfAType_thatHasNoListType_isAccepted() throws IOException {
    String list = list("strings");
    assertThat(post("/list-item/fields", "\"list-id\":\"" + list + "\",\"value\":\"v\"").status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({"api-key-inflection, foo", "api-version, nope", "api-version, 2025-12-09"})
  void unknownSetting_isRefusedWithThePossibleValues(String name, String value) throws IOException {
    String attributes = "\"name\":\"n\",\"%s\":\"%s\"".formatted(name, value);
    String webhook = "\"enabled-events\":[\"*\"],\"url\":\"https://a.example\"";
    TestResponse created = post("/webhooks", webhook + "," + attributes);
    assertThat(created.status()).isEqualTo(422);
    assertThat(created.error().toString())
        .contains("/data/attributes/" + name)
        .contains("must be one of");
    String id = create("/webhooks", webhook + ",\"name\":\"n\"");
    String change = "{\"data\":{\"attributes\":{" + attributes + "}}}";
    assertThat(patch("/webhooks/" + id, change).status()).isEqualTo(422);
    assertThat(post("/api-keys", attributes).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "", "2025-12-09"})
  void unknownVersionOfARegisteredWebhook_isRejected(String version) {
    Webhooks.Registration registration = persona.webhooks().to("http://localhost:1/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registration.version(version))
        .withMessageStartingWith("version must be one of 2020-05-18");
  }

  @Test
  void upsertThatChangesTheStatus_sendsTheEventsOfAnUpdate() throws IOException {
    String upsert =
        "{\"meta\":{\"upsert-by\":\"reference-id\"},"
            + "\"data\":{\"attributes\":{\"reference-id\":\"r\",\"account-status\":\"%s\"}}}";
    assertThat(client.post("/accounts", upsert.formatted("A")).status()).isEqualTo(201);
    assertThat(events("account.status-updated")).isEmpty();

    assertThat(client.post("/accounts", upsert.formatted("B")).status()).isEqualTo(200);
    assertThat(client.post("/accounts", upsert.formatted("B")).status()).isEqualTo(200);

    assertThat(events("account.status-updated")).hasSize(1);
    assertThat(events("account.updated-fields")).hasSize(2);
  }

  @Test
  void slaOfACase_isDueWhateverSetsIt() throws IOException {
    String id = create("/cases", "\"case-template-id\":\"ctmpl_1\"");
    persona.clock().advance(Duration.ofDays(30));
    assertThat(events("case.sla-expired")).isEmpty();

    String update = "{\"data\":{\"attributes\":{}},\"meta\":{\"sla-expires-in-seconds\":%s}}";
    assertThat(patch("/cases/" + id, update.formatted("60")).status()).isEqualTo(200);
    persona.clock().advance(Duration.ofSeconds(60));
    assertThat(events("case.sla-expired")).hasSize(1);

    assertThat(patch("/cases/" + id, update.formatted("60")).status()).isEqualTo(200);
    assertThat(patch("/cases/" + id, update.formatted("null")).status()).isEqualTo(200);
    persona.clock().advance(Duration.ofDays(1));
    assertThat(events("case.sla-expired")).hasSize(1);

    persona.reviewer().setCaseStatus(id, "Approved");
    persona.reviewer().setCaseStatus(id, "Open"); // a new SLA of a day
    persona.clock().advance(Duration.ofDays(30));
    assertThat(events("case.sla-expired")).hasSize(2);
  }

  @Test
  void finishedReport_isNotFinishedAgain() throws IOException {
    persona.reports(ReportOutcome.noMatch());
    String id =
        client
            .post(
                "/reports",
                "{\"data\":{\"type\":\"report/watchlist\",\"attributes\":"
                    + "{\"report-template-id\":\"rptp_1\"}}}")
            .data()
            .get("id")
            .getAsString();
    persona.clock().advance(Duration.ofSeconds(1));

    assertThatIllegalStateException()
        .isThrownBy(() -> persona.finishReport(id, ReportOutcome.match()))
        .withMessageContaining(id)
        .withMessageContaining("ready");
    assertThat(client.get("/reports/" + id).attributes().get("has-match").getAsBoolean()).isFalse();
    persona.reports(ReportOutcome.pending());
    assertThat(client.post("/reports/" + id + "/run", "").status()).isEqualTo(200);
    persona.finishReport(id, ReportOutcome.match()); // its second run
    assertThat(client.get("/reports/" + id).attributes().get("has-match").getAsBoolean()).isTrue();
  }

  @Test
  void outcomeForAnUnknownTypeOfReports_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.reports("report/nope", ReportOutcome.match()))
        .withMessageContaining("type")
        .withMessageContaining("report/nope");
  }
}
