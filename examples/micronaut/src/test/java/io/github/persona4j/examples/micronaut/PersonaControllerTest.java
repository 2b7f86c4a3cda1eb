package io.github.persona4j.examples.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.WebhookRequest;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PersonaControllerTest {
  private static final String SECRET = "wbhsec_test";

  private static FakePersona fake;
  private static EmbeddedServer application;

  @BeforeAll
  static void start() {
    fake = FakePersona.builder().deliverToAnyHost().start();
    application =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.host",
                "127.0.0.1",
                "micronaut.server.port",
                "-1",
                "persona.api-key",
                fake.apiKey(),
                "persona.base-url",
                fake.baseUrl(),
                "persona.webhook.secret",
                SECRET));
  }

  @AfterAll
  static void stop() {
    application.close();
    fake.close();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(application.getURI() + path));
  }

  private static HttpRequest.Builder delivery(WebhookRequest webhook) {
    return request("/webhook")
        .header("Content-Type", "application/json")
        .header("Persona-Signature", webhook.signature())
        .POST(BodyPublishers.ofByteArray(webhook.body()));
  }

  private static WebhookRequest approved(String secret) {
    return WebhookRequest.event("inquiry.approved")
        .subject("{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{}}")
        .sign(secret);
  }

  @Test
  void inquiry_isWrittenAsTheApiDoes() throws Exception {
    String id = fake.ids("inquiry").get(0);

    HttpResponse<String> response = send(request("/inquiries/" + id));

    assertThat(response.statusCode()).isEqualTo(200);
    var inquiry = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(inquiry.get("type").getAsString()).isEqualTo("inquiry");
    assertThat(inquiry.get("id").getAsString()).isEqualTo(id);
    assertThat(inquiry.getAsJsonObject("attributes").has("reference-id")).isTrue();
  }

  @Test
  void signedEvent_isHandled() throws Exception {
    assertThat(send(delivery(approved(SECRET))).statusCode()).isEqualTo(200);

    assertThat(application.getApplicationContext().getBean(ApprovedUsers.class).contains("inq_1"))
        .isTrue();
  }

  @Test
  void eventWithAnotherSignature_isRefused() throws Exception {
    assertThat(send(delivery(approved("wbhsec_other"))).statusCode()).isEqualTo(401);
  }
}
