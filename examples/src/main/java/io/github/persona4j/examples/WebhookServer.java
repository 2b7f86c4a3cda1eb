package io.github.persona4j.examples;

import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookResult;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Receives webhooks on port 8080. Requires {@code PERSONA_WEBHOOK_SECRET}. */
public final class WebhookServer {
  private WebhookServer() {}

  /** Starts the server, which runs until the process ends. */
  public static void main(String[] args) throws IOException {
    start(System.getenv("PERSONA_WEBHOOK_SECRET"), 8080);
  }

  static HttpServer start(String secret, int port) throws IOException {
    WebhookHandler webhook =
        WebhookHandler.builder()
            .verifier(WebhookVerifier.of(secret))
            .on(
                EventName.INQUIRY_APPROVED,
                Inquiry.class,
                (event, inquiry) -> System.out.println("approved " + inquiry.id()))
            .build();
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext(
        "/webhook",
        exchange -> {
          try (exchange) {
            WebhookResult result =
                webhook.handle(exchange.getRequestBody(), exchange.getRequestHeaders());
            exchange.sendResponseHeaders(result.status(), -1);
          }
        });
    server.start();
    return server;
  }
}
