package io.github.persona4j.testing;

import static io.github.persona4j.testing.VerificationStep.document;
import static io.github.persona4j.testing.VerificationStep.emailAddress;
import static io.github.persona4j.testing.VerificationStep.governmentId;
import static io.github.persona4j.testing.VerificationStep.phoneNumber;
import static io.github.persona4j.testing.VerificationStep.selfie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InquiryFlowTest {
  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

  private final FakePersona persona =
      FakePersona.builder().events(0).inquiries(0).clock(InstantSource.fixed(NOW)).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private String newInquiry() throws IOException {
    return newInquiry("");
  }

  private String newInquiry(String meta) throws IOException {
    TestClient.TestResponse response = post("/inquiries", inquiryBody(meta));
    assertThat(response.status()).isEqualTo(201);
    return response.data().get("id").getAsString();
  }

  private static String inquiryBody(String meta) {
    return "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_1\"}},\"meta\":{"
        + meta
        + "}}";
  }

  private TestClient.TestResponse post(String path, String body) throws IOException {
    return client.post(path, body, "Content-Type", "application/json");
  }

  private JsonObject inquiry(String id) throws IOException {
    return client.get("/inquiries/" + id).attributes();
  }

  private String status(String id) throws IOException {
    return inquiry(id).get("status").getAsString();
  }

  /** Returns the names of all events but that of the creation, oldest first. */
  private List<String> events() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonObject event : client.get("/events?page%5Bsize%5D=100").items()) {
      names.add(event.getAsJsonObject("attributes").get("name").getAsString());
    }
    Collections.reverse(names);
    names.remove("inquiry.created");
    return names;
  }

  private List<JsonObject> included(String id, String type) throws IOException {
    return client
        .get("/inquiries/" + id + "?include=verifications,sessions,documents,selfies")
        .included()
        .stream()
        .filter(resource -> resource.get("type").getAsString().startsWith(type))
        .toList();
  }

  private static String attribute(JsonObject resource, String name) {
    JsonElement value = resource.getAsJsonObject("attributes").get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  @Test
  void wholeFlow_endsCompletedWithAllEventsInOrder() throws IOException {
    String id = newInquiry();
    InquiryFlow flow = persona.inquiry(id).start().submit(governmentId(), selfie()).complete();

    assertThat(flow.status()).isEqualTo("completed");
    assertThat(flow).hasToString("InquiryFlow[" + id + ", completed]");
    assertThat(status(id)).isEqualTo("completed");
    assertThat(events())
        .containsExactly(
            "inquiry-session.started",
            "inquiry.started",
            "verification.created",
            "document.created",
            "verification.submitted",
            "document.submitted",
            "document.processed",
            "verification.passed",
            "inquiry.transitioned",
            "verification.created",
            "selfie.created",
            "verification.submitted",
            "selfie.submitted",
            "selfie.processed",
            "verification.passed",
            "inquiry.transitioned",
            "inquiry.completed");
    JsonObject inquiry = inquiry(id);
    assertThat(inquiry.get("started-at").getAsString()).isEqualTo("2026-02-01T12:00:00.000Z");
    assertThat(inquiry.get("completed-at").isJsonNull()).isFalse();
    assertThat(inquiry.get("expires-at").isJsonNull()).isTrue();
    assertThat(inquiry.get("next-step-name").getAsString()).isEqualTo("success");
  }

  @Test
  void passedGovernmentId_hasPassedChecksAndFillsTheFieldsOfTheInquiry() throws IOException {
    String id = newInquiry();
    persona
        .inquiry(id)
        .submit(governmentId().attribute("name-first", "Grace").attribute("issue-date", null));

    JsonObject verification = included(id, "verification/").get(0);
    assertThat(verification.get("type").getAsString()).isEqualTo("verification/government-id");
    assertThat(attribute(verification, "status")).isEqualTo("passed");
    assertThat(attribute(verification, "name-first")).isEqualTo("Grace");
    assertThat(attribute(verification, "issue-date")).isEmpty();
    assertThat(attribute(verification, "submitted-at")).isEqualTo("2026-02-01T12:00:00.000Z");
    assertThat(attribute(verification, "completed-at-ts")).isEqualTo("1769947200");
    assertThat(verification.getAsJsonObject("attributes").getAsJsonArray("checks"))
        .isNotEmpty()
        .allMatch(check -> check.getAsJsonObject().get("status").getAsString().equals("passed"));
    assertThat(
            inquiry(id)
                .getAsJsonObject("fields")
                .getAsJsonObject("name-first")
                .get("value")
                .getAsString())
        .isEqualTo("Grace");
    JsonObject document = included(id, "document/").get(0);
    assertThat(attribute(document, "status")).isEqualTo("processed");
    assertThat(attribute(document, "name-first")).isEqualTo("Grace");
    String reference =
        verification
            .getAsJsonObject("relationships")
            .getAsJsonObject("document")
            .getAsJsonObject("data")
            .get("id")
            .getAsString();
    assertThat(reference).isEqualTo(document.get("id").getAsString());
  }

  @Test
  void failedVerification_hasTheChosenFailedChecks() throws IOException {
    String id = newInquiry();
    persona.inquiry(id).submit(governmentId().failed("id_expired_detection")).fail();

    JsonObject verification = included(id, "verification/").get(0);
    assertThat(attribute(verification, "status")).isEqualTo("failed");
    assertThat(failedChecks(verification)).containsExactly("id_expired_detection");
    assertThat(status(id)).isEqualTo("failed");
    assertThat(events()).endsWith("verification.failed", "inquiry.transitioned", "inquiry.failed");
    assertThat(inquiry(id).getAsJsonObject("fields").getAsJsonObject("name-first").get("value"))
        .matches(JsonElement::isJsonNull);
  }

  private static List<String> failedChecks(JsonObject verification) {
    List<String> names = new ArrayList<>();
    for (JsonElement check : verification.getAsJsonObject("attributes").getAsJsonArray("checks")) {
      if (check.getAsJsonObject().get("status").getAsString().equals("failed")) {
        names.add(check.getAsJsonObject().get("name").getAsString());
      }
    }
    return names;
  }

  @Test
  void failureWithoutChecks_failsThoseOfTheExample() throws IOException {
    String id = newInquiry();
    persona.inquiry(id).submit(governmentId().failed());

    assertThat(failedChecks(included(id, "verification/").get(0))).isNotEmpty();
  }

  @Test
  void retry_isASecondVerification() throws IOException {
    String id = newInquiry();
    persona
        .inquiry(id)
        .submit(selfie().requiresRetry("selfie_pose_detection"), selfie())
        .complete();

    List<JsonObject> verifications = included(id, "verification/");
    assertThat(verifications)
        .extracting(verification -> attribute(verification, "status"))
        .containsExactlyInAnyOrder("requires_retry", "passed");
    assertThat(events()).contains("verification.requires-retry", "verification.passed");
  }

  @Test
  void otherOutcomes_areThoseOfTheTable() throws IOException {
    String id = newInquiry();
    persona
        .inquiry(id)
        .submit(
            phoneNumber(),
            emailAddress().skipped(),
            document().tentativelyPassed(),
            VerificationStep.of("verification/database-business").tentativelyFailed("x"),
            VerificationStep.database().submitted(),
            governmentId().failed("x").passed());

    assertThat(included(id, "verification/"))
        .extracting(verification -> attribute(verification, "status"))
        .containsExactlyInAnyOrder(
            "passed", "skipped", "tentatively_passed", "tentatively_failed", "submitted", "passed");
  }

  @Test
  void template_isRelated() throws IOException {
    String id = newInquiry();
    persona.inquiry(id).submit(governmentId().template("vtmpl_1"));

    JsonObject relation =
        included(id, "verification/")
            .get(0)
            .getAsJsonObject("relationships")
            .getAsJsonObject("verification-template")
            .getAsJsonObject("data");
    assertThat(relation.get("id").getAsString()).isEqualTo("vtmpl_1");
    assertThat(relation.get("type").getAsString()).isEqualTo("verification-template/government-id");
  }

  @Test
  void moveThatTheStatusDoesNotAllow_isAnErrorOfTheTestAndChangesNothing() throws IOException {
    String id = newInquiry();
    InquiryFlow flow = persona.inquiry(id);
    assertThatIllegalStateException().isThrownBy(flow::complete).withMessageContaining("created");
    flow.start().complete();
    int before = events().size();

    assertThatIllegalStateException().isThrownBy(flow::start).withMessageContaining("completed");
    assertThatIllegalStateException().isThrownBy(() -> flow.submit(selfie()));
    assertThatIllegalStateException().isThrownBy(flow::expire);
    assertThat(events()).hasSize(before);
    assertThatIllegalArgumentException().isThrownBy(() -> persona.inquiry("inq_unknown"));
    assertThatIllegalArgumentException().isThrownBy(() -> VerificationStep.of("report/x"));
  }

  @Test
  void decidedInquiry_isFrozen() throws IOException {
    String id = newInquiry();
    InquiryFlow flow = persona.inquiry(id).start();
    assertThat(post("/inquiries/" + id + "/approve", "").status()).isEqualTo(200);

    assertThatIllegalStateException().isThrownBy(() -> flow.submit(selfie()));
    assertThat(flow.status()).isEqualTo("approved");
  }

  @Test
  void timePasses_inquiryExpiresWithSessionsAndOpenVerifications() throws IOException {
    String id = newInquiry("\"auto-create-inquiry-session\":true");
    persona.inquiry(id).start().submit(governmentId().submitted(), selfie());
    persona.clock().advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(status(id)).isEqualTo("pending");
    int before = events().size();
    persona.clock().advance(Duration.ofHours(1));

    JsonObject inquiry = inquiry(id);
    assertThat(inquiry.get("status").getAsString()).isEqualTo("expired");
    assertThat(inquiry.get("expired-at").getAsString()).isEqualTo("2026-02-02T12:00:00.000Z");
    assertThat(inquiry.get("expires-at").isJsonNull()).isTrue();
    assertThat(events().subList(before, events().size()))
        .containsExactlyInAnyOrder(
            "inquiry.expired", "inquiry-session.expired", "verification.canceled");
    assertThat(included(id, "inquiry-session"))
        .allMatch(s -> attribute(s, "status").equals("expired"));
    assertThat(included(id, "verification/"))
        .extracting(verification -> attribute(verification, "status"))
        .containsExactlyInAnyOrder("canceled", "passed");
  }

  @Test
  void intervalsOfTheCreation_moveTheExpiration() throws IOException {
    String id =
        newInquiry(
            "\"expiration-after-create-interval-seconds\":60,"
                + "\"expiration-after-start-interval-seconds\":600,"
                + "\"expiration-after-resume-interval-seconds\":30");
    persona.clock().advance(Duration.ofSeconds(59));
    persona.inquiry(id).start();
    persona.clock().advance(Duration.ofSeconds(599));
    assertThat(status(id)).isEqualTo("pending");
    persona.clock().advance(Duration.ofSeconds(1));
    assertThat(status(id)).isEqualTo("expired");

    TestClient.TestResponse resumed = post("/inquiries/" + id + "/resume", "");
    assertThat(resumed.status()).isEqualTo(200);
    assertThat(resumed.attributes().get("status").getAsString()).isEqualTo("pending");
    assertThat(resumed.attributes().get("expired-at").isJsonNull()).isTrue();
    persona.clock().advance(Duration.ofSeconds(29));
    assertThat(status(id)).isEqualTo("pending");
    persona.clock().advance(Duration.ofSeconds(1));
    assertThat(status(id)).isEqualTo("expired");
  }

  @Test
  void completedInquiry_doesNotExpire() throws IOException {
    String id = newInquiry();
    persona.inquiry(id).start().complete();
    persona.clock().advance(Duration.ofDays(30));

    assertThat(status(id)).isEqualTo("completed");
  }

  @Test
  void linkAndTokenOfTheCreation_openTheFlow() throws IOException {
    TestClient.TestResponse response =
        post(
            "/inquiries",
            inquiryBody(
                "\"auto-create-inquiry-session\":true,\"auto-create-one-time-link\":true,"
                    + "\"one-time-link-expiration-seconds\":60"));
    String id = response.data().get("id").getAsString();
    JsonObject meta = response.json().getAsJsonObject("meta");
    String token = meta.get("session-token").getAsString();
    String link = meta.get("one-time-link").getAsString();

    assertThat(persona.open(token).id()).isEqualTo(id);
    assertThat(persona.open(token).start().status()).isEqualTo("pending");
    assertThat(persona.open(link).id()).isEqualTo(id);
    assertThatIllegalStateException()
        .isThrownBy(() -> persona.open(meta.get("one-time-link-short").getAsString()))
        .withMessageContaining("before");
    assertThatIllegalArgumentException().isThrownBy(() -> persona.open("https://elsewhere"));
    assertThat(included(id, "inquiry-session")).isNotEmpty();
  }

  @Test
  void generatedLink_expiresAfterItsTime() throws IOException {
    String id = newInquiry();
    TestClient.TestResponse response =
        post(
            "/inquiries/" + id + "/generate-one-time-link",
            "{\"meta\":{\"expires-in-seconds\":60}}");
    assertThat(response.status()).isEqualTo(200);
    String link = response.json().getAsJsonObject("meta").get("one-time-link").getAsString();
    persona.clock().advance(Duration.ofSeconds(60));

    assertThatIllegalStateException()
        .isThrownBy(() -> persona.open(link))
        .withMessageContaining("expired");
  }

  @Test
  void tokenOfAnExpiredSession_doesNotOpenTheFlow() throws IOException {
    String id = newInquiry();
    TestClient.TestResponse resumed = post("/inquiries/" + id + "/resume", "");
    String token = resumed.json().getAsJsonObject("meta").get("session-token").getAsString();
    persona.inquiry(id).expire();

    assertThatIllegalStateException().isThrownBy(() -> persona.open(token));
  }

  @Test
  void simulatedActions_moveLikeThePerson() throws IOException {
    String id = newInquiry();
    TestClient.TestResponse response =
        post(
            "/inquiries/" + id + "/perform-simulate-actions",
            """
            {"meta": {"simulate-actions": [
              {"type": "start_inquiry"},
              {"type": "create_passed_verification",
               "data": {"verification-template-id": "vtmpl_1"}},
              {"type": "create_failed_verification",
               "data": {"verification-template-id": "vtmpl_1"}},
              {"type": "complete_inquiry"},
              {"type": "mark_for_review_inquiry"},
              {"type": "approve_inquiry"}]}}
            """);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.attributes().get("status").getAsString()).isEqualTo("approved");
    assertThat(events())
        .containsSubsequence(
            "inquiry.started",
            "verification.created",
            "verification.submitted",
            "verification.passed",
            "verification.failed",
            "inquiry.completed",
            "inquiry.marked-for-review",
            "inquiry.approved");
    assertThat(included(id, "verification/")).hasSize(2);
  }

  @Test
  void otherSimulatedActions_endTheInquiry() throws IOException {
    for (String[] row :
        new String[][] {
          {"fail_inquiry", "failed"}, {"expire_inquiry", "expired"}, {"decline_inquiry", "declined"}
        }) {
      String id = newInquiry();
      TestClient.TestResponse response =
          post(
              "/inquiries/" + id + "/perform-simulate-actions",
              "{\"meta\":{\"simulate-actions\":[{\"type\":\"start_inquiry\"},{\"type\":\""
                  + row[0]
                  + "\"}]}}");
      assertThat(response.attributes().get("status").getAsString()).isEqualTo(row[1]);
    }
  }

  @Test
  void illegalOrUnknownSimulatedAction_isRefused() throws IOException {
    String id = newInquiry();
    String path = "/inquiries/" + id + "/perform-simulate-actions";
    TestClient.TestResponse illegal =
        post(path, "{\"meta\":{\"simulate-actions\":[{\"type\":\"complete_inquiry\"}]}}");
    assertThat(illegal.status()).isEqualTo(422);
    assertThat(illegal.error().get("details").getAsString()).contains("created", "complete");

    TestClient.TestResponse unknown =
        post(path, "{\"meta\":{\"simulate-actions\":[{\"type\":\"sing\"}]}}");
    assertThat(unknown.status()).isEqualTo(422);
    TestClient.TestResponse incomplete =
        post(path, "{\"meta\":{\"simulate-actions\":[{\"type\":\"create_passed_verification\"}]}}");
    assertThat(incomplete.status()).isIn(400, 422);
    assertThat(status(id)).isEqualTo("created");
  }

  @Test
  void urlOfATemplate_createsAnInquiryWithItsFields() throws IOException {
    InquiryFlow flow =
        persona.open(
            "https://inquiry.withpersona.com/verify?inquiry-template-id=itmpl_1"
                + "&reference-id=user%2B42&fields[name-first]=Ada");
    assertThat(flow.status()).isEqualTo("created");
    flow.start().submit(governmentId()).complete();

    JsonObject inquiry = inquiry(flow.id());
    assertThat(inquiry.get("reference-id").getAsString()).isEqualTo("user+42");
    assertThat(
            inquiry
                .getAsJsonObject("fields")
                .getAsJsonObject("name-first")
                .get("value")
                .getAsString())
        .isEqualTo("Ada");
    assertThat(attribute(included(flow.id(), "verification/").get(0), "name-first"))
        .isEqualTo("Ada");
    assertThat(client.get("/events?filter%5Bname%5D=inquiry.created").items()).hasSize(1);
  }

  @Test
  void urlOfAnInquiry_needsATokenOnlyIfItIsPending() throws IOException {
    String id = newInquiry();
    String url = "https://inquiry.withpersona.com/verify?inquiry-id=" + id;
    persona.open(url).start();
    assertThatIllegalStateException()
        .isThrownBy(() -> persona.open(url))
        .withMessageContaining("session token");

    String token =
        post("/inquiries/" + id + "/resume", "")
            .json()
            .getAsJsonObject("meta")
            .get("session-token")
            .getAsString();
    assertThat(persona.open(url + "&session-token=" + token).id()).isEqualTo(id);
    String other = newInquiry();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> persona.open("https://x/verify?inquiry-id=" + other + "&session-token=" + token));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.open("https://x/verify?inquiry-id=inq_unknown"));
  }

  @Test
  void redactedInquiry_hasItsVerificationsRedactedLater() throws IOException {
    String id = newInquiry();
    persona.inquiry(id).submit(governmentId());
    assertThat(client.send(client.request("/inquiries/" + id).DELETE()).status()).isEqualTo(200);
    assertThat(attribute(included(id, "verification/").get(0), "redacted-at")).isEmpty();
    persona.clock().advance(Duration.ofSeconds(1));

    JsonObject verification = included(id, "verification/").get(0);
    assertThat(attribute(verification, "redacted-at")).isNotEmpty();
    assertThat(attribute(verification, "name-first")).isEmpty();
    assertThat(attribute(verification, "status")).isEqualTo("passed");
  }

  @Test
  void stepThatItsTypeCannotHave_isRejectedBeforeAnythingChanges() throws IOException {
    String id = newInquiry();
    for (VerificationStep step :
        new VerificationStep[] {
          emailAddress().tentativelyPassed(),
          selfie().tentativelyPassed(),
          governmentId().tentativelyFailed(),
          VerificationStep.of("verification/nope")
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> persona.inquiry(id).submit(governmentId(), step))
          .withMessageContaining("verification/");
    }
    assertThat(status(id)).isEqualTo("created");
    assertThat(inquiry(id).toString()).doesNotContain("verification/").doesNotContain("iqse_");
  }

  @Test
  void simulatedActions_happenAllOrNot() throws IOException {
    String id = newInquiry();
    for (String actions :
        new String[] {
          "{\"type\":\"approve_inquiry\"},{\"type\":\"complete_inquiry\"}",
          "{\"type\":\"start_inquiry\"},{\"type\":\"start_inquiry\"}",
          "{\"type\":\"start_inquiry\"},{\"type\":\"sing\"}",
          "{\"type\":\"start_inquiry\"},{\"type\":\"create_passed_verification\"}"
        }) {
      TestClient.TestResponse response =
          post(
              "/inquiries/" + id + "/perform-simulate-actions",
              "{\"meta\":{\"simulate-actions\":[" + actions + "]}}");
      assertThat(response.status()).as(actions).isIn(400, 422);
      assertThat(status(id)).as(actions).isEqualTo("created");
    }
    assertThat(events()).isEmpty();
  }

  @Test
  void expiredInquiry_hasNoMoreSessionsAndLinks() throws IOException {
    String id = newInquiry();
    String session =
        post("/inquiry-sessions", "{\"data\":{\"attributes\":{\"inquiry-id\":\"" + id + "\"}}}")
            .data()
            .get("id")
            .getAsString();
    String linkPath = "/inquiry-sessions/" + session + "/generate-one-time-link";
    String link = linkOf(post(linkPath, ""));
    persona.inquiry(id).expire();

    assertThat(
            post("/inquiry-sessions", "{\"data\":{\"attributes\":{\"inquiry-id\":\"" + id + "\"}}}")
                .status())
        .isEqualTo(422);
    assertThat(post("/inquiries/" + id + "/generate-one-time-link", "").status()).isEqualTo(422);
    assertThat(post(linkPath, "").status()).isEqualTo(422);
    assertThatIllegalStateException().isThrownBy(() -> persona.open(link));
    assertThat(client.get("/inquiry-sessions/" + session).attributes().get("status").getAsString())
        .isEqualTo("expired");
  }

  private static String linkOf(TestClient.TestResponse response) {
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    return response.json().getAsJsonObject("meta").get("one-time-link").getAsString();
  }

  /** Whether the API creates them is not documented. */
  @Test
  void sessionOfACompletedInquiry_isUncertain() throws IOException {
    String id = newInquiry();
    persona.inquiry(id).start().complete();
    assertThat(post("/inquiries/" + id + "/generate-one-time-link", "").status()).isEqualTo(200);
    try (FakePersona strict = FakePersona.builder().refuseUncertainMoves().start()) {
      TestClient there = new TestClient(strict);
      String completed = there.get("/inquiries?filter%5Bstatus%5D=completed").ids().get(0);
      String created = there.get("/inquiries?filter%5Bstatus%5D=created").ids().get(0);
      assertThat(there.post("/inquiries/" + completed + "/generate-one-time-link", "").status())
          .isEqualTo(422);
      assertThat(there.post("/inquiries/" + created + "/generate-one-time-link", "").status())
          .isEqualTo(200);
    }
  }

  @Test
  void sessionToken_isAJwtWithoutPersonalData() throws IOException {
    String id = newInquiry();
    String token =
        post("/inquiries/" + id + "/resume", "")
            .json()
            .getAsJsonObject("meta")
            .get("session-token")
            .getAsString();

    String[] parts = token.split("\\.", -1);
    assertThat(parts).hasSize(3).allMatch(part -> part.matches("[A-Za-z0-9_-]+"));
    assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
        .isEqualTo("{\"alg\":\"none\",\"typ\":\"JWT\"}");
    JsonObject claims =
        JsonParser.parseString(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
            .getAsJsonObject();
    assertThat(claims.keySet()).containsExactly("sub", "jti", "iat");
    assertThat(claims.get("sub").getAsString()).startsWith("iqse_");
    assertThat(persona.open(token).id()).isEqualTo(id);
  }
}
