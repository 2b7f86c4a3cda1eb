package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreationTest {
  private static final String MINIMAL =
      "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_x\"}}}";

  private final SettableClock clock = new SettableClock();
  private final FakePersona persona = FakePersona.builder().clock(clock).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private int inquiryCount() throws IOException {
    return client.get("/inquiries?page%5Bsize%5D=100").ids().size();
  }

  @Test
  void inquiry_whenCreated_isStoredWithAnEvent() throws IOException {
    TestResponse created =
        client.post(
            "/inquiries",
            "{\"data\":{\"attributes\":{\"inquiryTemplateId\":\"itmpl_x\",\"reference_id\":\"r-1\","
                + "\"note\":\"by hand\",\"tags\":[\"a\",\"b\"],\"fields\":{\"name-first\":\"Maren\","
                + "\"birthdate\":\"1990-02-03\",\"own_Field\":7}}}}");

    assertThat(created.status()).isEqualTo(201);
    JsonObject attributes = created.attributes();
    assertThat(attributes.get("status").getAsString()).isEqualTo("created");
    assertThat(attributes.get("reference-id").getAsString()).isEqualTo("r-1");
    assertThat(attributes.get("note").getAsString()).isEqualTo("by hand");
    assertThat(attributes.get("tags")).hasToString("[\"a\",\"b\"]");
    assertThat(attributes.get("created-at").getAsString()).isEqualTo("2026-02-01T12:00:00.000Z");
    JsonObject fields = attributes.getAsJsonObject("fields");
    assertThat(fields.get("name-first")).hasToString("{\"type\":\"string\",\"value\":\"Maren\"}");
    assertThat(fields.get("birthdate")).hasToString("{\"type\":\"date\",\"value\":\"1990-02-03\"}");
    assertThat(fields.get("own_Field")).hasToString("{\"type\":\"number\",\"value\":7}");
    assertThat(fields.get("name-last")).hasToString("{\"type\":\"string\",\"value\":null}");
    assertThat(created.json().has("meta")).isFalse();

    String id = created.data().get("id").getAsString();
    assertThat(client.get("/inquiries/" + id).data()).isEqualTo(created.data());
    assertThat(client.get("/inquiries").ids()).startsWith(id);
    JsonObject event = client.get("/events?page%5Bsize%5D=1").items().get(0);
    assertThat(event.getAsJsonObject("attributes").get("name").getAsString())
        .isEqualTo("inquiry.created");
    assertThat(event.getAsJsonObject("attributes").getAsJsonObject("payload").get("data"))
        .isEqualTo(created.data());
  }

  @Test
  void sessionAndLink_whenRequested_areInMeta() throws IOException {
    JsonObject meta =
        client
            .post(
                "/inquiries",
                MINIMAL.substring(0, MINIMAL.length() - 1)
                    + ",\"meta\":{\"auto-create-inquiry-session\":true,"
                    + "\"auto-create-one-time-link\":true,"
                    + "\"expiration-after-create-interval-seconds\":60}}")
            .json()
            .getAsJsonObject("meta");

    assertThat(meta.keySet())
        .containsExactlyInAnyOrder("session-token", "one-time-link", "one-time-link-short");
  }

  @Test
  void account_isFoundByReferenceOrCreatedOnRequest() throws IOException {
    String body =
        "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_x\",\"reference-id\":\"%s\"}},"
            + "\"meta\":{\"auto-create-account\":%s}}";

    JsonObject seeded =
        client
            .post("/inquiries?include=account", String.format(body, "customer-3", "false"))
            .included()
            .get(0);
    assertThat(seeded.getAsJsonObject("attributes").get("reference-id").getAsString())
        .isEqualTo("customer-3");
    assertThat(
            client
                .post("/inquiries?include=account", String.format(body, "new", "false"))
                .included())
        .isEmpty();
    JsonObject created =
        client
            .post("/inquiries?include=account", String.format(body, "new", "true"))
            .included()
            .get(0);
    JsonObject again =
        client
            .post("/inquiries?include=account", String.format(body, "new", "true"))
            .included()
            .get(0);
    assertThat(again).isEqualTo(created);
    assertThat(client.get("/events?filter%5Bname%5D=account.created").ids()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400|Bad request|not json",
        "400|Bad request|[]",
        "400|Bad request|{'data':{}}",
        "400|Bad request|{'data':{'attributes':{}}}",
        "400|Bad request|{'data':{'attributes':{'template-id':5}}}",
        "400|Bad request|{'data':{'attributes':{'template-id':'t','tags':'a'}}}",
        "400|Bad request|{'data':{'attributes':{'template-id':'t','tags':[1]}}}",
        "400|Bad request|{'data':{'attributes':{'template-id':'t','fields':[]}}}",
        "404|Not found|{'data':{'attributes':{'template-id':'t','account-id':'act_none'}}}",
        "422|Unprocessable entity|{'data':{'attributes':{'template-id':'t','redirect-uri':'/x'}}}",
        "422|Unprocessable entity|{'data':{'attributes':{'template-id':'t','fields':{'birthdate':'soon'}}}}",
        "422|Unprocessable entity|{'data':{'attributes':{'template-id':'t'}},'meta':{'expiration-after-create-interval-seconds':0}}"
      })
  void invalidBody_isRejectedAndChangesNothing(int status, String title, String body)
      throws IOException {
    int before = inquiryCount();
    TestResponse response = client.post("/inquiries", body.replace('\'', '"'));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.error().get("title").getAsString()).isEqualTo(title);
    assertThat(response.error().has("source")).isEqualTo(status == 422);
    assertThat(inquiryCount()).isEqualTo(before);
  }

  @Test
  void sameKeyAndParameters_replayTheFirstResponse() throws IOException {
    TestResponse first = client.post("/inquiries", MINIMAL, "Idempotency-Key", "k1");
    TestResponse second = client.post("/inquiries", " " + MINIMAL, "Idempotency-Key", "k1");

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Request-Id")).isNotEqualTo(first.header("Request-Id"));
    assertThat(inquiryCount()).isEqualTo(26);
  }

  @Test
  void sameKeyAndOtherParameters_areRejected() throws IOException {
    client.post("/inquiries", MINIMAL, "Idempotency-Key", "k1");
    TestResponse other =
        client.post("/inquiries", MINIMAL.replace("itmpl_x", "y"), "Idempotency-Key", "k1");

    assertThat(other.status()).isEqualTo(400);
    assertThat(other.error().get("title").getAsString()).isEqualTo("Idempotency error");
    assertThat(client.post("/inquiries", MINIMAL, "Idempotency-Key", "k1").status()).isEqualTo(201);
    assertThat(inquiryCount()).isEqualTo(26);
  }

  @Test
  void failures_areStoredExcept401And429() throws IOException {
    persona.failNext(Fault.status(500));
    assertThat(client.post("/inquiries", MINIMAL, "Idempotency-Key", "k1").status()).isEqualTo(500);
    assertThat(client.post("/inquiries", MINIMAL, "Idempotency-Key", "k1").status()).isEqualTo(500);
    assertThat(client.post("/inquiries", "{}", "Idempotency-Key", "k2").status()).isEqualTo(400);
    assertThat(client.post("/inquiries", "{}", "Idempotency-Key", "k2").error().get("title"))
        .hasToString("\"Bad request\"");

    persona.failNext(Fault.status(429), Fault.status(401), Fault.html(502));
    for (int expected : List.of(429, 401, 502, 201)) {
      assertThat(client.post("/inquiries", MINIMAL, "Idempotency-Key", "k3").status())
          .isEqualTo(expected);
    }
    assertThat(
            client
                .post("/inquiries", MINIMAL, "Idempotency-Key", "k4", "Authorization", "Bearer x")
                .status())
        .isEqualTo(401);
    assertThat(client.post("/inquiries", MINIMAL, "Idempotency-Key", "k4").status()).isEqualTo(201);
  }

  @Test
  void storedResponse_expiresAfterADay() throws IOException {
    TestResponse first = client.post("/inquiries", MINIMAL, "Idempotency-Key", "k1");
    clock.advance(Duration.ofHours(23));
    assertThat(client.post("/inquiries", MINIMAL, "Idempotency-Key", "k1").body())
        .isEqualTo(first.body());
    clock.advance(Duration.ofHours(1));
    assertThat(client.post("/inquiries", MINIMAL, "Idempotency-Key", "k1").body())
        .isNotEqualTo(first.body());
  }

  @Test
  void clockBehindTheSeedData_stillPutsNewObjectsFirst() throws IOException {
    clock.set(Instant.EPOCH);
    TestResponse first = client.post("/inquiries", MINIMAL);
    TestResponse second = client.post("/inquiries", MINIMAL);

    List<JsonObject> events = client.get("/events").items();
    List<String> times =
        events.stream()
            .map(event -> event.getAsJsonObject("attributes").get("created-at").getAsString())
            .toList();
    assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(client.get("/inquiries").ids())
        .startsWith(second.data().get("id").getAsString(), first.data().get("id").getAsString());
  }

  @Test
  void manyThreads_createEachInquiryOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Callable<String>> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String key = "key-" + i / 4; // four requests share a key
      tasks.add(
          () -> {
            assertThat(client.get("/events").ids()).hasSize(10);
            TestResponse response = client.post("/inquiries", MINIMAL, "Idempotency-Key", key);
            return response.data().get("id").getAsString();
          });
    }
    List<String> ids = new ArrayList<>();
    try {
      for (Future<String> result : threads.invokeAll(tasks)) {
        ids.add(result.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(ids.stream().distinct()).hasSize(50);
    assertThat(inquiryCount()).isEqualTo(75);
    assertThat(persona.requests()).hasSizeGreaterThanOrEqualTo(400);
  }
}
