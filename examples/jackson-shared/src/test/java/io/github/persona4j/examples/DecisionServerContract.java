package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.testing.FakePersona;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts one of the applications and calls it over HTTP. */
public abstract class DecisionServerContract {
  /** An application that runs. */
  public record Server(int port, AutoCloseable stop) {}

  private final FakePersona fake = FakePersona.start();
  private final PersonaClient persona =
      PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build();
  private Server server;

  /** Starts the application. */
  protected abstract Server start(PersonaClient persona) throws IOException;

  @BeforeEach
  void startServer() throws IOException {
    server = start(persona);
  }

  @AfterEach
  void stopServer() throws Exception {
    server.stop().close();
    persona.close();
    fake.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient().send(request.uri(uri).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), path);
  }

  @Test
  void getOfAnInquiry_returnsTheJsonOfTheApi() throws Exception {
    Inquiry inquiry = persona.inquiries().listAll().iterator().next();

    HttpResponse<String> response = send(HttpRequest.newBuilder(), "/inquiries/" + inquiry.id());
    assertThat(response.statusCode()).isEqualTo(200);
    Inquiry expected = persona.inquiries().retrieve(inquiry.id()).data();
    assertThat(response.body()).isEqualTo(expected.toJson());
    assertThat(Inquiry.fromJson(response.body())).isEqualTo(expected);
    assertThat(send(HttpRequest.newBuilder(), "/inquiries/inq_none").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"ok\""})
  void postedModel_comesBackWithItsUnknownParts(String note) throws Exception {
    String decision =
        """
        {"id":"d-1","status":"levitated","inquiry":{"type":"inquiry","id":"inq_1",\
        "attributes":{"status":"created","note":null,"amount":12345678901234567890.10},\
        "new":{"b":1e400,"a":[null,1.50]}},"verifications":[{"type":"verification/aura",\
        "id":"ver_1","colour":null},{"type":"verification/selfie","id":"ver_2"}],"note":%s}\
        """
            .formatted(note);

    HttpResponse<String> response = post("/decisions", decision);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(decision);
  }

  @Test
  void event_isAcceptedAsAWebhookSendsItAndAlone() throws Exception {
    String event =
        "{\"type\":\"event\",\"id\":\"evt_1\",\"attributes\":{\"name\":\"inquiry.levitated\"}}";

    for (String body : new String[] {event, "{\"data\":" + event + "}"}) {
      assertThat(post("/events", body).body())
          .isEqualTo("{\"id\":\"evt_1\",\"name\":\"inquiry.levitated\"}");
    }
  }

  @Test
  void wrongJson_isRefusedWithoutItsValues() throws Exception {
    HttpResponse<String> response =
        post("/events", "{\"data\":{\"type\":\"account\",\"id\":\"act_s3cret\"}}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("$.data.type").doesNotContain("s3cret");
    assertThat(post("/decisions", "{\"inquiry\":\"s3cret\"}"))
        .returns(400, HttpResponse::statusCode)
        .satisfies(each -> assertThat(each.body()).doesNotContain("s3cret"));
    assertThat(post("/decisions", "{").statusCode()).isEqualTo(400);
  }
}
