package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.testing.KeyCasing;
import io.github.persona4j.testing.WebhookRequest;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhook requests over HTTP to a server with one of the examples at {@code /webhook}. */
public abstract class WebhookServerTest {
  private static final String SECRET = "wbhsec_test";

  private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
  private Server server;

  /**
   * A server that runs.
   *
   * @param stop stops it
   */
  public record Server(int port, AutoCloseable stop) {}

  /** Starts the server on the loopback interface. */
  protected abstract Server start(WebhookHandler webhook) throws Exception;

  /** The status for a body that is too long. */
  protected int tooLong() {
    return 400;
  }

  @BeforeEach
  void startServer() throws Exception {
    WebhookHandler webhook =
        WebhookHandler.builder()
            .verifier(WebhookVerifier.of(SECRET))
            .log(line -> {})
            .on(
                EventName.INQUIRY_APPROVED,
                Inquiry.class,
                (event, inquiry) -> handled.add(inquiry.id()))
            .otherwise(
                event -> {
                  throw new IOException("not handled");
                })
            .build();
    server = start(webhook);
  }

  @AfterEach
  void stopServer() throws Exception {
    server.stop().close();
  }

  private int send(WebhookRequest request, String header) throws Exception {
    HttpRequest http =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/webhook"))
            .header("Content-Type", "application/json")
            .header(header, request.signature())
            .POST(BodyPublishers.ofByteArray(request.body()))
            .build();
    return HttpClient.newHttpClient().send(http, BodyHandlers.discarding()).statusCode();
  }

  private static WebhookRequest.Builder approved(String id) {
    return WebhookRequest.event("inquiry.approved")
        .id(id)
        .subject("{\"type\":\"inquiry\",\"id\":\"inq_\u00e4\",\"attributes\":{}}");
  }

  @Test
  void event_isHandledOnce() throws Exception {
    WebhookRequest request = approved("evt_1").casing(KeyCasing.CAMEL).sign(SECRET);

    assertThat(send(request, "Persona-Signature")).isEqualTo(200);
    assertThat(send(request, "persona-signature")).isEqualTo(200);
    assertThat(send(approved("evt_2").sign("wbhsec_old", SECRET), "PERSONA-SIGNATURE"))
        .isEqualTo(200);

    assertThat(handled).containsExactly("inq_\u00e4", "inq_\u00e4");
  }

  @Test
  void largeEvent_isHandled() throws Exception {
    String subject = "{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"note\":\"%s\"}}";
    WebhookRequest large =
        WebhookRequest.event("inquiry.approved")
            .subject(subject.formatted("x".repeat(1_000_000)))
            .sign(SECRET);

    assertThat(send(large, "Persona-Signature")).isEqualTo(200);
    assertThat(handled).containsExactly("inq_1");
  }

  @Test
  void invalidRequests_areRefused() throws Exception {
    assertThat(send(approved("evt_1").sign("wbhsec_other"), "Persona-Signature")).isEqualTo(401);
    assertThat(send(approved("evt_1").sign(SECRET), "X-Signature")).isEqualTo(401);
    assertThat(send(WebhookRequest.body("{}").sign(SECRET), "Persona-Signature")).isEqualTo(400);
    assertThat(send(WebhookRequest.body(new byte[(1 << 20) + 1]).sign(SECRET), "Persona-Signature"))
        .isEqualTo(tooLong());
    assertThat(send(WebhookRequest.body("").sign(SECRET), "Persona-Signature")).isEqualTo(400);
    assertThat(handled).isEmpty();
  }

  @Test
  void failedHandler_is500() throws Exception {
    assertThat(send(WebhookRequest.event("hologram.shown").sign(SECRET), "Persona-Signature"))
        .isEqualTo(500);
  }
}
