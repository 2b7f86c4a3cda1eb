package io.github.persona4j.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.persona4j.spring.test.AutoConfigureFakePersona;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.github.persona4j.testing.WebhookDelivery;
import io.github.persona4j.testing.WebhookRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The application on a port of its own, with the fake in place of the API. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "persona.retry.initial-delay=1ms",
      "management.endpoint.configprops.show-values=always",
      "management.endpoint.env.show-values=always"
    })
@AutoConfigureFakePersona
class OnboardingApplicationTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Autowired private FakePersona fake;

  @Value("${local.server.port}")
  private int port;

  @Value("${persona.webhook.secrets}")
  private String secret;

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private JsonObject get(String path) throws Exception {
    HttpResponse<String> response = send(request(path));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private String states(String customer) throws Exception {
    return send(request("/users/" + customer)).body();
  }

  /** Begins an inquiry, and returns its ID. */
  private String begin(String customer) throws Exception {
    HttpResponse<String> response =
        send(request("/users/" + customer + "/inquiries").POST(BodyPublishers.noBody()));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    JsonObject inquiry = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(inquiry.get("type").getAsString()).isEqualTo("inquiry");
    JsonObject relationships = inquiry.getAsJsonObject("relationships");
    assertThat(relationships.getAsJsonObject("account").get("data").isJsonObject()).isTrue();
    return inquiry.get("id").getAsString();
  }

  private void approve(String inquiryId) {
    fake.inquiry(inquiryId).start().complete();
    fake.reviewer().approve(inquiryId);
    fake.webhooks().await();
  }

  @Test
  void inquiry_hasTheJsonOfTheApi() throws Exception {
    String id = begin("ada");
    HttpRequest.Builder original =
        HttpRequest.newBuilder(URI.create(fake.baseUrl() + "/inquiries/" + id))
            .header("Authorization", "Bearer " + fake.apiKey())
            .header("Key-Inflection", "kebab");

    JsonElement data = JsonParser.parseString(send(original).body()).getAsJsonObject().get("data");
    assertThat(get("/inquiries/" + id)).isEqualTo(data);
  }

  @Test
  void missingInquiry_isTheStatusOfTheHandler() throws Exception {
    assertThat(send(request("/inquiries/inq_none")).statusCode()).isEqualTo(404);
  }

  @Test
  void unknownPartsOfAModel_surviveTheApplication() throws Exception {
    String body =
        """
        {"type":"event","id":"evt_1","new-member":{"a":[1,null,"\u00e4"]},"attributes":{
          "name":"inquiry.dreamt","created-at":"2026-01-02T03:04:05.678Z","redacted-at":null,
          "big":12345678901234567890.123456789,"new-attribute":{"deep":[{}]},
          "payload":{"data":{"type":"hologram","id":"hol_1","attributes":{"colour":"blue"}}}}}
        """;
    HttpResponse<String> response =
        send(
            request("/events")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(JsonParser.parseString(response.body())).isEqualTo(JsonParser.parseString(body));
    assertThat(response.body()).contains("12345678901234567890.123456789");
  }

  @Test
  void bodyThatIsNoEvent_isABadRequest() throws Exception {
    for (String body : List.of("[]", "{\"type\":7", "\"evt_1\"")) {
      HttpResponse<String> response =
          send(
              request("/events")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(response.statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void approvedInquiry_reachesTheApplicationOnceThoughItIsSentTwice() throws Exception {
    String id = begin("grace");
    fake.inquiry(id).start().complete();
    fake.webhooks().await();
    fake.webhooks().duplicateNext(1);
    fake.reviewer().approve(id);
    fake.webhooks().await();

    assertThat(states("grace")).isEqualTo("[\"invited\",\"active\"]");
    assertThat(fake.deliveries())
        .filteredOn(delivery -> delivery.eventName().equals("inquiry.approved"))
        .filteredOn(delivery -> delivery.request().body().length > 0)
        .last()
        .satisfies(delivery -> assertThat(delivery.responseStatus()).isEqualTo(200));
  }

  @Test
  void badSignature_isRefusedAndTheEventComesAgain() throws Exception {
    String id = begin("alan");
    fake.inquiry(id).start().complete();
    fake.webhooks().await();
    fake.webhooks().missignNext(1);
    fake.reviewer().approve(id);
    fake.webhooks().await();
    WebhookDelivery refused = fake.deliveries().get(fake.deliveries().size() - 1);
    assertThat(refused.responseStatus()).isEqualTo(401);
    assertThat(states("alan")).isEqualTo("[\"invited\"]");

    fake.clock().advance(Duration.ofHours(1));
    assertThat(states("alan")).isEqualTo("[\"invited\",\"active\"]");
  }

  @Test
  void unknownEvent_isAccepted() throws Exception {
    WebhookRequest event = WebhookRequest.event("inquiry.dreamt").time(now()).sign(secret);
    assertThat(send(webhook(event)).statusCode()).isEqualTo(200);
    assertThat(send(webhook(WebhookRequest.event("inquiry.dreamt").sign("other"))).statusCode())
        .isEqualTo(401);
  }

  private Instant now() {
    return fake.clock().instant(); // which another test may have moved
  }

  private HttpRequest.Builder webhook(WebhookRequest event) {
    return request("/webhooks/persona")
        .header("Content-Type", "application/json")
        .header("Persona-Signature", event.signature())
        .POST(BodyPublishers.ofByteArray(event.body()));
  }

  @Test
  void retriedCall_isInTheMetrics() throws Exception {
    String id = begin("kurt");
    fake.failNext(Fault.status(503));
    JsonObject inquiry = get("/inquiries/" + id);
    assertThat(inquiry.get("id").getAsString()).isEqualTo(id);

    String calls =
        get("/actuator/metrics/persona.calls?tag=operation:inquiries.retrieve").toString();
    assertThat(calls).contains("\"statistic\":\"COUNT\"").doesNotContain(id);
    assertThat(get("/actuator/metrics/persona.retries").toString()).contains("inquiries.retrieve");
    approve(id);
  }

  @Test
  void health_isThatOfTheApi() throws Exception {
    JsonObject health = get("/actuator/health");
    assertThat(
            health
                .getAsJsonObject("components")
                .getAsJsonObject("persona")
                .get("status")
                .getAsString())
        .isEqualTo("UP");
  }

  @Test
  void actuator_showsNoSecret() throws Exception {
    for (String endpoint : List.of("configprops", "env", "env/persona.api-key")) {
      assertThat(get("/actuator/" + endpoint).toString())
          .doesNotContain(fake.apiKey())
          .doesNotContain(secret);
    }
    assertThat(get("/actuator/configprops/persona").toString())
        .contains("\"apiKey\":\"******\"")
        .contains("\"path\":\"/webhooks/persona\"");
  }
}
