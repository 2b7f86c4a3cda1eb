package io.github.persona4j;

import static io.github.persona4j.testing.VerificationStep.governmentId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.ReportFailedException;
import io.github.persona4j.error.WaitFailedException;
import io.github.persona4j.error.WaitTimeoutException;
import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.Report;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.testing.FakeClock;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.github.persona4j.testing.ReportOutcome;
import io.github.persona4j.testing.Reviewer;
import io.github.persona4j.waiter.WaitSummary;
import io.github.persona4j.waiter.Waiter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits against the fake, whose clock moves while they pause. */
@Timeout(60)
class WaiterAndFakeTest {
  private FakePersona fake;
  private PersonaClient client;
  private Instant begin;

  /** The time of a fake: a pause moves its clock. */
  private record FakeTime(FakeClock clock) implements TimeSource {
    @Override
    public long nanos() {
      return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    @Override
    public Instant now() {
      return clock.instant();
    }

    @Override
    public double random() {
      return 0.5;
    }

    @Override
    public CompletableFuture<@Nullable Void> pause(long nanos) {
      clock.advance(Duration.ofNanos(nanos));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<@Nullable Void> alarm(long nanos) {
      return new CompletableFuture<>();
    }
  }

  @BeforeEach
  void start() {
    start(FakePersona.builder().events(0).inquiries(0));
  }

  private void start(FakePersona.Builder builder) {
    fake = builder.start();
    begin = Instant.parse("2026-01-28T10:15:30Z");
    fake.clock().set(begin);
    client =
        PersonaClient.builder()
            .apiKey(fake.apiKey())
            .baseUrl(fake.baseUrl())
            .time(new FakeTime(fake.clock()))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    fake.close();
  }

  private Duration elapsed() {
    return Duration.between(begin, fake.clock().instant());
  }

  private String report() {
    return client.reports().createWatchlist(a -> a.query(q -> q.nameLast("E"))).data().id();
  }

  private String inquiry() {
    return client.inquiries().create(a -> a.inquiryTemplateId("itmpl_1")).data().id();
  }

  /** A waiter that lets a move happen after the second retrieval. */
  private Waiter moving(String id, String... moves) {
    List<String> left = new ArrayList<>(List.of(moves));
    return client
        .waiter()
        .onProgress(
            progress -> {
              if (progress.retrievals() >= 2 && !left.isEmpty()) {
                fake.move(id, left.remove(0));
              }
            });
  }

  // ---- reports ----

  @Test
  void report_becomesReady() {
    fake.reports(ReportOutcome.match().after(Duration.ofSeconds(45)));

    Report report = client.waiter().untilReady(report());

    assertThat(report.attributes().hasMatch()).isTrue();
    assertThat(elapsed()).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(56));
    assertThat(fake.requests()).hasSizeLessThan(15);
  }

  @Test
  void report_fails() {
    fake.reports(ReportOutcome.error().after(Duration.ofSeconds(2)));
    assertThatExceptionOfType(ReportFailedException.class)
        .isThrownBy(() -> client.waiter().untilReady(report()));
  }

  @Test
  void report_neverBecomesReady() {
    fake.reports(ReportOutcome.pending());
    String id = report();

    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> client.waiter().untilReady(id))
        .satisfies(e -> assertThat(e.last(Report.class)).map(Report::id).contains(id));
    assertThat(elapsed()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void report_isRedactedMeanwhile() {
    fake.reports(ReportOutcome.pending());
    assertThatExceptionOfType(ReportFailedException.class)
        .isThrownBy(
            () -> {
              String id = report();
              moving(id, "redact").untilReady(id);
            });
  }

  @Test
  void report_thatDoesNotExist_isNotFound() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> client.waiter().untilReady("rep_doesNotExist"));
    assertThat(elapsed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  @Test
  void badDay_isWaitedThrough() {
    fake.reports(ReportOutcome.noMatch().after(Duration.ofSeconds(60)));
    String id = report();
    fake.faults()
        .on("GET /reports/{report-id}")
        .times(12)
        .fail(Fault.status(503), Fault.dropConnection(), Fault.html(502), Fault.status(429));

    assertThat(client.waiter().timeout(Duration.ofHours(1)).untilReady(id).id()).isEqualTo(id);
  }

  @Test
  void manyReports_areWaitedForTogether() {
    fake.reports(ReportOutcome.noMatch().after(Duration.ofSeconds(5)));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ids.add(report());
    }
    int before = fake.requests().size();

    WaitSummary<Report> summary = client.waiter().untilAllReady(ids);

    assertThat(summary.reached()).containsOnlyKeys(ids);
    assertThat(fake.requests().size() - before).isLessThan(10);
  }

  // ---- inquiries ----

