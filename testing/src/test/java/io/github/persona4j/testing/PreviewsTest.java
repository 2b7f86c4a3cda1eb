package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.TestClient.TestResponse;
import io.github.persona4j.testing.internal.webhook.Receiver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operations that the description marks as previews. */
class PreviewsTest {
  private final FakePersona persona =
      FakePersona.builder().events(0).inquiries(1).searchLag(Duration.ZERO).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private String account(String reference) throws IOException {
    TestResponse created =
        client.post(
            "/accounts", "{\"data\":{\"attributes\":{\"reference-id\":\"" + reference + "\"}}}");
    return created.data().get("id").getAsString();
  }

  private List<String> events() throws IOException {
    return client.get("/events?page[size]=100").items().stream()
        .map(event -> event.getAsJsonObject("attributes").get("name").getAsString())
        .toList();
  }

  // ---- batch jobs ----

  private TestResponse batch(String rows) throws IOException {
    return client.post("/batch-jobs", "{\"data\":{\"attributes\":{\"rows\":" + rows + "}}}");
  }

  @Test
  void rowsOfABatchJob_changeTheirObjects_afterASecond() throws IOException {
    String existing = account("r1");
    String inquiry = persona.ids("inquiry").get(0);
    String type = persona.ids("account-type").get(0);
    TestResponse created =
        batch(
            """
            [{"token":"%s","name-first":"Ada"},
             {"reference-id":"r1","name-last":"Example"},
             {"reference-id":"r2","account-type-id":"%s","name-first":"Eve"},
             {"token":"%s","note":"seen"},
             {"reference-id":"r3"},
             {"name-first":"nobody"},
             {"token":"act_unknown"}]
            """
                .formatted(existing, type, inquiry));

    assertThat(created.status()).isEqualTo(201);
    String id = created.data().get("id").getAsString();
    assertThat(created.attributes().get("status").getAsString()).isEqualTo("pending");
    assertThat(client.get("/batch-jobs/" + id + "/errors").items()).isEmpty();
    persona.clock().advance(Duration.ofSeconds(1));

    assertThat(client.get("/batch-jobs/" + id).attributes().get("status").getAsString())
        .isEqualTo("completed");
    assertThat(client.get("/accounts/" + existing).attributes().get("fields").toString())
        .contains("\"first\":{\"type\":\"string\",\"value\":\"Ada\"}", "Example");
    assertThat(client.get("/accounts?filter[reference-id]=r2").items()).hasSize(1);
    assertThat(client.get("/inquiries/" + inquiry).attributes().get("note").getAsString())
        .isEqualTo("seen");
    assertThat(events()).contains("batch-job.started", "batch-job.completed");
    TestResponse errors = client.get("/batch-jobs/" + id + "/errors?page[size]=2");
    assertThat(errors.items())
        .extracting(error -> error.getAsJsonObject("attributes").get("row-number").getAsInt())
        .containsExactly(5, 6);
    String next = errors.json().getAsJsonObject("links").get("next").getAsString();
    assertThat(client.get(TestClient.relative(next)).items())
        .extracting(error -> error.getAsJsonObject("attributes").get("row-number").getAsInt())
        .containsExactly(7);
  }

  @Test
  void batchJobWithoutRows_isRefused_andOneThatIsCanceledDoesNothing() throws IOException {
    assertThat(batch("[]").status()).isEqualTo(422);
    assertThat(batch("null").status()).isEqualTo(422);
    assertThat(client.get("/batch-jobs/btj_1").status()).isEqualTo(404);
    assertThat(client.get("/batch-jobs/btj_1/errors").status()).isEqualTo(404);
    String id = batch("[{\"reference-id\":\"r9\"}]").data().get("id").getAsString();
    persona.move(id, "cancel");
    persona.clock().advance(Duration.ofSeconds(2));

    assertThat(client.get("/batch-jobs/" + id).attributes().get("status").getAsString())
        .isEqualTo("canceled");
    assertThat(events()).contains("batch-job.canceled").doesNotContain("batch-job.completed");
  }

  // ---- deliveries ----

  @Test
  void deliveries_areFoundByTheirStatus() throws IOException {
    try (Receiver receiver = new Receiver()) {
      persona.webhooks().to(receiver.url()).events("account.created").register();
      account("r1");
      persona.webhooks().await();
      persona.webhooks().loseNextResponses(1);
      account("r2");
      persona.webhooks().await();

      assertThat(deliveries("completed")).hasSize(1);
      assertThat(deliveries("pending")).hasSize(1);
      persona.clock().advance(Duration.ofMinutes(1));
      assertThat(deliveries("completed")).hasSize(2);
      assertThat(deliveries("failed")).isEmpty();
    }
  }

