package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Report;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.ReportOutcome;
import io.github.persona4j.testing.WebhookRequest;
import io.github.persona4j.webhook.WebhookEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitForResultsTest {
  private final FakePersona fake = FakePersona.builder().inquiries(0).events(0).start();
  private final PersonaClient persona =
      PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build();

  @AfterEach
  void stop() {
    persona.close();
    fake.close();
  }

  private String inquiry() {
    return persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_1")).data().id();
  }

  @Test
  void report_isScreened() {
    fake.reports(ReportOutcome.match().after(Duration.ofMillis(700)));
    assertThat(WaitForResults.screen(persona, "Ada", "Example")).isEqualTo("match");
    fake.reports(ReportOutcome.noMatch());
    assertThat(WaitForResults.screen(persona, "Ada", "Example")).isEqualTo("clear");
    fake.reports(ReportOutcome.error());
    assertThat(WaitForResults.screen(persona, "Ada", "Example")).isEqualTo("failed");
  }

  @Test
  void decision_isWaitedFor_withItsProgress() {
    String id = inquiry();
    List<String> log = new ArrayList<>();
    CompletableFuture<Void> later =
        CompletableFuture.runAsync(
            () -> {
              fake.inquiry(id).start();
              persona.inquiries().approve(id);
            },
            CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));

    assertThat(WaitForResults.isApproved(persona, id, log::add)).isTrue();

    later.join();
    assertThat(log).startsWith("created").endsWith("approved");
  }

  @Test
  void many_areDecided() {
    String approved = inquiry();
    String expired = inquiry();
    persona.inquiries().approve(approved);
    persona.inquiries().expire(expired);

    assertThat(WaitForResults.decided(persona, List.of(approved, expired))).isOne();
    assertThat(persona.inquiries().retrieve(expired).data().attributes().tags())
        .containsExactly("not-decided");
  }

  @Test
  void condition_isWaitedFor() {
    String id = persona.accounts().create(a -> a.referenceId("user-1")).data().id();
    persona.accounts().update(id, a -> a.accountStatus("Verified"));

    assertThat(WaitForResults.verified(persona, id).id()).isEqualTo(id);
  }

  @Test
  void event_endsAWaitEarly() throws Exception {
    fake.reports(ReportOutcome.pending());
    String id = persona.reports().createWatchlist(a -> a.query(q -> q.nameLast("E"))).data().id();
    CompletableFuture<Report> wait = WaitForResults.withoutAThread(persona, id);
    fake.finishReport(id, ReportOutcome.noMatch());

    WaitForResults.received(
        persona,
        WebhookEvent.read(
            WebhookRequest.event("report/watchlist.ready")
                .subject("{\"type\":\"report/watchlist\",\"id\":\"" + id + "\"}")
                .sign("wbhsec_test")
                .body()));

    assertThat(wait.get(10, TimeUnit.SECONDS).id()).isEqualTo(id);
  }
}