  @Test
  void inquiry_isDecidedByAReviewer() {
    String id = inquiry();
    fake.reviewer().whenMarkedForReview(Reviewer.Decision.DECLINE, Duration.ofMinutes(5));
    fake.inquiry(id).start();
    fake.reviewer().markForReview(id);

    Inquiry decided = client.waiter().timeout(Duration.ofMinutes(30)).untilDecided(id);

    assertThat(decided.attributes().status()).isEqualTo(InquiryStatus.DECLINED);
    assertThat(elapsed()).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(311));
  }

  @Test
  void inquiryThatExpires_isNotDecided_butItsFlowIsFinished() {
    String id = inquiry();
    Waiter patient = client.waiter().timeout(Duration.ofDays(2));

    assertThatExceptionOfType(WaitFailedException.class)
        .isThrownBy(
            () -> patient.intervals(Duration.ofMinutes(1), Duration.ofHours(1)).untilDecided(id))
        .withMessageEndingWith("its state is expired");
    assertThat(elapsed()).isBetween(Duration.ofHours(24), Duration.ofHours(26));
    assertThat(patient.untilFlowFinished(id).attributes().status())
        .isEqualTo(InquiryStatus.EXPIRED);
  }

  @Test
  void completedInquiry_isNotDecided_andRedactionEndsTheWait() {
    String id = inquiry();
    fake.inquiry(id).start().submit(governmentId()).complete();

    assertThat(client.waiter().untilFlowFinished(id).id()).isEqualTo(id);
    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> client.waiter().untilDecided(id));
    assertThatExceptionOfType(WaitFailedException.class)
        .isThrownBy(() -> moving(id, "redact").untilDecided(id));
  }

  @Test
  void manyInquiries_areWaitedForTogether() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      ids.add(inquiry());
    }
    ids.subList(0, 119).forEach(id -> client.inquiries().approve(id));
    int before = fake.requests().size();

    WaitSummary<Inquiry> summary =
        client
            .waiter()
            .timeout(Duration.ofDays(2))
            .intervals(Duration.ofSeconds(1), Duration.ofMinutes(30))
            .untilAllDecided(ids);

    assertThat(summary.reached()).hasSize(119);
    assertThat(summary.failed()).containsOnlyKeys(ids.get(119)); // it expired
    assertThat(fake.requests().get(before).path()).endsWith("/inquiries");
  }

  // ---- the others ----

  @Test
  void verification_finishes() {
    String id = inquiry();
    fake.inquiry(id).start().submit(governmentId().failed());
    String verification = fake.ids("verification/government-id").get(0);

    assertThat(
            String.valueOf(
                client.waiter().untilVerificationFinished(verification).attributes().status()))
        .isEqualTo("failed");
  }

  @Test
  void caseIsResolved() {
    String id = client.cases().create(a -> a.caseTemplateId("ctmpl_1")).data().id();

    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(() -> client.waiter().untilResolved(id));
    client.cases().setStatus(id, "Approved");
    assertThat(client.waiter().untilResolved(id).attributes().resolvedAt()).isNotNull();
  }

  @Test
  void transaction_hasAStatus() {
    String id =
        client
            .transactions()
            .create(a -> a.transactionTypeId("txntp_1").referenceId("t-1"))
            .data()
            .id();
    Waiter waiter =
        client
            .waiter()
            .onProgress(
                progress -> {
                  if (progress.retrievals() == 2) {
                    client.transactions().update(id, a -> a.status("done"));
                  }
                });

    assertThat(waiter.untilTransaction(id, Set.of("done")).attributes().status()).isEqualTo("done");
  }

  @Test
  void csv_isImported() {
    FileUpload csv =
        FileUpload.of(
            "accounts.csv", "text/csv", "reference_id\nuser-1\n".getBytes(StandardCharsets.UTF_8));
    String id = client.importers().importAccounts(csv).data().id();

    assertThat(client.waiter().untilImported(id).id()).isEqualTo(id);
  }

  @Test
  void states_followMoves() {
    Map<String, String> created = new HashMap<>();
    created.put(
        "graph", client.graph().createQuery(a -> a.graphQueryTemplateId("grqt_1")).data().id());
    created.put(
        "run", client.workflows().trigger("wfl_1", a -> a.fields(f -> f.set("a", 1))).data().id());
    created.put("connection", client.connect().createConnection("org_1").data().id());

    String connection = created.get("connection");
    assertThat(moving(created.get("graph"), "complete").untilQueryFinished(created.get("graph")))
        .isNotNull();
    assertThat(moving(created.get("run"), "complete").untilRunFinished(created.get("run")))
        .isNotNull();
    assertThat(moving(connection, "accept").untilConnected(connection)).isNotNull();
    String token =
        client
            .connect()
            .createShareToken(a -> a.connectionId(connection).sourceId("act_1"))
            .data()
            .id();
    assertThat(moving(token, "redeem", "finish").untilRedeemed(token)).isNotNull();
    String expired =
        client
            .connect()
            .createShareToken(a -> a.connectionId(connection).sourceId("act_1"))
            .data()
            .id();
    assertThatExceptionOfType(WaitFailedException.class)
        .isThrownBy(() -> moving(expired, "expire").untilRedeemed(expired));
  }
}
