package io.github.persona4j.testing;

import static io.github.persona4j.testing.Reviewer.Decision.APPROVE;
import static io.github.persona4j.testing.Reviewer.Decision.DECLINE;
import static io.github.persona4j.testing.Reviewer.Decision.MARK_FOR_REVIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that move objects from state to state, and what moves them without an operation. */
class StatesTest {
  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

  private final FakePersona persona = builder().start();
  private final TestClient client = new TestClient(persona);

  private static FakePersona.Builder builder() {
    return FakePersona.builder().events(0).inquiries(0).clock(InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    persona.close();
  }

  private TestResponse post(String path, String body) throws IOException {
    return client.post(path, body, "Content-Type", "application/json");
  }

  private TestResponse delete(String path) throws IOException {
    return client.send(client.request(path).method("DELETE", BodyPublishers.noBody()));
  }

  /** Creates an object and returns its id. */
  private String create(String path, String attributes) throws IOException {
    return create(path, "", attributes, "");
  }

  private String create(String path, String type, String attributes, String meta)
      throws IOException {
    String typeMember = type.isEmpty() ? "" : "\"type\":\"" + type + "\",";
    TestResponse response =
        post(
            path,
            "{\"data\":{"
                + typeMember
                + "\"attributes\":{"
                + attributes
                + "}},\"meta\":{"
                + meta
                + "}}");
    assertThat(response.status()).as(response.body()).isEqualTo(201);
    return response.data().get("id").getAsString();
  }

  private String newInquiry() throws IOException {
    return create("/inquiries", "\"inquiry-template-id\":\"itmpl_1\"");
  }

  private String newReport(String type) throws IOException {
    return create(
        "/reports",
        type,
        "\"report-template-id\":\"rptp_1\",\"query\":{\"name-first\":\"A\",\"name-last\":\"B\"}",
        "");
  }

  private JsonObject attributes(String path) throws IOException {
    TestResponse response = client.get(path);
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    return response.attributes();
  }

  private String status(String path) throws IOException {
    return attributes(path).get("status").getAsString();
  }

  private static String status(TestResponse response) {
    assertThat(response.status()).as(response.body()).isBetween(200, 202);
    return response.attributes().get("status").getAsString();
  }

  /** Returns the names of the events of an object, oldest first. */
  private List<String> events(String id) throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonObject event :
        client.get("/events?page%5Bsize%5D=100&filter%5Bobject-id%5D=" + id).items()) {
      names.add(event.getAsJsonObject("attributes").get("name").getAsString());
    }
    Collections.reverse(names);
    return names;
  }

  @ParameterizedTest
  @CsvSource({
    "approve, approved, inquiry.approved, true",
    "decline, declined, inquiry.declined, true",
    "mark-for-review, needs_review, inquiry.marked-for-review, false",
  })
  void decision_setsStatusCommentAndEvent(
      String path, String status, String event, boolean hasComment) throws IOException {
    String id = newInquiry();
    persona.inquiry(id).start().complete();
    TestResponse response =
        post("/inquiries/" + id + '/' + path, "{\"meta\":{\"comment\":\"looks right\"}}");

    assertThat(status(response)).isEqualTo(status);
    assertThat(response.attributes().get("reviewer-comment").toString())
        .isEqualTo(hasComment ? "\"looks right\"" : "null");
    assertThat(response.attributes().get("completed-at").isJsonNull()).isFalse();
    assertThat(events(id)).endsWith("inquiry.completed", event);
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 422})
  void illegalMove_isRefusedWithTheChosenStatus(int status) throws IOException {
    try (FakePersona other = builder().illegalMoves(status).start()) {
      TestClient otherClient = new TestClient(other);
      String id =
          otherClient
              .post(
                  "/inquiries",
                  "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_1\"}}}",
                  "Content-Type",
                  "application/json")
              .data()
              .get("id")
              .getAsString();
      other.inquiry(id).start().complete();
      assertThat(otherClient.post("/inquiries/" + id + "/approve", "").status()).isEqualTo(200);
      TestResponse refused = otherClient.post("/inquiries/" + id + "/mark-for-review", "");

      assertThat(refused.status()).isEqualTo(status);
      assertThat(refused.error().get("title").getAsString()).isNotEmpty();
      assertThat(refused.error().get("details").getAsString())
          .contains("approved", "mark-for-review");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FakePersona.builder().illegalMoves(400))
        .withMessageContaining("409 or 422");
  }

  @Test
  void uncertainMove_isAllowedUnlessRefused() throws IOException {
    String id = newInquiry();
    assertThat(status(post("/inquiries/" + id + "/approve", ""))).isEqualTo("approved");
    assertThat(status(post("/inquiries/" + id + "/decline", ""))).isEqualTo("declined");

    try (FakePersona strict = builder().refuseUncertainMoves().start()) {
      TestClient other = new TestClient(strict);
      String otherId =
          other
              .post(
                  "/inquiries",
                  "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_1\"}}}",
                  "Content-Type",
                  "application/json")
              .data()
              .get("id")
              .getAsString();
      assertThat(other.post("/inquiries/" + otherId + "/approve", "").status()).isEqualTo(422);
    }
  }

  @Test
  void reviewer_decidesWithARelationToAUser() throws IOException {
    String first = newInquiry();
    persona.inquiry(first).start().complete();
    persona.reviewer().decide(first, DECLINE, "blurred");
    TestResponse declined = client.get("/inquiries/" + first);
    assertThat(status(declined)).isEqualTo("declined");
    assertThat(declined.attributes().get("reviewer-comment").getAsString()).isEqualTo("blurred");
    JsonObject reviewer =
        declined
            .data()
            .getAsJsonObject("relationships")
            .getAsJsonObject("reviewer")
            .getAsJsonObject("data");
    assertThat(reviewer.get("type").getAsString()).isEqualTo("user");

    String second = newInquiry();
    persona.reviewer().markForReview(second);
    persona.reviewer().approve(second);
    assertThat(status("/inquiries/" + second)).isEqualTo("approved");
    String third = newInquiry();
    persona.reviewer().decline(third);
    assertThatIllegalStateException().isThrownBy(() -> persona.reviewer().markForReview(third));
    assertThatIllegalArgumentException().isThrownBy(() -> persona.reviewer().approve("inq_x"));
  }

  @Test
  void reviewerWithRules_decidesByItself() throws IOException {
    persona
        .reviewer()
        .whenCompleted(APPROVE)
        .whenFailed(MARK_FOR_REVIEW)
        .whenMarkedForReview(DECLINE, Duration.ofMinutes(5));
    String completed = newInquiry();
    assertThat(persona.inquiry(completed).start().complete().status()).isEqualTo("approved");
    assertThat(events(completed)).endsWith("inquiry.completed", "inquiry.approved");

    String failed = newInquiry();
    assertThat(persona.inquiry(failed).start().fail().status()).isEqualTo("needs_review");
    persona.clock().advance(Duration.ofMinutes(5));
    assertThat(status("/inquiries/" + failed)).isEqualTo("declined");
    assertThat(attributes("/inquiries/" + failed).get("decisioned-at").getAsString())
        .isEqualTo("2026-02-01T12:05:00.000Z");

    persona.reviewer().whenCompleted(APPROVE, Duration.ofHours(1));
    String overtaken = newInquiry();
    persona.inquiry(overtaken).start().complete();
    persona.reviewer().decline(overtaken);
    persona.clock().advance(Duration.ofHours(1));
    assertThat(events(overtaken)).contains("inquiry.declined");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.reviewer().whenFailed(DECLINE, Duration.ofSeconds(-1)));
  }

  @Test
  void sessions_areCreatedUpToTheLimitAndExpire() throws IOException {
    String inquiry = newInquiry();
    String session = create("/inquiry-sessions", "\"inquiry-id\":\"" + inquiry + '"');
    assertThat(status("/inquiry-sessions/" + session)).isEqualTo("new");
    TestResponse link =
        post("/inquiry-sessions/" + session + "/generate-one-time-link", "{\"meta\":{}}");
    assertThat(link.status()).isEqualTo(200);
    persona.open(link.json().getAsJsonObject("meta").get("one-time-link").getAsString());
    assertThat(status("/inquiry-sessions/" + session)).isEqualTo("active");
    assertThat(status(post("/inquiry-sessions/" + session + "/expire", ""))).isEqualTo("expired");
    assertThat(post("/inquiry-sessions/" + session + "/expire", "").status()).isEqualTo(422);
    assertThat(events(session))
        .containsExactly("inquiry-session.started", "inquiry-session.expired");

    for (int i = 1; i < 25; i++) {
      create("/inquiry-sessions", "\"inquiry-id\":\"" + inquiry + '"');
    }
    TestResponse tooMany =
        post(
            "/inquiry-sessions",
            "{\"data\":{\"attributes\":{\"inquiry-id\":\"" + inquiry + "\"}}}");
    assertThat(tooMany.status()).isEqualTo(422);
    TestResponse all =
        post("/inquiry-sessions/expire-all", "{\"meta\":{\"inquiry-ids\":[\"" + inquiry + "\"]}}");
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.items())
        .hasSize(25)
        .allMatch(
            item ->
                item.getAsJsonObject("attributes").get("status").getAsString().equals("expired"));
  }

  @Test
  void sessionOfAnUnknownInquiry_isNotFound() throws IOException {
    assertThat(
            post("/inquiry-sessions", "{\"data\":{\"attributes\":{\"inquiry-id\":\"inq_x\"}}}")
                .status())
        .isEqualTo(404);
    assertThat(
            post("/inquiry-sessions/expire-all", "{\"meta\":{\"inquiry-ids\":[\"inq_x\"]}}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void lockedVerification_isNotRedacted() throws IOException {
    String inquiry = newInquiry();
    persona.inquiry(inquiry).submit(VerificationStep.governmentId());
    String id =
        client
            .get("/inquiries/" + inquiry + "?include=verifications")
            .included()
            .get(0)
            .get("id")
            .getAsString();
    assertThat(status(post("/verifications/" + id + "/investigation-lock", "")))
        .isEqualTo("passed");
    assertThat(delete("/verifications/" + id).status()).isEqualTo(422);
    assertThat(post("/verifications/" + id + "/investigation-unlock", "").status()).isEqualTo(200);

    TestResponse redacted = delete("/verifications/" + id);
    assertThat(status(redacted)).isEqualTo("passed");
    assertThat(redacted.attributes().get("redacted-at").isJsonNull()).isFalse();
    assertThat(redacted.attributes().get("name-first").isJsonNull()).isTrue();
  }

  @Test
  void report_isReadyWithoutAMatchAfterTheProcessingTime() throws IOException {
    String id = newReport("report/watchlist");
    assertThat(status("/reports/" + id)).isEqualTo("pending");
    assertThat(events(id)).isEmpty();
    persona.clock().advance(Duration.ofMillis(100));

    JsonObject report = attributes("/reports/" + id);
    assertThat(report.get("status").getAsString()).isEqualTo("ready");
    assertThat(report.get("has-match").getAsBoolean()).isFalse();
    assertThat(report.get("completed-at").getAsString()).isEqualTo("2026-02-01T12:00:00.100Z");
    assertThat(events(id)).containsExactly("report/watchlist.ready");
  }

  @Test
  void reportOutcomes_areThoseOfTheTypeOrOfAll() throws IOException {
    persona.reports(ReportOutcome.error());
    persona.reports("report/watchlist", ReportOutcome.match().after(Duration.ofSeconds(2)));
    persona.reports("report/politically-exposed-person", ReportOutcome.pending());
    String watchlist = newReport("report/watchlist");
    String other = newReport("report/adverse-media");
    String pending = newReport("report/politically-exposed-person");
    persona.clock().advance(Duration.ofSeconds(1));
    assertThat(status("/reports/" + watchlist)).isEqualTo("pending");
    assertThat(status("/reports/" + other)).isEqualTo("errored");
    assertThat(events(other)).containsExactly("report/adverse-media.errored");
    persona.clock().advance(Duration.ofSeconds(1));

    assertThat(attributes("/reports/" + watchlist).get("has-match").getAsBoolean()).isTrue();
    assertThat(events(watchlist))
        .containsExactly("report/watchlist.ready", "report/watchlist.matched");
    persona.clock().advance(Duration.ofDays(1));
    assertThat(status("/reports/" + pending)).isEqualTo("pending");
    persona.finishReport(pending, ReportOutcome.noMatch());
    assertThat(status("/reports/" + pending)).isEqualTo("ready");

    assertThatIllegalStateException()
        .isThrownBy(() -> persona.finishReport(other, ReportOutcome.match()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.finishReport(pending, ReportOutcome.pending()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.finishReport("rep_x", ReportOutcome.match()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.reports("watchlist", ReportOutcome.match()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReportOutcome.match().after(Duration.ofNanos(-1)));
    assertThat(ReportOutcome.match().after(Duration.ofSeconds(2)))
        .hasToString("ReportOutcome[MATCH after PT2S]");
  }

  @Test
  void reportRunAgain_matchesOnceAndHasAHistory() throws IOException {
    String id = newReport("report/watchlist");
    persona.clock().advance(Duration.ofSeconds(1));
    persona.reports(ReportOutcome.match());
    assertThat(status(post("/reports/" + id + "/run", ""))).isEqualTo("ready");
    persona.clock().advance(Duration.ofSeconds(1));
    assertThat(attributes("/reports/" + id).get("has-match").getAsBoolean()).isTrue();
    post("/reports/" + id + "/run", "");
    persona.clock().advance(Duration.ofSeconds(1));
    assertThat(events(id)).containsExactly("report/watchlist.ready", "report/watchlist.matched");

    post("/reports/" + id + "/pause", "");
    post("/reports/" + id + "/resume", "");
    TestResponse dismissed = post("/reports/" + id + "/dismiss", "{\"data\":{\"attributes\":{}}}");
    assertThat(status(dismissed)).isEqualTo("ready");
    assertThat(events(id)).endsWith("report/watchlist.dismissed");
    assertThat(client.get("/reports/" + id + "/history").items())
        .extracting(entry -> entry.get("type").getAsString())
        .containsExactly("dismiss", "resume", "pause", "run", "run", "run");
    assertThat(client.get("/reports/" + id + "/history").items())
        .extracting(entry -> entry.get("matches").toString())
        .containsExactly("null", "null", "null", "1", "1", "0");
    String newest =
        client.get("/reports/" + id + "/history").items().get(0).get("id").getAsString();
    assertThat(
            client
                .get("/reports/" + id + "/history?page%5Bsize%5D=2&page%5Bafter%5D=" + newest)
                .items())
        .extracting(entry -> entry.get("type").getAsString())
        .containsExactly("resume", "pause");
    assertThat(client.get("/reports/rep_x/history").status()).isEqualTo(404);
  }

  @Test
  void pendingReport_isNotRun() throws IOException {
    String id = newReport("report/watchlist");

    assertThat(post("/reports/" + id + "/run", "").status()).isEqualTo(422);
  }

  @Test
  void caseQueue_whenChanged_hasAnEventOfItsOwn() throws IOException {
    String id = create("/cases", "", "\"case-template-id\":\"ctmpl_1\"", "");
    String body = "{\"data\":{\"attributes\":{\"case-queue-id\":\"cqueue_1\"}}}";
    for (int i = 0; i < 2; i++) {
      TestResponse updated =
          client.send(
              client.request("/cases/" + id).method("PATCH", BodyPublishers.ofString(body)));
      assertThat(updated.status()).isEqualTo(200);
    }

    assertThat(events(id))
        .containsExactly(
            "case.created", "case.updated-fields", "case.queue-updated", "case.updated-fields");
  }

  @Test
  void caseStatus_resolvesAndReopens() throws IOException {
    String id =
        create("/cases", "", "\"case-template-id\":\"ctmpl_1\"", "\"sla-expires-in-seconds\":60");
    assertThat(status("/cases/" + id)).isEqualTo("Open");
    persona.clock().advance(Duration.ofSeconds(60));
    TestResponse resolved =
        post("/cases/" + id + "/set-status", "{\"meta\":{\"status\":\"Approved\"}}");
    assertThat(status(resolved)).isEqualTo("Approved");
    assertThat(resolved.attributes().get("resolution").getAsString()).isEqualTo("Approved");
    assertThat(resolved.attributes().get("resolved-at").isJsonNull()).isFalse();
    persona.reviewer().setCaseStatus(id, "Pending");
    JsonObject reopened = attributes("/cases/" + id);
    assertThat(reopened.get("resolved-at").isJsonNull()).isTrue();
    assertThat(reopened.get("resolution").isJsonNull()).isTrue();
    assertThat(
            status(
                post(
                    "/cases/" + id + "/assign",
                    "{\"meta\":{\"user-email-address\":\"a@example.com\"}}")))
        .isEqualTo("Pending");

    assertThat(events(id))
        .containsExactly(
            "case.created", "case.sla-expired", "case.resolved", "case.reopened", "case.assigned");
    assertThat(post("/cases/" + id + "/set-status", "{\"meta\":{\"status\":\" \"}}").status())
        .isEqualTo(422);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.reviewer().setCaseStatus("case_x", "Open"));
  }

  @Test
  void resolvedCase_keepsItsSla() throws IOException {
    String id =
        create("/cases", "", "\"case-template-id\":\"ctmpl_1\"", "\"sla-expires-in-seconds\":60");
    persona.reviewer().setCaseStatus(id, "Declined");
    persona.clock().advance(Duration.ofSeconds(60));

    assertThat(events(id)).containsExactly("case.created", "case.resolved");
  }

  @Test
  void transactionStatus_isAnyText() throws IOException {
    String id = create("/transactions", "\"transaction-type-id\":\"txntp_1\"");
    assertThat(status("/transactions/" + id)).isEqualTo("created");
    persona.reviewer().setTransactionStatus(id, "needs review");

    assertThat(status("/transactions/" + id)).isEqualTo("needs review");
    assertThat(events(id)).containsExactly("transaction.created", "transaction.status-updated");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.reviewer().setTransactionStatus("txn_x", "approved"));
  }

  @Test
  void workflow_runsForTheProcessingTime() throws IOException {
    TestResponse triggered =
        post("/workflows/wfl_1/trigger", "{\"data\":{\"attributes\":{\"fields\":{}}}}");
    assertThat(status(triggered)).isEqualTo("in_progress");
    String id = triggered.data().get("id").getAsString();
    persona.clock().advance(Duration.ofMillis(100));

    assertThat(status("/workflow-runs/" + id)).isEqualTo("completed");
    assertThat(attributes("/workflow-runs/" + id).get("completed-at").isJsonNull()).isFalse();
    assertThat(events(id)).containsExactly("workflow-run.created", "workflow-run.completed");
  }

  @Test
  void connectionAndShareToken_followTheTable() throws IOException {
    String connection = create("/connect/connections", "\"destination-organization-id\":\"org_1\"");
    assertThat(status("/connect/connections/" + connection)).isEqualTo("pending");
    persona.move(connection, "accept");
    assertThat(status("/connect/connections/" + connection)).isEqualTo("active");
    assertThat(status(post("/connect/connections/" + connection + "/deactivate", "")))
        .isEqualTo("inactive");
    assertThat(post("/connect/connections/" + connection + "/deactivate", "").status())
        .isEqualTo(422);
    assertThat(status(post("/connect/connections/" + connection + "/reactivate", "")))
        .isEqualTo("pending");

    String source = newInquiry();
    String attributes = "\"connection-id\":\"" + connection + "\",\"source-id\":\"" + source + "\"";
    String token = create("/connect/share-tokens", attributes + ",\"expires-in-seconds\":60");
    persona.clock().advance(Duration.ofSeconds(60));
    assertThat(status("/connect/share-tokens/" + token)).isEqualTo("expired");

    String redeemed = create("/connect/share-tokens", attributes);
    TestResponse response =
        post("/connect/share-tokens/" + redeemed + "/redeem", "{\"data\":{\"attributes\":{}}}");
    assertThat(response.status()).isEqualTo(202);
    assertThat(status(response)).isEqualTo("pending");
    persona.clock().advance(Duration.ofSeconds(1));
    assertThat(status("/connect/share-tokens/" + redeemed)).isEqualTo("redeemed");
    assertThat(events(redeemed))
        .containsExactly(
            "connect/share-token.outbound-created", "connect/share-token.outbound-redeemed");
    assertThat(post("/connect/share-tokens/" + redeemed + "/expire", "").status()).isEqualTo(422);
  }

  @Test
  void webhook_isDisabledAtFirstAndEndsArchived() throws IOException {
    String id =
        create(
            "/webhooks",
            "\"name\":\"hook\",\"url\":\"http://127.0.0.1:1/hook\",\"enabled-events\":[\"*\"]");
    assertThat(status("/webhooks/" + id)).isEqualTo("disabled");
    assertThat(status(post("/webhooks/" + id + "/enable", ""))).isEqualTo("enabled");
    assertThat(status(post("/webhooks/" + id + "/disable", ""))).isEqualTo("disabled");
    assertThat(status(post("/webhooks/" + id + "/archive", ""))).isEqualTo("archived");
    assertThat(post("/webhooks/" + id + "/enable", "").status()).isEqualTo(422);
  }

  @Test
  void apiKey_expiresAfterItsDelay() throws IOException {
    String id = create("/api-keys", "\"name\":\"reader\"");
    TestResponse expiring =
        post("/api-keys/" + id + "/expire", "{\"meta\":{\"expires-in-seconds\":60}}");
    assertThat(expiring.attributes().get("expires-at").getAsString())
        .isEqualTo("2026-02-01T12:01:00.000Z");
    persona.clock().advance(Duration.ofSeconds(60));

    assertThat(
            post("/api-keys/" + id + "/expire", "{\"meta\":{\"expires-in-seconds\":60}}").status())
        .isEqualTo(422);
  }

  @Test
  void listItem_isActiveUntilItIsArchived() throws IOException {
    String list = create("/list/strings", "\"name\":\"words\"");
    String item = create("/list-item/strings", "\"list-id\":\"" + list + "\",\"value\":\"x\"");
    assertThat(status("/list-item/strings/" + item)).isEqualTo("active");
    TestResponse archived = delete("/list-item/strings/" + item);
    assertThat(status(archived)).isEqualTo("archived");
    assertThat(archived.attributes().get("archived-at").isJsonNull()).isFalse();
    assertThat(status(delete("/lists/" + list))).isEqualTo("archived");
  }

  @Test
  void move_isRefusedForUnknownObjectsAndStates() throws IOException {
    String id = newInquiry();
    persona.move(id, "start");
    assertThat(status("/inquiries/" + id)).isEqualTo("pending");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.move(id, "sing"))
        .withMessageStartingWith("move: inquiry has start, transition, complete, ")
        .withMessageEndingWith(", but not sing");
    assertThatIllegalStateException()
        .isThrownBy(() -> persona.move(id, "start"))
        .withMessageStartingWith("The inquiry " + id + " is pending, which does not allow: start.")
        .withMessageContaining("It allows: transition, complete, fail, expire, resume,");
    assertThatIllegalArgumentException().isThrownBy(() -> persona.move("inq_x", "start"));
  }

  @Test
  void processingTime_isThatOfTheBuilder() throws IOException {
    try (FakePersona slow = builder().processingTime(Duration.ofHours(1)).start()) {
      TestClient other = new TestClient(slow);
      String id =
          other
              .post(
                  "/reports",
                  "{\"data\":{\"type\":\"report/watchlist\",\"attributes\":{\"report-template-id\":"
                      + "\"rptp_1\",\"query\":{\"name-first\":\"A\",\"name-last\":\"B\"}}}}",
                  "Content-Type",
                  "application/json")
              .data()
              .get("id")
              .getAsString();
      slow.clock().advance(Duration.ofMinutes(59));
      assertThat(other.get("/reports/" + id).attributes().get("status").getAsString())
          .isEqualTo("pending");
      slow.clock().advance(Duration.ofMinutes(1));
      assertThat(other.get("/reports/" + id).attributes().get("status").getAsString())
          .isEqualTo("ready");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FakePersona.builder().processingTime(Duration.ofSeconds(-1)));
  }

  @Test
  void clock_showsTheSourceUntilItIsMoved() {
    assertThat(persona.clock().instant()).isEqualTo(NOW);
    persona.clock().advance(Duration.ofHours(2));
    assertThat(persona.clock()).hasToString("FakeClock[2026-02-01T14:00:00Z]");
    persona.clock().set(NOW.plus(Duration.ofDays(1)));
    assertThat(persona.clock().instant()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.clock().advance(Duration.ofSeconds(-1)));
  }

  @Test
  void newAccount_hasTheStatusOfTheRequest() throws IOException {
    String id = create("/accounts", "\"account-status\":\"Trusted\"");
    assertThat(attributes("/accounts/" + id).get("account-status").getAsString())
        .isEqualTo("Trusted");
    String other = create("/accounts", "\"name-first\":\"Ada\"");
    assertThat(attributes("/accounts/" + other).get("account-status").getAsString())
        .isEqualTo("Default");
  }

  @Test
  void manyApprovalsAtOnce_areOneMove() throws Exception {
    try (FakePersona strict = builder().refuseUncertainMoves().start()) {
      TestClient other = new TestClient(strict);
      InquiryFlow flow = strict.open("https://x/verify?inquiry-template-id=itmpl_1");
      flow.start().complete();
      List<CompletableFuture<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        statuses.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return other.post("/inquiries/" + flow.id() + "/approve", "").status();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
      }
      assertThat(statuses.stream().map(CompletableFuture::join).sorted().toList())
          .startsWith(200, 422)
          .hasSize(16);
      assertThat(other.get("/events?filter%5Bname%5D=inquiry.approved").items()).hasSize(1);
    }
  }
}
