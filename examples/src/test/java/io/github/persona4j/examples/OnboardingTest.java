package io.github.persona4j.examples;

import static io.github.persona4j.testing.VerificationStep.governmentId;
import static io.github.persona4j.testing.VerificationStep.selfie;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.RegisteredWebhook;
import io.github.persona4j.testing.ReportOutcome;
import io.github.persona4j.testing.Reviewer;
import io.github.persona4j.testing.WebhookDelivery;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookResult;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole application against the fake: requests, the person, the clock, and webhooks. */
class OnboardingTest {
  private final FakePersona fake = FakePersona.start();
  private final PersonaClient persona =
      PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build();
  private final Onboarding onboarding = new Onboarding(persona, "itmpl_identity");
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    fake.clock().set(fake.clock().instant()); // only the test moves the time
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RegisteredWebhook webhook =
        fake.webhooks()
            .to("http://127.0.0.1:" + server.getAddress().getPort() + "/persona")
            .register();
    WebhookHandler handler =
        onboarding.webhook(
            WebhookVerifier.builder().secret(webhook.secret()).clock(fake.clock()).build());
    server.createContext(
        "/persona",
        exchange -> {
          try (exchange) {
            WebhookResult result =
                handler.handle(exchange.getRequestBody(), exchange.getRequestHeaders());
            exchange.sendResponseHeaders(result.status(), -1);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    persona.close();
    fake.close();
  }

  @Test
  void customerWhoIsInNoWatchlist_isActiveWithinASecond() {
    takeOn("customer-0"); // loads the classes
    long begin = System.nanoTime();
    takeOn("customer-1");

    assertThat(onboarding.stateOf("customer-1")).isEqualTo("active");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    assertThat(fake.deliveries())
        .extracting(WebhookDelivery::eventName)
        .contains(
            "inquiry.created",
            "inquiry.started",
            "verification.passed",
            "inquiry.completed",
            "report/watchlist.ready",
            "inquiry.approved");
    assertThat(fake.deliveries())
        .extracting(WebhookDelivery::result)
        .containsOnly(WebhookDelivery.Result.DELIVERED);
  }

  private void takeOn(String customer) {
    // region people-and-time
    String link = onboarding.begin(customer);
    fake.open(link).submit(governmentId(), selfie()).complete();
    // endregion
    fake.webhooks().await();
    assertThat(onboarding.stateOf(customer)).isEqualTo("invited");
    fake.clock().advance(Duration.ofSeconds(1)); // the report becomes ready
  }

  @Test
  void customerWhoIsInAWatchlist_isRefused() {
    fake.reports(ReportOutcome.match().after(Duration.ofMillis(500)));
    takeOn("customer-1");

    assertThat(onboarding.stateOf("customer-1")).isEqualTo("refused");
  }

  @Test
  void customerWhoDoesNotComplete_isLostAfterADay() {
    String link = onboarding.begin("customer-1");
    fake.open(link).submit(governmentId().failed("id_expired_detection"));
    fake.clock().advance(Duration.ofDays(1));

    assertThat(onboarding.stateOf("customer-1")).isEqualTo("lost");
  }

  @Test
  void eventsThatArriveTwiceOrLate_changeNothing() {
    fake.webhooks().duplicateNext(50);
    fake.webhooks().loseNextResponses(3);
    takeOn("customer-1");

    assertThat(onboarding.stateOf("customer-1")).isEqualTo("active");
  }

  @Test
  void everyStep_canGoWrong() {
    String id = persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_identity")).data().id();
    // region people-and-time-2
    fake.reviewer().whenMarkedForReview(Reviewer.Decision.DECLINE, Duration.ofMinutes(5));
    fake.reports("report/watchlist", ReportOutcome.match().after(Duration.ofSeconds(2)));

    fake.inquiry(id).start();
    fake.inquiry(id).submit(governmentId().requiresRetry("id_expired_detection"));
    fake.inquiry(id).submit(governmentId().failed()).fail();
    fake.reviewer().markForReview(id);
    fake.clock().advance(Duration.ofMinutes(5));
    // endregion

    assertThat(fake.inquiry(id).status()).isEqualTo("declined");
  }
}
