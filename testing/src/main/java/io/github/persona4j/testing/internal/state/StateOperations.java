package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.Drafts;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.operation.Pages;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The operations that move objects from state to state, and the creation of objects with states.
 */
final class StateOperations {
  private static final String EXPIRES_AT = "expires-at";
  private static final String ACCOUNT_STATUS = "account-status";
  private static final String WORKFLOW_RUN = "workflow-run";
  private static final String SLA_EXPIRES_AT = "sla-expires-at";

  /** Families whose new objects need nothing but the table. */
  private static final List<String> PLAIN_CREATIONS =
      List.of("transaction", "case", "webhook", "api-key", "list");

  private final Operations operations;
  private final ObjectStore store;
  private final Transitions transitions;
  private final InquiryMoves inquiries;
  private final ReportMoves reports;
  private final Expirations expirations;
  private final Timetable timetable;
  private final Duration processingTime;
  private final Set<String> locked = ConcurrentHashMap.newKeySet();

  StateOperations(
      Operations operations,
      ObjectStore store,
      Transitions transitions,
      InquiryMoves inquiries,
      ReportMoves reports,
      Timetable timetable,
      Duration processingTime) {
    this.operations = operations;
    this.store = store;
    this.transitions = transitions;
    this.inquiries = inquiries;
    this.reports = reports;
    this.timetable = timetable;
    this.processingTime = processingTime;
    this.expirations = new Expirations(store, transitions, timetable);
    store.onChange(this::watchSla);
  }

  void register() {
    creations();
    inquiries();
    sessions();
    verifications();
    reports();
    cases();
    workflows();
    connect();
    move("webhooks.enable", "enable");
    move("webhooks.disable", "disable");
    move("webhooks.archive", "archive");
    operations.on(
        "apiKeys.expire",
        call ->
            OperationResult.of(
                transitions.apply(
                    call.object(),
                    "expire",
                    Change.none().with(EXPIRES_AT, inSeconds(call, "expires-in-seconds")))));
    ApiDescription.get().operations().stream()
        .map(operation -> operation.id())
        .filter(id -> id.startsWith("listItems.archive") || id.equals("lists.archive"))
        .forEach(id -> move(id, "archive"));
  }

  private void creations() {
    PLAIN_CREATIONS.forEach(
        family -> operations.onCreate(family, (draft, call) -> transitions.create(draft)));
    operations.onCreate("inquiry-session", (draft, call) -> inquiries.addSession(draft));
    operations.onCreate("account", this::createAccount);
    operations.onCreate("report", (draft, call) -> reports.create(draft));
    operations.onCreate("list-item", this::createListItem);
    operations.onCreate(
        WORKFLOW_RUN, (draft, call) -> thenLater(transitions.create(draft), "complete"));
    operations.onCreate(
        "graph-query", (draft, call) -> thenLater(transitions.create(draft), "complete"));
    operations.onCreate("connect/connection", (draft, call) -> transitions.create(draft));
    operations.onCreate("connect/share-token", this::createShareToken);
  }

  private StoredObject createListItem(StoredObject draft, OperationCall call) {
    StoredObject list =
        TargetList.find(store, draft.type(), OperationCall.text(call.attributes(), "list-id"));
    StoredObject item = transitions.create(draft);
    store.update(list.id(), former -> former.withAdded("list-items", item));
    return item;
  }

  private StoredObject createAccount(StoredObject draft, OperationCall call) {
    String status = OperationCall.text(call.attributes(), ACCOUNT_STATUS);
    return transitions.create(draft, status == null ? Change.none() : Change.to(status));
  }

  /** Whatever sets the end of an SLA: the creation, an update, or that a case is opened again. */
  private void watchSla(@Nullable StoredObject former, StoredObject changed) {
    if (changed.type().equals("case")) {
      Instant due = changed.time(SLA_EXPIRES_AT);
      if (due != null && (former == null || !due.equals(former.time(SLA_EXPIRES_AT)))) {
        timetable.at(due, () -> expireSla(changed.id(), due));
      }
    }
  }

  private void expireSla(String id, Instant due) {
    store.write(
        () -> {
          StoredObject object = store.find(id);
          if (object != null
              && object.time("resolved-at") == null
              && due.equals(object.time(SLA_EXPIRES_AT))) {
            transitions.apply(object, "expire-sla");
          }
          return id;
        });
  }

  private StoredObject createShareToken(StoredObject draft, OperationCall call) {
    Duration lifetime = seconds(call.attributes(), "expires-in-seconds");
    Change change = Change.none().with("direction", "outbound");
    StoredObject token =
        transitions.create(
            draft,
            lifetime == null ? change : change.with(EXPIRES_AT, draft.createdAt().plus(lifetime)));
    expirations.watch(token, token.time(EXPIRES_AT), due -> transitions.apply(due, "expire"));
    return token;
  }

  private void inquiries() {
    decision("inquiries.approve", "approve");
    decision("inquiries.decline", "decline");
    decision("inquiries.markForReview", "mark-for-review");
    operations.on(
        "inquiries.expire", call -> OperationResult.of(inquiries.expire(call.object().id())));
    operations.on(
        "inquiries.resume",
        call -> {
          StoredObject session = inquiries.resume(call.object().id());
          return OperationResult.of(call.object())
              .withMeta("session-token", inquiries.token(session));
        });
    operations.on(
        "inquiries.generateOneTimeLink",
        call -> {
          StoredObject session = inquiries.openSession(call.object().id());
          return withLink(OperationResult.of(call.object()), session, call);
        });
    operations.on(
        "inquiries.performSimulateActions",
        call ->
            OperationResult.of(
                inquiries.simulate(call.object().id(), array(call.meta(), "simulate-actions"))));
  }

