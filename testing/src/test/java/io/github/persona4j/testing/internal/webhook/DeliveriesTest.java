package io.github.persona4j.testing.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.LoggedEvent;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveriesTest {
  private static final Instant START = Instant.parse("2026-02-01T12:00:00Z");

  private final Timetable timetable = new Timetable(() -> START);
  private final ObjectStore store = new ObjectStore(timetable, "");
  private final EventLog events = new EventLog(store);
  private final CustomHeaders customHeaders = new CustomHeaders();
  private final Deliveries deliveries =
      new Deliveries(
          store,
          events,
          timetable,
          customHeaders,
          (body, lifetime, inflection) -> body.replace("LIFETIME", lifetime.toString()),
          uri -> "127.0.0.1".equals(uri.getHost()));
  private final Receiver receiver = new Receiver();

  DeliveriesTest() throws IOException {
    timetable.set(START);
  }

  @AfterEach
  void close() {
    receiver.close();
    timetable.close();
  }

  private StoredObject webhook(Object... more) {
    JsonObject attributes =
        Json.object(
            "status",
            "enabled",
            "enabled-events",
            List.of("*"),
            "secret",
            "wbhsec_1",
            "url",
            receiver.url());
    Json.object(more).entrySet().forEach(e -> attributes.add(e.getKey(), e.getValue()));
    StoredObject webhook =
        StoredObject.of("webhook", store.newId("wbh"), START, attributes, new JsonObject());
    store.add(webhook);
    return webhook;
  }

  private StoredObject account() {
    StoredObject account =
        StoredObject.of(
            "account",
            store.newId("act"),
            START,
            Json.object("reference-id", "r1", "birthdate", "1990-01-01"),
            new JsonObject());
    store.add(account);
    return account;
  }

  private StoredObject inquiry(StoredObject account) {
    JsonObject fields =
        Json.object(
            "name-first", Json.object("value", "Ada"), "card-number", "1", "file", "LIFETIME");
    StoredObject inquiry =
        StoredObject.of(
                "inquiry",
                store.newId("inq"),
                START,
                Json.object("status", "approved", "birthdate", null, "fields", fields),
                new JsonObject())
            .withRelated("account", account);
    store.add(inquiry);
    return inquiry;
  }

  private LoggedEvent event(String name) {
    return events.record(name, inquiry(account()), Json.object("added", "x"));
  }

  private void deliver() {
    timetable.advance(Duration.ZERO);
  }

  private JsonObject payload(int index) {
    return receiver
        .received()
        .get(index)
        .json()
        .getAsJsonObject("data")
        .getAsJsonObject("attributes")
        .getAsJsonObject("payload");
  }

  @Test
  void event_isSentSignedWithItsObjectAndContext() {
    webhook();
    LoggedEvent event = event("inquiry.approved");
    deliver();

    Receiver.Received request = receiver.received().get(0);
    assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
    assertThat(request.signature())
        .isEqualTo(WebhookSignature.of(List.of("wbhsec_1"), START, request.body()));
    assertThat(request.headers().getFirst("Persona-Webhook-Attempts-Made")).isEqualTo("1");
    assertThat(request.headers().getFirst("Persona-Webhook-Attempts-Left")).isEqualTo("7");
    assertThat(request.headers().getFirst("Persona-Webhook-First-Attempted-At"))
        .isEqualTo("2026-02-01T12:00:00.000Z");
    JsonObject data = request.json().getAsJsonObject("data");
    assertThat(data.get("type").getAsString()).isEqualTo("event");
    assertThat(data.get("id").getAsString()).isEqualTo(event.id());
    JsonObject attributes = data.getAsJsonObject("attributes");
    assertThat(attributes.get("name").getAsString()).isEqualTo("inquiry.approved");
    assertThat(attributes.get("context")).hasToString("{\"added\":\"x\"}");
    assertThat(payload(0).getAsJsonArray("included")).isEmpty();
    assertThat(payload(0).getAsJsonObject("data").getAsJsonObject("relationships").keySet())
        .containsExactly("account");
    assertThat(request.text()).contains("PT6H");
    assertThat(deliveries.attempts())
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.result()).isEqualTo(Attempt.Result.DELIVERED);
              assertThat(attempt.responseStatus()).isEqualTo(200);
              assertThat(attempt.failure()).isNull();
              assertThat(attempt.number()).isEqualTo(1);
              assertThat(attempt.eventId()).isEqualTo(event.id());
            });
  }

  @Test
  void objectThatChangesLater_isSentAsItWasAtTheEvent() {
    webhook();
    LoggedEvent event = event("inquiry.approved");
    store.update(event.object().id(), inquiry -> inquiry.with("status", "declined"));
    deliver();

    assertThat(receiver.received().get(0).text()).contains("approved").doesNotContain("declined");
  }

  @Test
  void webhookThatIsDisabledOrWantsOtherEvents_getsNothing() {
    webhook("status", "disabled");
    webhook("status", "archived");
    webhook("enabled-events", List.of("inquiry.declined", "inquiry.*"));
    event("inquiry.approved");
    deliver();
    assertThat(receiver.received()).isEmpty();

    event("inquiry.declined");
    deliver();
    assertThat(receiver.received()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void acceptedStatus_endsTheDelivery(int status) {
    webhook();
    receiver.statuses(status);
    event("inquiry.approved");
    timetable.advance(Duration.ofDays(7));

    assertThat(receiver.received()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {203, 302, 400, 410, 500})
  void otherStatus_isRetriedOnTheScheduleWithNewSignatures(int status) {
    webhook();
    receiver.statuses(status, status, status, status, status, status, status, status, status);
    event("inquiry.approved");
    timetable.advance(Duration.ofDays(7));

    assertThat(receiver.received()).hasSize(8);
    long seconds = START.getEpochSecond();
    int attempt = 0;
    for (long wait : new long[] {0, 3, 64, 729, 4096, 15_625, 46_656, 117_649}) {
      seconds += wait;
      Receiver.Received request = receiver.received().get(attempt++);
      assertThat(request.signature()).startsWith("t=" + seconds + ",");
      assertThat(request.body()).isEqualTo(receiver.received().get(0).body());
      assertThat(request.headers().getFirst("Persona-Webhook-Attempts-Made"))
          .isEqualTo(String.valueOf(attempt));
      assertThat(request.headers().getFirst("Persona-Webhook-Attempts-Left"))
          .isEqualTo(String.valueOf(8 - attempt));
      assertThat(request.headers().getFirst("Persona-Webhook-First-Attempted-At"))
          .isEqualTo("2026-02-01T12:00:00.000Z");
    }
    assertThat(deliveries.attempts())
        .hasSize(8)
        .allMatch(
            a -> a.result() == Attempt.Result.FAILED && Objects.equals(a.responseStatus(), status));
  }

  @Test
  void webhookDisabledBetweenAttempts_getsNoRetry() {
    StoredObject webhook = webhook();
    receiver.statuses(500);
    event("inquiry.approved");
    deliver();
    store.update(webhook.id(), w -> w.with("status", "disabled"));
    timetable.advance(Duration.ofDays(7));

    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void secretRotatedBetweenAttempts_signsWithBothUntilTheOldOneExpires() {
    StoredObject webhook = webhook();
    receiver.statuses(500, 500);
    event("inquiry.approved");
    deliver();
    store.update(
        webhook.id(),
        w -> WebhookOperations.rotated(w, "wbhsec_2", START.plus(Duration.ofSeconds(10))));
    timetable.advance(Duration.ofDays(1));

    Receiver.Received second = receiver.received().get(1);
    assertThat(second.signature())
        .isEqualTo(
            WebhookSignature.of(
                List.of("wbhsec_2", "wbhsec_1"), START.plusSeconds(3), second.body()));
    Receiver.Received third = receiver.received().get(2);
    assertThat(third.signature())
        .isEqualTo(WebhookSignature.of(List.of("wbhsec_2"), START.plusSeconds(67), third.body()));
  }

  @Test
  void unreachableReceiver_isAFailureWithItsReason() throws IOException {
    Receiver gone = new Receiver();
    String url = gone.url();
    gone.close();
    webhook("url", url);
    webhook("url", "https://hooks.example.com/");
    webhook("url", "no url");
    event("inquiry.approved");
    deliver();

    assertThat(deliveries.attempts())
        .hasSize(3)
        .allMatch(a -> a.result() == Attempt.Result.FAILED && a.responseStatus() == null)
        .allMatch(a -> a.failure() != null);
    assertThat(deliveries.attempts().get(1).failure()).isEqualTo("not a loopback address");
  }

  @Test
  void duplicate_arrivesTwiceWithTheSameEventId() {
    webhook();
    deliveries.faults().duplicateNext(1);
    event("inquiry.approved");
    event("inquiry.declined");
    deliver();

    assertThat(receiver.received()).hasSize(3);
    assertThat(receiver.received().get(1).body()).isEqualTo(receiver.received().get(0).body());
  }

  @Test
  void reversedDeliveries_arriveNewestFirst() {
    webhook();
    deliveries.faults().reverseNext(3);
    event("a.one");
    event("a.two");
    deliver();
    assertThat(receiver.received()).isEmpty();
    event("a.three");
    event("a.four");
    deliver();

    assertThat(deliveries.attempts().stream().map(Attempt::eventName))
        .containsExactly("a.three", "a.two", "a.one", "a.four");
  }

  @Test
  void lostResponse_isRetriedThoughTheReceiverHasTheEvent() {
    webhook();
    deliveries.faults().loseNextResponses(1);
    event("inquiry.approved");
    timetable.advance(Duration.ofSeconds(3));

    assertThat(receiver.received()).hasSize(2);
    assertThat(deliveries.attempts().get(0).failure()).isEqualTo("response lost");
    assertThat(deliveries.attempts().get(0).responseStatus()).isNull();
    assertThat(deliveries.attempts().get(1).result()).isEqualTo(Attempt.Result.DELIVERED);
  }

  @Test
  void wrongSignature_isNotThatOfTheSecret() {
    webhook();
    deliveries.faults().missignNext(1);
    event("inquiry.approved");
    event("inquiry.approved");
    deliver();

    List<Receiver.Received> received = receiver.received();
    assertThat(received.get(0).signature())
        .isNotEqualTo(WebhookSignature.of(List.of("wbhsec_1"), START, received.get(0).body()));
    assertThat(received.get(1).signature())
        .isEqualTo(WebhookSignature.of(List.of("wbhsec_1"), START, received.get(1).body()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"camel", "snake", "kebab"})
  void casing_isThatOfTheWebhookButNotWithinFields(String casing) {
    webhook("api-key-inflection", casing);
    event("inquiry.approved");
    deliver();

    assertThat(receiver.received().get(0).text())
        .contains(
            switch (casing) {
              case "camel" -> "\"createdAt\"";
              case "snake" -> "\"created_at\"";
              default -> "\"created-at\"";
            })
        .contains("\"name-first\"");
  }

  @Test
  void blocklist_removesAttributesByNameAndByPointer() {
    webhook(
        "api-attributes-blocklist",
        List.of("birth*", "/data/attributes/fields/*-number", "/data/id"),
        "included-allowlist",
        Json.object("state", "include_all"));
    event("inquiry.approved");
    deliver();

    JsonObject data = payload(0).getAsJsonObject("data");
    assertThat(data.getAsJsonObject("attributes").keySet()).containsExactly("status", "fields");
    assertThat(data.getAsJsonObject("attributes").getAsJsonObject("fields").keySet())
        .containsExactly("name-first", "file");
    assertThat(data.has("id")).isTrue();
    JsonObject account = payload(0).getAsJsonArray("included").get(0).getAsJsonObject();
    assertThat(account.getAsJsonObject("attributes").keySet()).containsExactly("reference-id");
    assertThat(account.has("id")).isTrue();
  }

  @Test
  void includedAllowlist_includesTheRelationshipsOfItsEvents() {
    JsonArray types =
        Json.array(
            List.of(
                Json.object("event-type", "inquiry.approved", "relationships", List.of("account")),
                Json.object("event-type", "inquiry.expired", "relationships", List.of("*"))));
    webhook("included-allowlist", Json.object("state", "custom", "event-types", types));
    event("inquiry.approved");
    event("inquiry.declined");
    event("inquiry.expired");
    deliver();

    assertThat(payload(0).getAsJsonArray("included")).hasSize(1);
    assertThat(payload(1).getAsJsonArray("included")).isEmpty();
    assertThat(payload(2).getAsJsonArray("included")).hasSize(1);
  }

  @Test
  void relationshipAllowlist_removesTheRelationships() {
    webhook("relationship-allowlist", Json.object("state", "include_none"));
    event("inquiry.approved");
    deliver();

    assertThat(payload(0).getAsJsonObject("data").has("relationships")).isFalse();
  }

  @Test
  void payloadFilter_skipsWhatItDoesNotContain() {
    webhook(
        "payload-filter",
        JsonParser.parseString(
            "{\"data\":{\"attributes\":{\"$or\":[{\"status\":\"x\"},{\"status\":\"approved\"}]}}}"));
    webhook("payload-filter", JsonParser.parseString("{\"data\":{\"attributes\":{\"no\":1}}}"));
    webhook("payload-filter", JsonParser.parseString("{\"included\":[{\"type\":\"account\"}]}"));
    event("inquiry.approved");
    deliver();

    assertThat(receiver.received()).hasSize(1);
    assertThat(deliveries.attempts().stream().map(Attempt::result))
        .containsExactly(Attempt.Result.SKIPPED, Attempt.Result.SKIPPED, Attempt.Result.DELIVERED);
    assertThat(deliveries.attempts().get(0).number()).isZero();
  }

  @Test
  void customHeadersAndFileLifetime_areThoseOfTheWebhook() {
    StoredObject webhook = webhook("file-access-token-expires-in", 60);
    customHeaders.put(webhook.id(), Json.object("X-API-Key", "k", "Odd", List.of()));
    event("inquiry.approved");
    deliver();

    assertThat(receiver.received().get(0).headers().getFirst("X-API-Key")).isEqualTo("k");
    assertThat(receiver.received().get(0).text()).contains("PT1M");
  }
}
