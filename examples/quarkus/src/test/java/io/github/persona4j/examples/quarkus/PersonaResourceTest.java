package io.github.persona4j.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.WebhookRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PersonaResourceTest.Fake.class)
class PersonaResourceTest {
  private static final String SECRET = "wbhsec_test";

  @SuppressWarnings("NullAway.Init") // set by Quarkus
  @TestHTTPResource
  URI application;

  @Inject ApprovedUsers approved;

  @Inject
  @ConfigProperty(name = "test.inquiry")
  String inquiryId;

  /** Starts the fake before the application, whose configuration has its URL. */
  public static final class Fake implements QuarkusTestResourceLifecycleManager {
    private final FakePersona fake = FakePersona.start();

    @Override
    public Map<String, String> start() {
      return Map.of(
          "persona.api-key", fake.apiKey(),
          "persona.base-url", fake.baseUrl(),
          "persona.webhook.secret", SECRET,
          "test.inquiry", fake.ids("inquiry").get(0));
    }

    @Override
    public void stop() {
      fake.close();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(application.resolve(path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> deliver(String secret) throws Exception {
    WebhookRequest webhook =
        WebhookRequest.event("inquiry.approved")
            .subject("{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{}}")
            .sign(secret);
    return send(
        request("webhook")
            .header("Content-Type", "application/json")
            .header("Persona-Signature", webhook.signature())
            .POST(BodyPublishers.ofByteArray(webhook.body())));
  }

  @Test
  void inquiry_isWrittenAsTheApiDoes() throws Exception {
    HttpResponse<String> response = send(request("inquiries/" + inquiryId));

    assertThat(response.statusCode()).isEqualTo(200);
    var inquiry = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(inquiry.get("type").getAsString()).isEqualTo("inquiry");
    assertThat(inquiry.get("id").getAsString()).isEqualTo(inquiryId);
    assertThat(inquiry.getAsJsonObject("attributes").has("reference-id")).isTrue();
  }

  @Test
  void signedEvent_isHandled() throws Exception {
    assertThat(deliver(SECRET).statusCode()).isEqualTo(200);

    assertThat(approved.contains("inq_1")).isTrue();
  }

  @Test
  void eventWithAnotherSignature_isRefused() throws Exception {
    assertThat(deliver("wbhsec_other").statusCode()).isEqualTo(401);
  }
}
