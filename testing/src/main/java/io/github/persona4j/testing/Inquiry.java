package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An inquiry. Its timestamps are derived from its status: each step takes {@link #STEP}. */
record Inquiry(
    String id,
    Instant createdAt,
    Instant expiresAt,
    String status,
    @Nullable String referenceId,
    @Nullable String note,
    List<String> tags,
    String creator,
    @Nullable String accountId,
    @Nullable String templateId,
    @Nullable String inquiryTemplateId,
    @Nullable String inquiryTemplateVersionId,
    String firstStep,
    Supplier<JsonObject> fields)
    implements Timeline.Entry {

  static final Duration STEP = Duration.ofMinutes(1);

  Inquiry withStatus(String other) {
    return new Inquiry(
        id,
        createdAt,
        expiresAt,
        other,
        referenceId,
        note,
        tags,
        creator,
        accountId,
        templateId,
        inquiryTemplateId,
        inquiryTemplateVersionId,
        firstStep,
        fields);
  }

  private boolean is(String... statuses) {
    return List.of(statuses).contains(status);
  }

  private boolean started() {
    return !is("created", "expired");
  }

  private boolean completed() {
    return is("completed", "approved", "declined", "needs_review");
  }

  private @Nullable Instant step(boolean reached, int number) {
    return reached ? createdAt.plus(STEP.multipliedBy(number)) : null;
  }

  JsonObject json() {
    Instant started = step(started(), 1);
    Instant expired = step(is("expired"), 1);
    Instant failed = step(is("failed"), 4);
    Instant completed = step(completed(), 6);
    Instant decided = step(is("approved", "declined"), 7);
    Instant marked = step(is("needs_review"), 7);
    Instant updated = createdAt;
    for (Instant time :
        new @Nullable Instant[] {started, expired, failed, completed, decided, marked}) {
      updated = time == null ? updated : time;
    }
    JsonObject attributes =
        Json.object(
            "status", status,
            "reference-id", referenceId,
            "note", note,
            "behaviors", completed() ? Json.object("distraction-events", 0) : null,
            "tags", tags,
            "creator", creator,
            "reviewer-comment", is("declined") ? "The documents do not match." : null,
            "previous-step-name", started() ? firstStep : null,
            "next-step-name", completed() ? "success" : started() ? "verification" : firstStep,
            "created-at", createdAt,
            "updated-at", updated,
            "started-at", started,
            "expires-at", expiresAt,
            "completed-at", completed,
            "failed-at", failed,
            "marked-for-review-at", marked,
            "decisioned-at", decided,
            "expired-at", expired,
            "redacted-at", null,
            "fields", fields.get());
    return Json.resource("inquiry", id, attributes, relationships());
  }

  private JsonObject relationships() {
    return Json.object(
        "account", Json.toOne("account", accountId),
        "template", Json.toOne("template", templateId),
        "inquiry-template", Json.toOne("inquiry-template", inquiryTemplateId),
        "inquiry-template-version",
            Json.toOne("inquiry-template-version", inquiryTemplateVersionId),
        "transaction", Json.toOne("transaction", null),
        "reviewer", Json.toOne("user", reviewerId()),
        "reports", Json.toMany(List.of()),
        "verifications", Json.toMany(verifications()),
        "sessions", Json.toMany(sessions()),
        "documents", Json.toMany(List.of()),
        "selfies", Json.toMany(List.of()));
  }

  @Nullable String reviewerId() {
    return is("approved", "declined") ? Ids.of("user", "reviewer") : null;
  }

  /** Returns the verifications created so far. */
  List<JsonObject> verifications() {
    List<JsonObject> verifications = new ArrayList<>();
    if (started()) {
      String result = is("failed") ? "failed" : completed() ? "passed" : "initiated";
      verifications.add(verification("government-id", 2, result));
    }
    if (completed()) {
      verifications.add(verification("selfie", 4, "passed"));
    }
    return verifications;
  }

  private JsonObject verification(String type, int step, String status) {
    Instant created = createdAt.plus(STEP.multipliedBy(step));
    boolean open = status.equals("initiated");
    return Json.resource(
        "verification/" + type,
        Ids.of("ver", id + type),
        Json.object(
            "status",
            status,
            "created-at",
            created,
            "created-at-ts",
            created.getEpochSecond(),
            "submitted-at",
            open ? null : created.plusSeconds(40),
            "completed-at",
            open ? null : created.plus(STEP),
            "checks",
            List.of(),
            "tags",
            List.of()),
        Json.object(
            "inquiry", Json.toOne("inquiry", id),
            "inquiry-template", Json.toOne("inquiry-template", inquiryTemplateId)));
  }

  List<JsonObject> sessions() {
    if (!started()) {
      return List.of();
    }
    return List.of(
        Json.resource(
            "inquiry-session",
            Ids.of("iqse", id),
            Json.object(
                "status",
                completed() || is("failed") ? "expired" : "active",
                "created-at",
                createdAt,
                "started-at",
                createdAt.plus(STEP),
                "expired-at",
                null,
                "country-code",
                "US"),
            Json.object("inquiry", Json.toOne("inquiry", id))));
  }
}
