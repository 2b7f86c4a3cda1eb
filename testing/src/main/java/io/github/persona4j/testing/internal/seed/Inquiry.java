package io.github.persona4j.testing.internal.seed;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.Ids;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A seeded inquiry. Its timestamps are derived from its status: each step takes {@link #STEP}. */
record Inquiry(
    String id,
    Instant createdAt,
    Instant expiresAt,
    String status,
    String referenceId,
    @Nullable String note,
    List<String> tags,
    String accountId,
    String inquiryTemplateId,
    Supplier<JsonObject> fields)
    implements StoredObject.Content {

  static final Duration STEP = Duration.ofMinutes(1);
  static final Duration LIFETIME = Duration.ofDays(1);
  private static final String FIRST_STEP = "start";

  Inquiry withStatus(String other) {
    return new Inquiry(
        id,
        createdAt,
        expiresAt,
        other,
        referenceId,
        note,
        tags,
        accountId,
        inquiryTemplateId,
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

  StoredObject stored() {
    return StoredObject.lazy("inquiry", id, createdAt, this);
  }

  @Override
  public @Nullable JsonElement attribute(String name) {
    return switch (name) {
      case "status" -> Json.value(status);
      case "reference-id" -> Json.value(referenceId);
      case "note" -> Json.value(note);
      case "created-at" -> Json.value(createdAt);
      case "updated-at" -> Json.value(updatedAt());
      default -> attributes().get(name);
    };
  }

  @Override
  public @Nullable JsonElement relationship(String name) {
    return switch (name) {
      case "account" -> Json.toOne("account", accountId);
      case "inquiry-template" -> Json.toOne("inquiry-template", inquiryTemplateId);
      case "template" -> Json.toOne("template", null);
      default -> relationships().get(name);
    };
  }

  private Instant updatedAt() {
    int steps =
        is("approved", "declined", "needs_review")
            ? 7
            : is("completed") ? 6 : is("failed") ? 4 : is("created") ? 0 : 1;
    return createdAt.plus(STEP.multipliedBy(steps));
  }

  @Override
  public JsonObject attributes() {
    Instant started = step(started(), 1);
    Instant expired = step(is("expired"), 1);
    Instant failed = step(is("failed"), 4);
    Instant completed = step(completed(), 6);
    Instant decided = step(is("approved", "declined"), 7);
    Instant marked = step(is("needs_review"), 7);
    return Json.object(
        "status", status,
        "reference-id", referenceId,
        "note", note,
        "behaviors", completed() ? Json.object("distraction-events", 0) : null,
        "tags", tags,
        "creator", "API",
        "reviewer-comment", is("declined") ? "The documents do not match." : null,
        "previous-step-name", started() ? FIRST_STEP : null,
        "next-step-name", completed() ? "success" : started() ? "verification" : FIRST_STEP,
        "created-at", createdAt,
        "updated-at", updatedAt(),
        "started-at", started,
        "expires-at", is("created", "pending") ? expiresAt : null,
        "completed-at", completed,
        "failed-at", failed,
        "marked-for-review-at", marked,
        "decisioned-at", decided,
        "expired-at", expired,
        "redacted-at", null,
        "fields", fields.get());
  }

  @Override
  public JsonObject relationships() {
    return Json.object(
        "account", Json.toOne("account", accountId),
        "template", Json.toOne("template", null),
        "inquiry-template", Json.toOne("inquiry-template", inquiryTemplateId),
        "inquiry-template-version",
            Json.toOne("inquiry-template-version", Catalog.versionOf(inquiryTemplateId)),
        "transaction", Json.toOne("transaction", null),
        "reviewer", Json.toOne("user", is("approved", "declined") ? Catalog.REVIEWER : null),
        "reports", references(List.of()),
        "verifications", references(verifications()),
        "sessions", references(sessions()),
        "documents", references(List.of()),
        "selfies", references(List.of()));
  }

  private static JsonObject references(List<StoredObject> objects) {
    return Json.object("data", objects.stream().map(StoredObject::reference).toList());
  }

  /** Returns the verifications created so far. */
  List<StoredObject> verifications() {
    List<StoredObject> verifications = new ArrayList<>();
    if (started()) {
      String result = is("failed") ? "failed" : completed() ? "passed" : "initiated";
      verifications.add(verification("government-id", 2, result));
    }
    if (completed()) {
      verifications.add(verification("selfie", 4, "passed"));
    }
    return verifications;
  }

  private StoredObject verification(String kind, int step, String result) {
    Instant created = createdAt.plus(STEP.multipliedBy(step));
    return StoredObject.lazy(
        "verification/" + kind,
        Ids.of("ver", id + kind),
        created,
        new Verification(id, inquiryTemplateId, created, result));
  }

  private record Verification(
      String inquiryId, String inquiryTemplateId, Instant created, String result)
      implements StoredObject.Content {
    @Override
    public JsonObject attributes() {
      boolean open = result.equals("initiated");
      return Json.object(
          "status",
          result,
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
          List.of());
    }

    @Override
    public JsonObject relationships() {
      return Json.object(
          "inquiry", Json.toOne("inquiry", inquiryId),
          "inquiry-template", Json.toOne("inquiry-template", inquiryTemplateId));
    }
  }

  List<StoredObject> sessions() {
    if (!started()) {
      return List.of();
    }
    return List.of(
        StoredObject.lazy(
            "inquiry-session",
            Ids.of("iqse", id),
            createdAt,
            new Session(id, createdAt, is("pending") ? "active" : "expired")));
  }

  private record Session(String inquiryId, Instant created, String state)
      implements StoredObject.Content {
    @Override
    public JsonObject attributes() {
      return Json.object(
          "status",
          state,
          "created-at",
          created,
          "started-at",
          created.plus(STEP),
          "expired-at",
          state.equals("expired") ? created.plus(LIFETIME) : null,
          "country-code",
          "US");
    }

    @Override
    public JsonObject relationships() {
      return Json.object("inquiry", Json.toOne("inquiry", inquiryId));
    }
  }
}
