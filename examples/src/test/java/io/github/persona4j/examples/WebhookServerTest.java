package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.testing.WebhookRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class WebhookServerTest {
  private static int status(HttpServer server, String secret)
      throws IOException, InterruptedException {
    WebhookRequest event =
        WebhookRequest.event("inquiry.approved")
            .subject("{\"type\":\"inquiry\",\"id\":\"inq_1\"}")
            .sign(secret);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhook"))
            .header("Persona-Signature", event.signature())
            .POST(BodyPublishers.ofByteArray(event.body()))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void signedEvent_isAccepted_anotherSecretIsNot() throws IOException, InterruptedException {
    HttpServer server = WebhookServer.start("wbhsec_test", 0);
    try {
      assertThat(status(server, "wbhsec_test")).isEqualTo(200);
      assertThat(status(server, "wbhsec_other")).isEqualTo(401);
    } finally {
      server.stop(0);
    }
  }
}
