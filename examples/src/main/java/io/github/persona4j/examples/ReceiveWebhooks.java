package io.github.persona4j.examples;

import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.Resource;
import io.github.persona4j.model.Verification;
import io.github.persona4j.webhook.JdbcProcessedEvents;
import io.github.persona4j.webhook.ProcessedEvents;
import io.github.persona4j.webhook.WebhookEvent;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookResult;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Receives the events that Persona sends to a webhook, with the HTTP server of the JDK. */
final class ReceiveWebhooks {
  private ReceiveWebhooks() {}

  /** Returns a handler that passes a line on each event. */
  static WebhookHandler handler(String secret, Consumer<String> lines) {
    // region webhooks
    WebhookHandler webhook =
        WebhookHandler.builder()
            .verifier(WebhookVerifier.of(secret))
            .on(
                EventName.INQUIRY_APPROVED,
                Inquiry.class,
                (event, inquiry) -> lines.accept("approved " + inquiry.id()))
            .onAny(
                "report/*.ready",
                Report.class,
                (event, report) -> lines.accept("ready " + report.id()))
            .otherwise(event -> lines.accept("other " + event.name()))
            .build();
    // endregion
    return webhook;
  }

  /** Starts a server on a free port of the loopback interface. */
  static HttpServer start(WebhookHandler webhook) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // region in-a-server
    server.createContext(
        "/webhook",
        exchange -> {
          try (exchange) {
            WebhookResult result =
                webhook.handle(exchange.getRequestBody(), exchange.getRequestHeaders());
            exchange.sendResponseHeaders(result.status(), -1);
          }
        });
    // endregion
    server.start();
    return server;
  }

  static WebhookVerifier rotating(String current, String next) {
    // region signatures
    WebhookVerifier verifier = WebhookVerifier.of(current, next);
    // endregion
    return verifier;
  }

  /** Uses the two classes without a handler. */
  static String byHand(
      WebhookVerifier verifier, byte[] body, Function<String, @Nullable String> headers) {
    // region events
    String signature = headers.apply(WebhookVerifier.SIGNATURE_HEADER); // "Persona-Signature"
    verifier.verify(body, signature); // throws a WebhookSignatureException
    WebhookEvent event = WebhookEvent.read(body); // throws a WebhookBodyException
    Resource subject = event.subject();
    if (subject instanceof Inquiry inquiry) {
      return "inquiry " + inquiry.attributes().status();
    } else if (subject instanceof Verification verification) {
      return "verification " + verification.id();
    }
    // endregion
    return "another resource";
  }

  static Optional<Account> account(PersonaClient persona, WebhookEvent event, Inquiry inquiry) {
    // region events-3
    Optional<Account> account =
        event.related(inquiry.account()).or(() -> persona.fetch(inquiry.account()));
    // endregion
    return account;
  }

  static @Nullable String olderName(Inquiry inquiry) {
    // region events-2
    JsonValue name = inquiry.attributes().property("name-first");
    // endregion
    return name == null || name.isNull() ? null : name.asString();
  }

  static ProcessedEvents processedEvents(DataSource database) {
    // region duplicates
    JdbcProcessedEvents processed =
        JdbcProcessedEvents.of(database, "persona_events", Duration.ofMinutes(5));
    processed.removeBefore(Instant.now().minus(Duration.ofDays(30))); // once a day
    // endregion
    return processed;
  }

  /** Handles the events since a time, and returns the IDs of those that failed. */
  static List<String> afterAnOutage(
      PersonaClient persona, WebhookHandler webhook, OffsetDateTime begin) {
    // region after-an-outage
    Deque<Event> missed = new ArrayDeque<>();
    for (Event event : persona.events().listAll()) { // newest first
      OffsetDateTime created = event.attributes().createdAt();
      if (created != null && created.isBefore(begin)) {
        break;
      }
      missed.addFirst(event);
    }
    List<String> failed = new ArrayList<>();
    for (Event event : missed) { // oldest first
      WebhookResult result = webhook.replay(WebhookEvent.of(event));
      if (result.status() != 200) {
        failed.add(event.id()); // replay it again later
      }
    }
    // endregion
    return failed;
  }

  static void inOrder(ProcessedEvents processed, WebhookEvent event, Runnable update) {
    // region order
    if (!processed.isOutdated(event)) {
      update.run();
    }
    // endregion
  }
}
