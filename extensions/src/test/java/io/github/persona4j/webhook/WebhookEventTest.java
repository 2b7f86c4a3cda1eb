package io.github.persona4j.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEventTest {
  private static final int FACTOR = Integer.getInteger("persona4j.fuzz.factor", 1);

  private static byte[] utf8(String string) {
    return string.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kebab", "camel", "snake"})
  void bodyInAnyCasing_isRead(String casing) {
    byte[] body = Bodies.recased(Bodies.inquiry("evt_1"), casing);

    WebhookEvent event = WebhookEvent.read(body);

    assertThat(event.id()).isEqualTo("evt_1");
    assertThat(event.name()).isEqualTo(EventName.INQUIRY_APPROVED);
    assertThat(event.createdAt()).isEqualTo("2026-01-28T10:15:30Z");
    assertThat(event.context()).isNull();
    Inquiry inquiry = event.subject(Inquiry.class).orElseThrow();
    assertThat(inquiry.attributes().status()).isEqualTo(InquiryStatus.APPROVED);
    assertThat(inquiry.attributes().referenceId()).isEqualTo("user-1");
    assertThat(inquiry.attributes().fields().getInteger("loyalty-level")).isEqualTo(3);
    assertThat(inquiry.inquiryTemplate().id()).isEqualTo("itmpl_1");
    Account account = event.related(inquiry.account()).orElseThrow();
    assertThat(account.attributes().referenceId()).isEqualTo("user-1");
    assertThat(event.related(inquiry.inquiryTemplate())).isEmpty();
    assertThat(event.event()).isEqualTo(WebhookEvent.read(Bodies.inquiry("evt_1")).event());
  }

  @Test
  void subject_ofAnotherClass_isEmpty() {
    WebhookEvent event = WebhookEvent.read(Bodies.inquiry("evt_1"));

    assertThat(event.subject(Report.class)).isEmpty();
    assertThat(event.subject(Resource.class)).containsSame(event.subject());
    assertThat(event.subject()).isInstanceOf(Inquiry.class);
  }

  @Test
  void eventWithoutPayloadAndAttributes_isRead() {
    WebhookEvent event =
        WebhookEvent.read(utf8("{\"data\":{\"type\":\"event\",\"id\":\"evt_1\"}}"));

    assertThat(event.name()).isNull();
    assertThat(event.createdAt()).isNull();
    assertThat(event.subject()).isNull();
    assertThat(event.included()).isNull();
    assertThat(event).hasToString("WebhookEvent{id=evt_1, name=null}");
  }

  @Test
  void unknownNamesAndTypes_areKept() {
    WebhookEvent event =
        WebhookEvent.read(
            Bodies.event(
                "evt_1",
                "hologram.shown",
                "2026-01-28T10:15:30Z",
                "{\"type\":\"x\",\"id\":\"y\"}"));

    assertThat(event.name()).isEqualTo(EventName.of("hologram.shown"));
    assertThat(event.subject()).isInstanceOf(Resource.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kebab", "camel", "snake"})
  void attributeOfAnOlderVersion_isAProperty(String casing) {
    byte[] body =
        Bodies.event(
            "evt_1",
            "inquiry.approved",
            "2021-01-28T10:15:30.000Z",
            "{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"name-first\":\"Ada\","
                + "\"address-street-1\":\"Main St\"}}");

    Inquiry inquiry =
        WebhookEvent.read(Bodies.recased(body, casing)).subject(Inquiry.class).orElseThrow();

    assertThat(inquiry.attributes().property("name-first")).isEqualTo(JsonValue.of("Ada"));
    assertThat(inquiry.attributes().property("address-street-1"))
        .isEqualTo(JsonValue.of("Main St"));
  }

  @Test
  void attempts_areHeaders() {
    byte[] body = Bodies.inquiry("evt_1");
    Map<String, String> headers =
        Map.of(
            "persona-webhook-attempts-made", "2",
            "persona-webhook-attempts-left", "5",
            "persona-webhook-first-attempted-at", "2026-01-28T10:15:31.000Z");

    for (WebhookEvent event :
        List.of(
            WebhookEvent.read(body, headers::get),
            WebhookEvent.read(
                body,
                Map.of(
                    "PERSONA-WEBHOOK-ATTEMPTS-MADE", List.of("2"),
                    "Persona-Webhook-Attempts-Left", List.of("5"),
                    "persona-webhook-first-attempted-at", List.of("1769595331"))))) {
      assertThat(event.attemptsMade()).isEqualTo(2);
      assertThat(event.attemptsLeft()).isEqualTo(5);
      assertThat(event.firstAttemptedAt()).isEqualTo(Instant.parse("2026-01-28T10:15:31Z"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "x", "12345678901234", "\u0661", "2026-13-01T00:00:00Z"})
  void unreadableAttempts_areNull(String value) {
    WebhookEvent event = WebhookEvent.read(Bodies.inquiry("evt_1"), name -> value);

    assertThat(event.attemptsMade()).isNull();
    assertThat(event.attemptsLeft()).isNull();
    assertThat(event.firstAttemptedAt()).isNull();
  }

  @Test
  void absentAttempts_areNull() {
    WebhookEvent event = WebhookEvent.read(Bodies.inquiry("evt_1"));

    assertThat(event.attemptsMade()).isNull();
    assertThat(event.attemptsLeft()).isNull();
    assertThat(event.firstAttemptedAt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"x\"",
        "{}",
        "{\"data\":null}",
        "{\"data\":[]}",
        "{\"data\":{}}",
        "{\"data\":{\"type\":\"event\"}}",
        "{\"data\":{\"id\":\"evt_1\"}}",
        "{\"data\":{\"type\":\"inquiry\",\"id\":\"inq_1\"}}",
        "{\"data\":{\"type\":\"event\",\"id\":7}}",
        "{\"data\":{\"type\":\"event\",\"id\":\"evt_1\",\"attributes\":[]}}",
        "{\"data\":{\"type\":\"event\",\"id\":\"evt_1\",\"attributes\":{\"createdAt\":\"Ada\"}}}",
        "{\"data\":{\"type\":\"event\",\"id\":\"evt_1\"}",
        "{\"data\":{\"type\":\"event\",\"id\":\"evt_1\"}}x",
        "{\"type\":\"event\",\"id\":\"evt_1\"}",
        "\ufeff{\"data\":{\"type\":\"event\",\"id\":\"evt_1\"}}"
      })
  void bodyThatIsNoEvent_isRefused(String body) {
    assertThatExceptionOfType(WebhookBodyException.class)
        .isThrownBy(() -> WebhookEvent.read(utf8(body)))
        .withMessageStartingWith("unreadable webhook body: ")
        .withMessageNotContaining("Ada");
  }

  @Test
  void invalidUtf8_isRefused() {
    byte[] body = Bodies.inquiry("evt_1");
    body[new String(body, StandardCharsets.UTF_8).indexOf("user-1")] = (byte) 0xff;

    assertThatExceptionOfType(WebhookBodyException.class)
        .isThrownBy(() -> WebhookEvent.read(body).subject(Inquiry.class));
  }

  @Test
  void anyBody_isReadOrRefused() {
    Random random = new Random(16);
    byte[] body = Bodies.inquiry("evt_1");
    int read = 0;
    for (int i = 0; i < 40_000 * FACTOR; i++) {
      byte[] mutated = body.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try {
        WebhookEvent event = WebhookEvent.read(mutated);
        assertThat(event.id()).isNotNull();
        read++;
      } catch (WebhookBodyException e) {
        assertThat(e.getMessage()).startsWith("unreadable webhook body: ");
      }
    }
    assertThat(read).isBetween(1, 40_000 * FACTOR - 1);
  }

  /** The readme's switch over known types. */
  private static String kind(@Nullable Resource subject) {
    if (subject instanceof Inquiry inquiry) {
      return "inquiry " + inquiry.id();
    }
    return subject instanceof Report ? "report" : "other";
  }

  @Test
  void subject_isTyped() {
    assertThat(kind(WebhookEvent.read(Bodies.inquiry("evt_1")).subject()))
        .isEqualTo("inquiry inq_1");
  }
}