  private void decision(String operationId, String move) {
    operations.on(
        operationId,
        call ->
            OperationResult.of(
                inquiries.decide(
                    call.object().id(), move, OperationCall.text(call.meta(), "comment"), null)));
  }

  private OperationResult withLink(
      OperationResult result, StoredObject session, OperationCall call) {
    Duration lifetime = seconds(call.meta(), "expires-in-seconds");
    return inquiries
        .link(session, lifetime == null ? null : timetable.instant().plus(lifetime))
        .addTo(result);
  }

  private void sessions() {
    move("inquirySessions.expire", "expire");
    operations.on(
        "inquirySessions.generateOneTimeLink",
        call -> {
          transitions.require(call.object(), "link");
          return withLink(OperationResult.of(call.object()), call.object(), call);
        });
    operations.on(
        "inquirySessions.expireAll",
        call -> {
          Set<StoredObject> sessions = new LinkedHashSet<>();
          for (JsonElement id : array(call.meta(), "inquiry-ids")) {
            if (store.find("inquiry", id.getAsString()) == null) {
              throw ApiFailure.notFound();
            }
            sessions.addAll(inquiries.expireSessions(id.getAsString()));
          }
          return OperationResult.document(
              Json.object("data", sessions.stream().map(StoredObject::json).toList()));
        });
  }

  private void verifications() {
    operations.on(
        "verifications.investigationLock",
        call -> {
          locked.add(call.object().id());
          return OperationResult.of(transitions.apply(call.object(), "lock"));
        });
    operations.on(
        "verifications.investigationUnlock",
        call -> {
          locked.remove(call.object().id());
          return OperationResult.of(transitions.apply(call.object(), "unlock"));
        });
    operations.on(
        "verifications.redact",
        call -> {
          if (locked.contains(call.object().id())) {
            throw transitions.refusal("The verification is locked for an investigation.");
          }
          Drafts drafts = operations.drafts();
          return OperationResult.of(
              transitions.apply(call.object(), "redact", Change.edit(drafts::redacted)));
        });
  }

  private void reports() {
    operations.on("reports.run", call -> OperationResult.of(reports.run(call.object())));
    recorded("reports.dismiss", "dismiss", report -> report.with("has-match", false));
    recorded("reports.pause", "pause", report -> report.with("is-recurring", false));
    recorded("reports.resume", "resume", report -> report.with("is-recurring", true));
    operations.on(
        "reports.reviewMatches",
        call -> {
          if ("record".equals(OperationCall.text(call.attributes(), "review-type"))
              && OperationCall.text(call.attributes(), "record-token") == null) {
            throw ApiFailure.unprocessable(
                "/data/attributes/record-token", "A record to review has a record-token.");
          }
          return OperationResult.of(reports.applyAndRecord(call.object(), "review", Change.none()));
        });
    operations.on(
        "reports.listHistory",
        call ->
            OperationResult.document(
                reports.history(
                    call.object("report").id(),
                    call.request().path(),
                    operations.pages(),
                    Pages.Wanted.of(call.query()))));
  }

  private void recorded(String operationId, String move, UnaryOperator<StoredObject> edit) {
    operations.on(
        operationId,
        call -> OperationResult.of(reports.applyAndRecord(call.object(), move, Change.edit(edit))));
  }

  private void cases() {
    operations.on(
        "cases.update",
        call -> {
          JsonObject attributes = call.attributes().deepCopy();
          if (call.meta().has("sla-expires-in-seconds")) {
            Duration sla = seconds(call.meta(), "sla-expires-in-seconds");
            attributes.add(
                SLA_EXPIRES_AT, Json.value(sla == null ? null : timetable.instant().plus(sla)));
          }
          return OperationResult.of(operations.update(call.object(), attributes));
        });
    operations.on(
        "cases.setStatus",
        call -> {
          String status = OperationCall.text(call.meta(), "status");
          if (status == null || status.isBlank()) {
            throw ApiFailure.unprocessable("/meta/status", "The status must not be blank.");
          }
          return OperationResult.of(
              transitions.apply(call.object(), "set-status", Change.to(status)));
        });
  }

  private void workflows() {
    Drafts drafts = operations.drafts();
    operations.on(
        "workflows.trigger",
        call ->
            OperationResult.of(
                operations.create(
                    drafts
                        .empty(WORKFLOW_RUN)
                        .withRelated(
                            "workflow", drafts.find("workflow", call.pathParameter("workflow-id"))),
                    call)));
  }

  private void connect() {
    move("connect.deactivateConnection", "deactivate");
    move("connect.reactivateConnection", "reactivate");
    move("connect.expireShareToken", "expire");
    operations.on(
        "connect.redeemShareToken",
        call ->
            OperationResult.of(thenLater(transitions.apply(call.object(), "redeem"), "finish")));
  }

  /** Registers an operation that is one move and nothing else. */
  private void move(String operationId, String move) {
    operations.on(operationId, call -> OperationResult.of(transitions.apply(call.object(), move)));
  }

  /** Lets Persona make a move after the processing time, unless the object has moved on. */
  StoredObject thenLater(StoredObject object, String move) {
    String id = object.id();
    timetable.after(processingTime, () -> transitions.applyIfAllowed(id, move));
    return object;
  }

  private Instant inSeconds(OperationCall call, String name) {
    Duration duration = seconds(call.meta(), name);
    return timetable.instant().plus(duration == null ? Duration.ZERO : duration);
  }

  static @Nullable Duration seconds(JsonObject object, String name) {
    return object.get(name) instanceof JsonPrimitive number && number.isNumber()
        ? Duration.ofMillis((long) (number.getAsDouble() * 1_000))
        : null;
  }

  private static JsonArray array(JsonObject object, String name) {
    return object.get(name) instanceof JsonArray array ? array : new JsonArray();
  }
}
