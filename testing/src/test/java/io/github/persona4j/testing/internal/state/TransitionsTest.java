package io.github.persona4j.testing.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.LoggedEvent;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionsTest {
  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final ObjectStore store = new ObjectStore(clock::get, "");
  private final EventLog log = new EventLog(store);
  private final List<LoggedEvent> events = new ArrayList<>();
  private final Transitions transitions = transitions(Refusals.DEFAULT);

  TransitionsTest() {
    log.addListener(events::add);
  }

  private Transitions transitions(Refusals refusals) {
    return new Transitions(TransitionTable.get(), store, log, clock::get, refusals);
  }

  /** An object without timestamps that was created an hour ago. */
  private StoredObject stored(String type, @Nullable String state) {
    JsonObject attributes = new JsonObject();
    if (state != null) {
      attributes.addProperty(type.equals("account") ? "account-status" : "status", state);
    }
    if (type.equals("connect/share-token")) {
      attributes.addProperty("direction", "inbound");
    }
    StoredObject object =
        StoredObject.of(
            type, store.newId("obj"), NOW.minus(Duration.ofHours(1)), attributes, new JsonObject());
    store.add(object);
    return object;
  }

  private List<String> eventNames() {
    return events.stream().map(LoggedEvent::name).toList();
  }

  private static List<String> split(@Nullable String text) {
    return text == null ? List.of() : Arrays.asList(text.split("\\s+"));
  }

  /** Every row of the reference of state machines, written a second time. */
  @ParameterizedTest
  @CsvSource({
    // type, from, move, to, events, set, cleared
    "inquiry, created, start, pending, inquiry.started, started-at,",
    "inquiry, pending, transition, pending, inquiry.transitioned, ,",
    "inquiry, pending, complete, completed, inquiry.completed, completed-at, expires-at",
    "inquiry, pending, fail, failed, inquiry.failed, failed-at, expires-at",
    "inquiry, created, expire, expired, inquiry.expired, expired-at, expires-at",
    "inquiry, pending, expire, expired, inquiry.expired, expired-at, expires-at",
    "inquiry, expired, resume, pending, , expires-at, expired-at",
    "inquiry, pending, resume, pending, , ,",
    "inquiry, created, mark-for-review, needs_review, inquiry.marked-for-review,"
        + " marked-for-review-at,",
    "inquiry, pending, mark-for-review, needs_review, inquiry.marked-for-review,"
        + " marked-for-review-at,",
    "inquiry, completed, mark-for-review, needs_review, inquiry.marked-for-review,"
        + " marked-for-review-at,",
    "inquiry, failed, mark-for-review, needs_review, inquiry.marked-for-review,"
        + " marked-for-review-at,",
    "inquiry, expired, mark-for-review, needs_review, inquiry.marked-for-review,"
        + " marked-for-review-at,",
    "inquiry, completed, approve, approved, inquiry.approved, decisioned-at,",
    "inquiry, needs_review, approve, approved, inquiry.approved, decisioned-at,",
    "inquiry, created, approve, approved, inquiry.approved, decisioned-at,",
    "inquiry, declined, approve, approved, inquiry.approved, decisioned-at,",
    "inquiry, failed, decline, declined, inquiry.declined, decisioned-at,",
    "inquiry, pending, decline, declined, inquiry.declined, decisioned-at,",
    "inquiry, approved, decline, declined, inquiry.declined, decisioned-at,",
    "inquiry, approved, redact, approved, inquiry.redacted, redacted-at,",
    "inquiry, expired, update-tags, expired, inquiry.updated-tags, ,",
    "inquiry, completed, update, completed, , ,",
    "inquiry-session, new, start, active, inquiry-session.started, started-at,",
    "inquiry-session, new, expire, expired, inquiry-session.expired, expired-at,",
    "inquiry-session, active, expire, expired, inquiry-session.expired, expired-at,",
    "inquiry-session, active, cancel, expired, inquiry-session.canceled, expired-at,",
    "verification/phone-number, initiated, confirm, confirmed, , ,",
    "verification/email-address, initiated, confirm, confirmed, , ,",
    "verification/email-address, confirmed, submit, submitted, verification.submitted,"
        + " submitted-at,",
    "verification/government-id, initiated, submit, submitted, verification.submitted,"
        + " submitted-at,",
    "verification/government-id, submitted, pass, passed, verification.passed, completed-at,",
    "verification/selfie, submitted, fail, failed, verification.failed, completed-at,",
    "verification/database, submitted, skip, skipped, verification.skipped, completed-at,",
    "verification/selfie, submitted, require-retry, requires_retry, verification.requires-retry,"
        + " completed-at,",
    "verification/document, submitted, pass-tentatively, tentatively_passed,"
        + " verification.tentatively-passed, completed-at,",
    "verification/qes-infocert, submitted, pass-tentatively, tentatively_passed,"
        + " verification.tentatively-passed, completed-at,",
    "verification/document, tentatively_passed, pass, passed, verification.passed, completed-at,",
    "verification/document, tentatively_passed, fail, failed, verification.failed, completed-at,",
    "verification/database-business, submitted, fail-tentatively, tentatively_failed,"
        + " verification.tentatively-failed, completed-at,",
    "verification/database-business-footprint, tentatively_failed, pass, passed,"
        + " verification.passed, completed-at,",
    "verification/database-business, tentatively_failed, fail, failed, verification.failed,"
        + " completed-at,",
    "verification/government-id, initiated, cancel, canceled, verification.canceled, ,",
    "verification/government-id, submitted, cancel, canceled, verification.canceled, ,",
    "verification/phone-number, confirmed, cancel, canceled, verification.canceled, ,",
    "verification/government-id, passed, escalate, passed, verification.escalated, ,",
    "verification/government-id, passed, redact, passed, , redacted-at,",
    "document/government-id, initiated, submit, submitted, document.submitted, ,",
    "document/generic, submitted, wait, submitted, document.pending, ,",
    "document/generic, submitted, process, processed, document.processed, processed-at,",
    "document/generic, submitted, error, errored, document.errored, processed-at,",
    "document/government-id, submitted, extract, processed, document.extracted, processed-at,",
    "selfie/profile-and-center, initiated, submit, submitted, selfie.submitted, ,",
    "selfie/profile-and-center, submitted, process, processed, selfie.processed, processed-at,",
    "selfie/center, submitted, error, errored, selfie.errored, processed-at,",
    "report/watchlist, pending, finish, ready, report/watchlist.ready, completed-at,",
    "report/watchlist, pending, match, ready, report/watchlist.ready report/watchlist.matched,"
        + " completed-at,",
    "report/crypto-address-watchlist, pending, match, ready, report/crypto-address-watchlist.ready"
        + " report/crypto-address-watchlist.matched, completed-at,",
    "report/profile, pending, error, errored, report/profile.errored, completed-at,",
    "report/address-lookup, pending, submit, submitted, report/address-lookup.submitted, ,",
    "report/address-lookup, submitted, finish, ready, report/address-lookup.ready, completed-at,",
    "report/address-lookup, submitted, error, errored, report/address-lookup.errored,"
        + " completed-at,",
    "report/profile, ready, run, ready, , ,",
    "report/adverse-media, ready, match-again, ready, report/adverse-media.matched, ,",
    "report/adverse-media, ready, dismiss, ready, report/adverse-media.dismissed, ,",
    "report/business-watchlist, ready, dismiss, ready, report/business-watchlist.dismissed, ,",
    "report/politically-exposed-person, ready, dismiss, ready,"
        + " report/politically-exposed-person.dismissed, ,",
    "report/profile, ready, pause, ready, , ,",
    "report/profile, ready, resume, ready, , ,",
    "report/profile, errored, redact, errored, , redacted-at,",
    "case, Open, set-status: Waiting, Waiting, case.status-updated, ,",
    "case, Waiting, set-status: Open, Open, case.status-updated, ,",
    "case, Open, set-status: Approved, Approved, case.resolved, resolved-at,",
    "case, Waiting, set-status: Declined, Declined, case.resolved, resolved-at,",
    "case, Approved, set-status: Open, Open, case.reopened, sla-expires-at, resolved-at resolution",
    "case, Approved, set-status: Waiting, Waiting, case.reopened, sla-expires-at, resolved-at"
        + " resolution",
    "case, Open, assign, Open, case.assigned, assigned-at,",
    "case, Open, change-queue, Open, case.queue-updated, ,",
    "case, Open, expire-sla, Open, case.sla-expired, ,",
    "case, Open, update, Open, case.updated-fields, ,",
    "case, Open, update-tags, Open, case.updated-tags, ,",
    "case, Open, update-objects, Open, , ,",
    "case, Open, export, Open, case.exported, ,",
    "case, Approved, redact, Approved, case.redacted, redacted-at,",
    "transaction, created, set-status: needs review, needs review, transaction.status-updated, ,",
    "transaction, approved, set-status: completed, completed, transaction.status-updated, ,",
    "transaction, created, update, created, transaction.updated-fields, ,",
    "transaction, created, label, created, transaction.labeled, ,",
    "transaction, created, add-relation, created, transaction.added-relation, ,",
    "transaction, created, remove-relation, created, transaction.removed-relation, ,",
    "transaction, created, process-session, created, transaction.sentinel-session-processed, ,",
    "transaction, created, redact, created, transaction.redacted, ,",
    "transaction, created, redact-biometrics, created, , ,",
    "account, Default, set-status: Blocked, Blocked, account.status-updated, ,",
    "account, Default, update, Default, account.updated-fields, ,",
    "account, Default, add-tag, Default, account.tag-added account.updated-tags, ,",
    "account, Default, remove-tag, Default, account.tag-removed account.updated-tags, ,",
    "account, Default, set-tags, Default,"
        + " account.tag-added account.tag-removed account.updated-tags, ,",
    "account, Default, add-relation, Default, account.added-relation, ,",
    "account, Default, remove-relation, Default, account.removed-relation, ,",
    "account, Default, consolidate, Default, account.consolidated, ,",
    "account, Default, consolidate-with, Default, account.consolidated-with, ,",
    "account, Default, archive, Default, account.archived, ,",
    "account, Default, restore, Default, account.restored, ,",
    "account, Default, redact, Default, account.redacted, redacted-at,",
    "workflow-run, in_progress, resume, in_progress, workflow-run.resumed, ,",
    "workflow-run, in_progress, complete, completed, workflow-run.completed, completed-at,",
    "workflow-run, in_progress, error, errored, workflow-run.errored, ,",
    "workflow, running, pause, paused, , ,",
    "workflow, paused, resume, running, , ,",
    "workflow, running, archive, archived, , ,",
    "importer/account, pending, finish, ready, , completed-at,",
    "importer/account, pending, error, errored, , completed-at,",
    "importer-pipeline-run, pending, start, running, importer-pipeline-run.started, ,",
    "importer-pipeline-run, running, pause, paused, importer-pipeline-run.paused, ,",
    "importer-pipeline-run, paused, resume, running, importer-pipeline-run.resumed, ,",
    "importer-pipeline-run, running, complete, completed, importer-pipeline-run.completed, ,",
    "importer-pipeline-run, running, error, errored, importer-pipeline-run.errored, ,",
    "importer-pipeline-run, running, cancel, canceled, importer-pipeline-run.canceled, ,",
    "importer-pipeline-run, running, kill, killed, , ,",
    "list/string, active, archive, archived, , archived-at,",
    "list-item/string, pending, activate, active, , ,",
    "list-item/string, active, archive, archived, , archived-at,",
    "graph-query, submitted, complete, completed, graph-query.completed, completed-at,",
    "graph-query, submitted, error, errored, graph-query.errored, errored-at,",
    "graph-query, submitted, cancel, cancelled, graph-query.cancelled, ,",
    "graph-query, submitted, time-out, timed_out, graph-query.timed-out, ,",
    "graph-query, completed, rerun, submitted, graph-query.reran, , completed-at errored-at",
    "connect/connection, pending, accept, active, , ,",
    "connect/connection, pending, deactivate, inactive, , ,",
    "connect/connection, active, deactivate, inactive, , ,",
    "connect/connection, inactive, reactivate, pending, , ,",
    "connect/share-token, created, redeem, pending, , pending-at,",
    "connect/share-token, pending, finish, redeemed, connect/share-token.inbound-redeemed,"
        + " redeemed-at,",
    "connect/share-token, pending, fail, failed, , failed-at,",
    "connect/share-token, created, expire, expired, , expires-at,",
    "webhook, disabled, enable, enabled, , ,",
    "webhook, enabled, disable, disabled, , ,",
    "webhook, enabled, archive, archived, , ,",
    "webhook, disabled, archive, archived, , ,",
    "webhook, enabled, rotate-secret, enabled, , ,",
    "inquiry-template-version, draft, publish, published, , published-at,",
  })
  void allowedMove_setsStateTimestampsAndEvents(
      String type,
      String from,
      String move,
      String to,
      @Nullable String expectedEvents,
      @Nullable String set,
      @Nullable String cleared) {
    StoredObject object = stored(type, from);
    String[] moveAndState = move.split(": ", 2);
    Change change = moveAndState.length == 2 ? Change.to(moveAndState[1]) : Change.none();
    StoredObject after = transitions.apply(object, moveAndState[0], change);

    assertThat(store.find(object.id())).isSameAs(after);
    assertThat(transitions.state(after)).isEqualTo(to);
    assertThat(eventNames()).isEqualTo(split(expectedEvents));
    assertThat(events).allMatch(event -> event.object().equals(after));
    JsonObject expected = object.attributes().deepCopy();
    if (!from.equals(to)) {
      expected.addProperty(type.equals("account") ? "account-status" : "status", to);
    }
    for (String name : split(set)) {
      boolean later =
          (name.equals("expires-at") && !to.equals("expired")) || name.equals("sla-expires-at");
      expected.add(name, Json.value(later ? NOW.plus(Duration.ofDays(1)) : NOW));
    }
    split(cleared).forEach(name -> expected.add(name, Json.value(null)));
    if (expectedEvents != null && expectedEvents.equals("case.resolved")) {
      expected.addProperty("resolution", to);
    }
    assertThat(after.attributes()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "inquiry, created, complete",
    "inquiry, created, fail",
    "inquiry, created, transition",
    "inquiry, completed, start",
    "inquiry, completed, complete",
    "inquiry, completed, expire",
    "inquiry, completed, resume",
    "inquiry, expired, complete",
    "inquiry, expired, expire",
    "inquiry, approved, mark-for-review",
    "inquiry, declined, mark-for-review",
    "inquiry, approved, resume",
    "inquiry, approved, complete",
    "inquiry, unknown_to_us, start",
    "inquiry-session, expired, expire",
    "inquiry-session, expired, start",
    "verification/government-id, initiated, pass",
    "verification/government-id, initiated, confirm",
    "verification/government-id, submitted, pass-tentatively",
    "verification/government-id, passed, fail",
    "verification/government-id, passed, cancel",
    "verification/selfie, requires_retry, submit",
    "verification/selfie, canceled, pass",
    "document/generic, submitted, extract",
    "document/generic, processed, error",
    "selfie/center, processed, submit",
    "report/profile, pending, match",
    "report/profile, ready, dismiss",
    "report/profile, pending, run",
    "report/profile, ready, finish",
    "report/profile, errored, run",
    "workflow-run, completed, error",
    "importer/account, ready, error",
    "importer-pipeline-run, completed, cancel",
    "list-item/string, archived, archive",
    "graph-query, completed, cancel",
    "connect/connection, inactive, deactivate",
    "connect/connection, active, reactivate",
    "connect/share-token, redeemed, redeem",
    "connect/share-token, pending, expire",
    "connect/share-token, expired, redeem",
    "webhook, archived, enable",
    "webhook, archived, disable",
  })
  void otherMove_isRefusedAndChangesNothing(String type, String from, String move) {
    StoredObject object = stored(type, from);
    assertThat(transitions.allows(object, move)).isFalse();

    assertThatThrownBy(() -> transitions.apply(object, move))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("is " + from + ", which does not allow: " + move);
    assertThat(store.find(object.id())).isSameAs(object);
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"409, Stale object error", "422, Unprocessable entity"})
  void refusal_hasTheChosenStatus(int status, String title) {
    StoredObject object = stored("inquiry", "approved");

    assertThatThrownBy(
            () -> transitions(new Refusals(status, false)).apply(object, "mark-for-review"))
        .isInstanceOfSatisfying(
            ApiFailure.class,
            failure -> {
              assertThat(failure.response().status()).isEqualTo(status);
              assertThat(failure.response().bodyText()).contains(title);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "inquiry, created, approve",
    "inquiry, expired, decline",
    "inquiry, approved, decline",
    "inquiry, declined, approve",
    "webhook, enabled, enable",
  })
  void moveThatMayBeRefused_isRefusedIfSo(String type, String from, String move) {
    Transitions strict = transitions(new Refusals(422, true));
    StoredObject object = stored(type, from);
    assertThat(transitions.allows(object, move)).isTrue();
    assertThat(strict.allows(object, move)).isFalse();

    assertThatThrownBy(() -> strict.apply(object, move)).isInstanceOf(ApiFailure.class);
  }

  @ParameterizedTest
  @CsvSource({
    "inquiry, created, inquiry.created",
    "inquiry-session, new,",
    "verification/selfie, initiated, verification.created",
    "document/generic, initiated, document.created",
    "selfie/center, initiated, selfie.created",
    "report/watchlist, pending,",
    "case, Open, case.created",
    "transaction, created, transaction.created",
    "account, Default, account.created",
    "workflow-run, in_progress, workflow-run.created",
    "importer/account, pending,",
    "importer-pipeline-run, pending,",
    "list/string, active,",
    "list-item/string, active,",
    "graph-query, submitted, graph-query.submitted",
    "connect/connection, pending,",
    "connect/share-token, created, connect/share-token.inbound-created",
    "webhook, disabled,",
    "api-key, active,",
  })
  void newObject_hasItsFirstStateAndIsStored(
      String type, String state, @Nullable String expectedEvent) {
    JsonObject attributes = new JsonObject();
    if (type.equals("connect/share-token")) {
      attributes.addProperty("direction", "inbound");
    }
    StoredObject draft =
        StoredObject.of(type, store.newId("obj"), NOW, attributes, new JsonObject());
    StoredObject created = transitions.create(draft);

    assertThat(store.find(draft.id())).isSameAs(created);
    assertThat(transitions.state(created)).isEqualTo(state);
    assertThat(created.time("created-at")).isEqualTo(NOW);
    assertThat(eventNames()).isEqualTo(split(expectedEvent));
  }

  @Test
  void newInquiry_expiresInADay() {
    StoredObject draft =
        StoredObject.of("inquiry", "inq_1", NOW, new JsonObject(), new JsonObject());

    assertThat(transitions.create(draft).time("expires-at"))
        .isEqualTo(NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void firstStateAndAttributes_canBeChosen() {
    StoredObject draft =
        StoredObject.of("transaction", "txn_1", NOW, new JsonObject(), new JsonObject());
    StoredObject created =
        transitions.create(draft, Change.to("approved").with("reference-id", "r-1"));

    assertThat(created.status()).isEqualTo("approved");
    assertThat(events.get(0).object().text("reference-id")).isEqualTo("r-1");
  }

  @Test
  void apiKey_isExpiredFromItsTimeOn() {
    StoredObject key = stored("api-key", null);
    assertThat(transitions.state(key)).isEqualTo("active");
    StoredObject expired = transitions.apply(key, "expire");

    assertThat(transitions.state(expired)).isEqualTo("expired");
    assertThat(expired.attributes().keySet()).containsExactly("expires-at");
    assertThat(transitions.allows(expired, "expire")).isFalse();

    StoredObject later =
        transitions.apply(
            stored("api-key", null),
            "expire",
            Change.none().with("expires-at", NOW.plusSeconds(5)));
    assertThat(transitions.state(later)).isEqualTo("active");
    clock.set(NOW.plusSeconds(5));
    assertThat(transitions.state(later)).isEqualTo("expired");
  }

  @Test
  void updatedAtAndSeconds_areSetIfTheObjectHasThem() {
    StoredObject inquiry = stored("inquiry", "created");
    store.update(
        inquiry.id(),
        object ->
            object.with("updated-at", null).with("started-at-ts", null).with("failed-at-ts", null));
    StoredObject after = transitions.apply(inquiry, "start");

    assertThat(after.time("updated-at")).isEqualTo(NOW);
    assertThat(after.attribute("started-at-ts")).isEqualTo(Json.value(NOW.getEpochSecond()));
    assertThat(after.attribute("failed-at-ts")).isEqualTo(Json.value(null));
    assertThat(after.attributes().has("created-at")).isFalse();
  }

  @Test
  void change_isInTheObjectOfTheEventAndItsContext() {
    StoredObject inquiry = stored("inquiry", "completed");
    transitions.apply(
        inquiry,
        "approve",
        Change.none().with("reviewer-comment", "fine").context("added", List.of("vip")));

    LoggedEvent event = events.get(0);
    assertThat(event.object().text("reviewer-comment")).isEqualTo("fine");
    assertThat(event.object().status()).isEqualTo("approved");
    assertThat(event.context()).isEqualTo(Json.object("added", List.of("vip")));
    assertThat(event.createdAt()).isEqualTo(NOW);
  }

  @Test
  void resolutionsOfTheCaseTemplate_areEndStates() {
    StoredObject template =
        StoredObject.of(
            "case-template",
            "ctmpl_1",
            NOW,
            Json.object("resolutions", List.of("Fraud")),
            new JsonObject());
    store.add(template);
    StoredObject object = stored("case", "Open");
    assertThat(transitions.apply(object, "set-status", Change.to("Fraud")).time("resolved-at"))
        .isNull();
    store.update(object.id(), former -> former.withRelated("case-template", template));

    StoredObject resolved = transitions.apply(object, "set-status", Change.to("Fraud"));
    assertThat(resolved.time("resolved-at")).isEqualTo(NOW);
    assertThat(resolved.text("resolution")).isEqualTo("Fraud");
  }

  @Test
  void moveWithoutTheStateItNeeds_isAnErrorOfTheCaller() {
    StoredObject object = stored("transaction", "created");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> transitions.apply(object, "set-status"))
        .withMessageContaining("needs a state");
    StoredObject unknown =
        StoredObject.of("inquiry", "inq_x", NOW, new JsonObject(), new JsonObject());
    assertThatIllegalArgumentException().isThrownBy(() -> transitions.apply(unknown, "start"));
    StoredObject device =
        StoredObject.of("device", "dev_1", NOW, new JsonObject(), new JsonObject());
    assertThatIllegalArgumentException().isThrownBy(() -> transitions.create(device));
  }

  @ParameterizedTest
  @CsvSource({
    "inquiry, inquiries.approve, approve",
    "inquiry, simulate approve_inquiry, approve",
    "inquiry, clock, expire",
    "list-item/string, listItems.archiveStringItem, archive",
    "transaction, transactions.update, set-status update",
    "inquiry, inquiries.search,",
  })
  void movesOfAParty_areNamedByTheTable(String type, String party, @Nullable String moves) {
    assertThat(transitions.movesOf(type, party)).isEqualTo(split(moves));
  }

  /** Each row of the file can be made from each of its states, whatever else it contains. */
  @Test
  void everyRowOfTheFile_canBeMade() {
    int moves = 0;
    for (String pattern : TransitionTable.get().types()) {
      String type = pattern.replace("*", "x");
      for (Transition row : TransitionTable.get().rows(type)) {
        for (String from : row.creates() ? List.<String>of() : row.from()) {
          StoredObject object = stored(type, stateOf(from));
          String to = row.to().iterator().next();
          Change change = row.choosesState() ? Change.to(stateOf(to)) : Change.none();
          events.clear();
          StoredObject after = transitions.apply(object, row.move(), change);
          assertThat(events).as(type + ' ' + row).hasSameSizeAs(row.events());
          assertThat(after.attributes().keySet()).as(type + ' ' + row).containsAll(row.clears());
          moves++;
        }
      }
    }
    assertThat(moves).isGreaterThan(150);
  }

  /** Returns a state of a class, or the state itself. */
  private static String stateOf(String name) {
    return switch (name) {
      case "(initial)" -> "Open";
      case "(intermediate)", "text", "any" -> "Waiting";
      case "(end)" -> "Approved";
      default -> name;
    };
  }
}