  @Test
  void deliveryThatIsGivenUp_hasFailed() throws IOException {
    persona.webhooks().to("http://127.0.0.1:1/").events("account.created").register();
    account("r1");
    persona.clock().advance(Duration.ofDays(4));

    assertThat(deliveries("failed")).hasSize(1);
    TestResponse other =
        client.post(
            "/webhook-events/search",
            "{\"query\":{\"attribute\":\"status\",\"operator\":\"gt\",\"value\":\"failed\"}}");
    assertThat(other.status()).isEqualTo(422);
  }

  private List<JsonObject> deliveries(String status) throws IOException {
    TestResponse found =
        client.post(
            "/webhook-events/search",
            "{\"query\":{\"attribute\":\"status\",\"operator\":\"eq\",\"value\":\""
                + status
                + "\"},\"sort\":{\"attribute\":\"updated_at\",\"direction\":\"desc\"}}");
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.items())
        .allSatisfy(item -> assertThat(item.get("type").getAsString()).isEqualTo("webhook-event"));
    return found.items();
  }

  // ---- objects ----

  private static String objects(String id) {
    return "{\"meta\":{\"object-ids\":[\"" + id + "\"]}}";
  }

  @Test
  void objectsOfAnAccount_areRelatedToIt_untilTheyAreRemoved() throws IOException {
    String account = account("r1");
    String inquiry = persona.ids("inquiry").get(0);
    String path = "/accounts/" + account;

    assertThat(client.post(path + "/add-objects", objects(inquiry)).data().get("id").getAsString())
        .isEqualTo(account);
    assertThat(accountOf(inquiry)).isEqualTo(account);
    for (int i = 0; i < 2; i++) { // the second time without effect
      assertThat(client.post(path + "/remove-objects", objects(inquiry)).status()).isEqualTo(200);
      assertThat(accountOf(inquiry)).isNull();
    }
    assertThat(client.post(path + "/add-objects", objects("inq_unknown")).status()).isEqualTo(404);
    String type = persona.ids("account-type").get(0);
    assertThat(client.post(path + "/add-objects", objects(type)).status()).isEqualTo(422);
  }

  private @Nullable String accountOf(String inquiry) throws IOException {
    JsonElement data =
        client
            .get("/inquiries/" + inquiry)
            .data()
            .getAsJsonObject("relationships")
            .getAsJsonObject("account")
            .get("data");
    return data.isJsonNull() ? null : data.getAsJsonObject().get("id").getAsString();
  }

  @Test
  void objectsOfATransaction_areRelatedToIt_untilTheyAreRemoved() throws IOException {
    String type = persona.ids("transaction-type").get(0);
    String transaction =
        client
            .post(
                "/transactions",
                "{\"data\":{\"attributes\":{\"transaction-type-id\":\"" + type + "\"}}}")
            .data()
            .get("id")
            .getAsString();
    String account = account("r1");
    String path = "/transactions/" + transaction;

    assertThat(related(client.post(path + "/add-objects", objects(account)))).hasSize(1);
    assertThat(related(client.post(path + "/add-objects", objects(account)))).hasSize(1);
    assertThat(related(client.post(path + "/remove-objects", objects(account)))).isEmpty();
    assertThat(related(client.post(path + "/remove-objects", objects(account)))).isEmpty();
  }

  private static JsonArray related(TestResponse response) {
    return response
        .data()
        .getAsJsonObject("relationships")
        .getAsJsonObject("related-objects")
        .getAsJsonArray("data");
  }

  // ---- reviews ----

  @Test
  void reviewOfMatches_isInTheHistory_andAnEvent() throws IOException {
    String report =
        client
            .post(
                "/reports",
                "{\"data\":{\"type\":\"report/watchlist\",\"attributes\":{\"query\":{\"name-last\":\"E\"}}}}")
            .data()
            .get("id")
            .getAsString();
    persona.clock().advance(Duration.ofSeconds(1));
    String path = "/reports/" + report + "/review-matches";
    String review =
        "{\"data\":{\"attributes\":{\"review-status\":\"ok\",\"review-type\":\"%s\"%s}}}";

    assertThat(client.post(path, review.formatted("record", "")).status()).isEqualTo(422);
    assertThat(
            client.post(path, review.formatted("record", ",\"record-token\":\"rec-1\"")).status())
        .isEqualTo(200);
    assertThat(client.post(path, review.formatted("all_records", "")).status()).isEqualTo(200);
    assertThat(events()).filteredOn("report/screening.reviewed"::equals).hasSize(2);
    assertThat(client.get("/reports/" + report + "/history").json().toString())
        .contains("\"type\":\"review\"");
  }
}
