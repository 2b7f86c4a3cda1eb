package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.KeyCasing;
import io.github.persona4j.testing.WebhookRequest;
import io.github.persona4j.webhook.InMemoryProcessedEvents;
import io.github.persona4j.webhook.ProcessedEvents;
import io.github.persona4j.webhook.WebhookEvent;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiveWebhooksTest {
  private static final String SECRET = "wbhsec_test";
  private static final String INQUIRY =
      "{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"status\":\"approved\"}}";

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = ReceiveWebhooks.start(ReceiveWebhooks.handler(SECRET, lines::add));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int send(byte[] body, String signature) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhook"))
            .header("persona-signature", signature)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private int send(WebhookRequest request) throws IOException, InterruptedException {
    return send(request.body(), request.signature());
  }

  private static WebhookRequest approved(String id, KeyCasing casing) {
    // region requests-in-tests
    WebhookRequest request =
        WebhookRequest.event("inquiry.approved")
            .id(id)
            .subject(INQUIRY)
            .casing(casing)
            .sign(SECRET);
    // endregion
    return request;
  }

  @Test
  void events_areHandledOnce() throws Exception {
    for (KeyCasing casing : KeyCasing.values()) {
      WebhookRequest request = approved("evt_" + casing.name().toLowerCase(Locale.ROOT), casing);
      assertThat(send(request)).isEqualTo(200);
      assertThat(send(request)).isEqualTo(200);
    }
    assertThat(send(WebhookRequest.event("report/watchlist.ready").sign(SECRET))).isEqualTo(200);
    assertThat(send(WebhookRequest.event("hologram.shown").sign(SECRET))).isEqualTo(200);

    assertThat(lines)
        .hasSize(5)
        .startsWith("approved inq_1", "approved inq_1", "approved inq_1")
        .anyMatch(line -> line.startsWith("ready obj_"))
        .endsWith("other hologram.shown");
  }

  @Test
  void everyDescribedEvent_isAccepted() throws Exception {
    for (String name : WebhookRequest.describedEvents()) {
      assertThat(send(WebhookRequest.event(name).sign("wbhsec_other", SECRET)))
          .as(name)
          .isEqualTo(200);
    }
    assertThat(lines).hasSize(138);
  }

  @Test
  void invalidRequests_areRefused() throws Exception {
    assertThat(send(approved("evt_1", KeyCasing.KEBAB).body(), "t=1,v1=2")).isEqualTo(401);
    assertThat(send(WebhookRequest.body("{}").sign(SECRET))).isEqualTo(400);
    assertThat(send(WebhookRequest.body(new byte[(1 << 20) + 1]).sign(SECRET))).isEqualTo(400);
    assertThat(
            send(
                WebhookRequest.event("x.y")
                    .time(Instant.now().minus(Duration.ofMinutes(6)))
                    .sign(SECRET)))
        .isEqualTo(401);
    assertThat(lines).isEmpty();
  }

  @Test
  void byHand_givesTheSubject() {
    WebhookVerifier verifier = ReceiveWebhooks.rotating(SECRET, "wbhsec_next");
    WebhookRequest request = approved("evt_1", KeyCasing.SNAKE);

    assertThat(ReceiveWebhooks.byHand(verifier, request.body(), headers(request)))
        .isEqualTo("inquiry approved");
    WebhookRequest other = WebhookRequest.event("verification/selfie.passed").sign("wbhsec_next");
    assertThat(ReceiveWebhooks.byHand(verifier, other.body(), headers(other)))
        .startsWith("verification obj_");
  }

  private static Function<String, @Nullable String> headers(WebhookRequest request) {
    return name -> name.equals("Persona-Signature") ? request.signature() : null;
  }

  @Test
  void olderVersion_hasFlatAttributes() {
    for (KeyCasing casing : KeyCasing.values()) {
      WebhookRequest request =
          WebhookRequest.event("inquiry.approved")
              .subject(
                  "{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"name-first\":\"Ada\"}}")
              .casing(casing)
              .sign(SECRET);
      Inquiry inquiry = WebhookEvent.read(request.body()).subject(Inquiry.class).orElseThrow();

      assertThat(ReceiveWebhooks.olderName(inquiry)).isEqualTo("Ada");
    }
  }

  @Test
  void lateEvent_isTold() {
    ProcessedEvents processed = InMemoryProcessedEvents.of(10, Duration.ofMinutes(1));
    Instant now = Instant.now();
    WebhookEvent late = created("evt_1", now.minusSeconds(1));
    processed.confirm(processed.claim(created("evt_2", now)));

    ReceiveWebhooks.inOrder(processed, late, () -> lines.add("late"));
    ReceiveWebhooks.inOrder(processed, created("evt_3", now), () -> lines.add("news"));

    assertThat(lines).containsExactly("news");
  }

  @Test
  void eventsOfAnOutage_areHandledOnce_oldestFirst() {
    WebhookHandler webhook = recorder();
    try (FakePersona fake = FakePersona.builder().events(30).start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      List<Event> events = new ArrayList<>(persona.events().listAll().stream().toList());
      OffsetDateTime begin = Objects.requireNonNull(events.get(9).attributes().createdAt());

      assertThat(ReceiveWebhooks.afterAnOutage(persona, webhook, begin)).isEmpty();
      assertThat(ReceiveWebhooks.afterAnOutage(persona, webhook, begin)).isEmpty();

      Collections.reverse(events);
      assertThat(lines)
          .isEqualTo(
              events.subList(events.size() - lines.size(), events.size()).stream()
                  .map(Event::id)
                  .toList())
          .hasSizeBetween(10, 29);
    }
  }

  @Test
  void eventsOfAnOutage_whoseHandlerFails_areReturned() {
    WebhookHandler failing =
        WebhookHandler.builder()
            .verifier(WebhookVerifier.of(SECRET))
            .log(line -> {})
            .otherwise(
                event -> {
                  throw new IllegalStateException("the database is down");
                })
            .build();
    try (FakePersona fake = FakePersona.builder().events(3).inquiries(0).start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      List<String> ids = persona.events().listAll().stream().map(Event::id).toList();

      assertThat(ReceiveWebhooks.afterAnOutage(persona, failing, OffsetDateTime.MIN))
          .containsExactlyInAnyOrderElementsOf(ids)
          .isNotEmpty();
    }
  }

  private WebhookHandler recorder() {
    return WebhookHandler.builder()
        .verifier(WebhookVerifier.of(SECRET))
        .otherwise(event -> lines.add(event.id()))
        .build();
  }

  private static WebhookEvent created(String id, Instant time) {
    return WebhookEvent.read(
        WebhookRequest.event("inquiry.approved")
            .id(id)
            .subject(INQUIRY)
            .createdAt(time)
            .sign(SECRET)
            .body());
  }
}
