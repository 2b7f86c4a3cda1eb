package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookRequestTest {
  private static final Instant TIME = Instant.parse("2026-01-28T10:15:30.250Z");

  private static JsonObject attributes(WebhookRequest request) {
    String json = new String(request.body(), StandardCharsets.UTF_8);
    return JsonParser.parseString(json)
        .getAsJsonObject()
        .getAsJsonObject("data")
        .getAsJsonObject("attributes");
  }

  @Test
  void signature_isThatOfAnotherImplementation() {
    // python3: hmac.new(b"wbhsec_test", b"1769595330.{}", hashlib.sha256).hexdigest()
    String hash = "b79627af03d7ca4ff5c11fe51700df66f6acc2ba7aa9ea83af0c68d801565fa5";

    WebhookRequest request = WebhookRequest.body("{}").time(TIME).sign("wbhsec_test");

    assertThat(request.signature()).isEqualTo("t=1769595330,v1=" + hash);
    assertThat(request.body()).asString().isEqualTo("{}");
  }

  @Test
  void rotation_hasASignaturePerSecret() {
    WebhookRequest first = WebhookRequest.body("{}").time(TIME).sign("wbhsec_1");
    WebhookRequest second = WebhookRequest.body("{}").time(TIME).sign("wbhsec_2");

    assertThat(WebhookRequest.body("{}").time(TIME).sign("wbhsec_1", "wbhsec_2").signature())
        .isEqualTo(first.signature() + " " + second.signature());
  }

  @ParameterizedTest
  @CsvSource({
    "KEBAB, created-at, reference-id",
    "CAMEL, createdAt, referenceId",
    "SNAKE, created_at, reference_id"
  })
  void event_hasItsCasing(KeyCasing casing, String createdAt, String referenceId) {
    WebhookRequest request =
        WebhookRequest.event("inquiry.approved")
            .id("evt_1")
            .subject(
                "{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"reference-id\":\"x\","
                    + "\"fields\":{\"name-first\":{}}}}")
            .include("{\"type\":\"account\",\"id\":\"act_1\"}")
            .createdAt(TIME)
            .casing(casing)
            .sign("wbhsec_test");

    JsonObject attributes = attributes(request);
    assertThat(attributes.get(createdAt).getAsString()).isEqualTo("2026-01-28T10:15:30.250Z");
    assertThat(attributes.get("name").getAsString()).isEqualTo("inquiry.approved");
    JsonObject payload = attributes.getAsJsonObject("payload");
    JsonObject subject = payload.getAsJsonObject("data").getAsJsonObject("attributes");
    assertThat(subject.keySet()).containsExactly(referenceId, "fields");
    assertThat(subject.getAsJsonObject("fields").keySet()).containsExactly("name-first");
    assertThat(payload.getAsJsonArray("included")).hasSize(1);
  }

  @Test
  void describedEvents_areThoseOfTheDescription() throws IOException {
    List<String> described;
    try (Stream<String> lines = Files.lines(Path.of("../openapi/openapi.yaml"))) {
      described =
          lines
              .dropWhile(line -> !line.equals("x-webhooks:"))
              .skip(1)
              .takeWhile(line -> line.startsWith("  "))
              .filter(line -> line.endsWith(":"))
              .map(line -> line.strip().replace(":", ""))
              .toList();
    }

    assertThat(described).hasSize(138);
    assertThat(WebhookRequest.describedEvents()).isEqualTo(described);
  }

  @Test
  void subject_isOfATypeOfTheNameIfNotSet() throws IOException {
    String types = Files.readString(Path.of("../openapi/components/schemas/Resource.yaml"));
    for (String name : WebhookRequest.describedEvents()) {
      JsonObject subject =
          attributes(WebhookRequest.event(name).sign("wbhsec_test"))
              .getAsJsonObject("payload")
              .getAsJsonObject("data");

      String type = subject.get("type").getAsString();
      assertThat(name).startsWith(type.replaceFirst("/.*", ""));
      assertThat(types).contains(" " + type + ":");
      assertThat(subject.get("id").getAsString()).startsWith("obj_");
    }
  }

  @Test
  void idThatIsNotSet_isThatOfAllRequestsOfABuilderOnly() {
    WebhookRequest.Builder builder = WebhookRequest.event("x.y").time(TIME);

    assertThat(builder.sign("a").body()).isEqualTo(builder.sign("b").body());
    assertThat(builder.sign("a").body())
        .isNotEqualTo(WebhookRequest.event("x.y").time(TIME).sign("a").body());
  }

  @Test
  void headers_areThoseOfPersona() {
    WebhookRequest request =
        WebhookRequest.event("inquiry.approved").time(TIME).attempt(3).sign("wbhsec_test");

    assertThat(request.headers())
        .containsOnlyKeys(
            "Content-Type",
            "Persona-Signature",
            "Persona-Webhook-Attempts-Made",
            "Persona-Webhook-Attempts-Left",
            "Persona-Webhook-First-Attempted-At");
    assertThat(request.header("persona-webhook-attempts-made")).isEqualTo("3");
    assertThat(request.header("Persona-Webhook-Attempts-Left")).isEqualTo("5");
    assertThat(request.header("Persona-Webhook-First-Attempted-At"))
        .isEqualTo("2026-01-28T10:15:30.250Z");
    assertThat(request.header("X-Other")).isNull();
    assertThat(request).hasToString("WebhookRequest{" + request.body().length + " bytes}");
  }

  @Test
  void timeThatIsNotSet_isNow() {
    long before = Instant.now().getEpochSecond();
    String signature = WebhookRequest.event("x.y").sign("wbhsec_test").signature();

    assertThat(Long.parseLong(signature.substring(2, signature.indexOf(','))))
        .isBetween(before, Instant.now().getEpochSecond());
  }

  @Test
  void invalidSettings_areRefused() {
    for (String json : List.of("{", "", "nope", "{type:inquiry}", "{'a':1}", "// c\n{}")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WebhookRequest.event("x.y").subject(json))
          .withMessage("json: must be JSON");
    }
    for (int attempt : new int[] {0, 9}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WebhookRequest.event("x.y").attempt(attempt))
          .withMessage("attempt: must be from 1 to 8");
    }
  }
}
