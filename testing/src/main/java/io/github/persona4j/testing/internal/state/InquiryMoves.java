package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.operation.Drafts;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What happens to an inquiry with its sessions and verifications, whoever moves it: the person in
 * the flow, an operation, a simulated action, or the clock. Thread-safe.
 */
public final class InquiryMoves {
  private static final String INQUIRY = "inquiry";
  private static final String SESSION = "inquiry-session";
  private static final String SESSIONS = "sessions";
  private static final int MOST_SESSIONS = 25;
  private static final String EXPIRE = "expire";
  private static final String EXPIRES_AT = "expires-at";
  private static final String NEXT_STEP = "next-step-name";
  private static final String PREVIOUS_STEP = "previous-step-name";

  private final ObjectStore store;
  private final Transitions transitions;
  private final Drafts drafts;
  private final Expirations expirations;
  private final VerificationMoves verifications;
  private final AccessLinks links;
  private final Map<String, Intervals> intervals = new ConcurrentHashMap<>();

  /** How long an inquiry stays open after these moves; null for what the table says. */
  record Intervals(@Nullable Duration afterStart, @Nullable Duration afterResume) {
    static final Intervals OF_TABLE = new Intervals(null, null);
  }

  InquiryMoves(ObjectStore store, Transitions transitions, Drafts drafts, Timetable timetable) {
    this.store = store;
    this.transitions = transitions;
    this.drafts = drafts;
    this.expirations = new Expirations(store, transitions, timetable);
    this.verifications = new VerificationMoves(store, transitions, drafts);
    this.links = new AccessLinks(store, timetable);
  }

  /**
   * Returns an inquiry.
   *
   * @throws IllegalArgumentException if there is none with this id
   */
  public StoredObject inquiry(String id) {
    StoredObject inquiry = store.find(INQUIRY, id);
    if (inquiry == null) {
      throw new IllegalArgumentException("the fake has no inquiry with this id");
    }
    return inquiry;
  }

  /** Stores a new inquiry; an attribute {@code expires-at} that it has already is kept. */
  StoredObject create(StoredObject draft, Intervals after) {
    Instant expiresAt = draft.time(EXPIRES_AT);
    StoredObject inquiry =
        transitions.create(
            draft, expiresAt == null ? Change.none() : Change.none().with(EXPIRES_AT, expiresAt));
    intervals.put(inquiry.id(), after);
    watch(inquiry);
    return inquiry;
  }

  private void watch(StoredObject inquiry) {
    expirations.watch(inquiry, inquiry.time(EXPIRES_AT), due -> expire(due.id()));
  }

  /** Stores a new session of an inquiry. */
  StoredObject openSession(String inquiryId) {
    return addSession(drafts.empty(SESSION).withRelated(INQUIRY, inquiry(inquiryId)));
  }

  /** Stores a session and adds it to its inquiry. */
  StoredObject addSession(StoredObject draft) {
    String inquiryId = draft.relatedId(INQUIRY);
    StoredObject inquiry = inquiryId == null ? null : store.find(INQUIRY, inquiryId);
    if (inquiry == null) {
      throw ApiFailure.notFound();
    }
    transitions.require(inquiry, "open-session");
    if (inquiry.relatedIds(SESSIONS).size() >= MOST_SESSIONS) {
      throw ApiFailure.unprocessable(
          "/data/attributes/inquiry-id", "An inquiry has at most " + MOST_SESSIONS + " sessions.");
    }
    StoredObject session = transitions.create(draft);
    store.update(inquiry.id(), former -> former.withAdded(SESSIONS, session));
    expirations.watch(session, inquiry.time(EXPIRES_AT), due -> transitions.apply(due, EXPIRE));
    return session;
  }

  /** Returns a new token of a session, for the embedded and mobile flows. */
  String token(StoredObject session) {
    return links.token(session.id());
  }

  /** Creates a one-time link to a session. */
  AccessLinks.Link link(StoredObject session, @Nullable Instant expiresAt) {
    String inquiryId = session.relatedId(INQUIRY);
    return links.link(inquiryId == null ? "" : inquiryId, session.id(), expiresAt);
  }

  /**
   * Opens a one-time link, or the flow with the token of a session: starts the session, and returns
   * the id of the inquiry.
   *
   * @throws IllegalArgumentException if this fake did not create the link or token
   * @throws IllegalStateException if the link was used before, or has expired
   * @throws ApiFailure if the session has expired
   */
  public String open(String linkOrToken) {
    return store.write(
        () -> {
          StoredObject session = store.find(SESSION, links.open(linkOrToken));
          String inquiryId = session == null ? null : session.relatedId(INQUIRY);
          if (session == null || inquiryId == null) {
            throw new IllegalStateException("the session does not exist any more");
          }
          if (!transitions.state(session).equals("active")) {
            transitions.require(inquiry(inquiryId), "open-session");
            transitions.apply(session, "start");
          }
          return inquiryId;
        });
  }

  /** The person starts the flow, in a new session unless one is open. */
  public StoredObject start(String id) {
    return store.write(
        () -> {
          StoredObject inquiry = inquiry(id);
          transitions.require(inquiry, "start");
          useSession(inquiry);
          Change change = Change.edit(former -> step(former, "verification"));
          StoredObject started =
              transitions.apply(inquiry, "start", withExpiration(change, intervals(id).afterStart));
          watch(started);
          return started;
        });
  }

  private void useSession(StoredObject inquiry) {
    StoredObject unused = null;
    for (String sessionId : inquiry.relatedIds(SESSIONS)) {
      StoredObject session = store.find(SESSION, sessionId);
      String state = session == null ? "" : transitions.state(session);
      if (state.equals("active")) {
        return;
      }
      unused = state.equals("new") ? session : unused;
    }
    transitions.apply(unused == null ? openSession(inquiry.id()) : unused, "start");
  }

  private Intervals intervals(String id) {
    return intervals.getOrDefault(id, Intervals.OF_TABLE);
  }

  private Change withExpiration(Change change, @Nullable Duration interval) {
    return interval == null ? change : change.with(EXPIRES_AT, store.now().plus(interval));
  }

  private static StoredObject step(StoredObject inquiry, String next) {
    return inquiry.with(PREVIOUS_STEP, inquiry.text(NEXT_STEP)).with(NEXT_STEP, next);
  }

  /**
   * Does nothing if the description has the type of the submission, and the type its outcome.
   *
   * @throws IllegalArgumentException otherwise
   */
  public void check(Submission submission) {
    String type = submission.type();
    if (ApiDescription.get().resourceType(type) == null) {
      throw new IllegalArgumentException("unknown type: " + type);
    }
    String outcome = submission.outcome();
    if (outcome != null && !transitions.moves(type).contains(outcome)) {
      throw new IllegalArgumentException(type + " cannot have the outcome " + outcome);
    }
  }

  /** The person submits a verification; starts the inquiry before if it is new. */
  public StoredObject submit(String id, Submission submission) {
    return store.write(
        () -> {
          StoredObject inquiry = inquiry(id);
          if (transitions.allows(inquiry, "start")) {
            inquiry = start(id);
          }
          transitions.require(inquiry, "transition");
          verifications.submit(inquiry, submission);
          String step = submission.type().substring(submission.type().indexOf('/') + 1);
          return transitions.apply(
              inquiry,
              "transition",
              Change.edit(former -> step(former, step.replace('-', '_') + "_verification")));
        });
  }

  /** The person reaches the success screen. */
  public StoredObject complete(String id) {
    return transitions.apply(
        inquiry(id), "complete", Change.edit(former -> step(former, "success")));
  }

  /** The person reaches the failure screen. */
  public StoredObject fail(String id) {
    return transitions.apply(inquiry(id), "fail", Change.edit(former -> step(former, "fail")));
  }

  /** Expires an inquiry with its sessions, and cancels its open verifications. */
  public StoredObject expire(String id) {
    return store.write(
        () -> {
          StoredObject expired = transitions.apply(inquiry(id), EXPIRE);
          applyWhereAllowed(expired.relatedIds(SESSIONS), EXPIRE);
          applyWhereAllowed(expired.relatedIds("verifications"), "cancel");
          return expired;
        });
  }

  /** Expires all inquiries whose time is over, such as those of the seed data. */
  public void expireDue() {
    Instant now = store.now();
    for (StoredObject inquiry : store.all(INQUIRY)) {
      Instant time = inquiry.time(EXPIRES_AT);
      if (time != null && !time.isAfter(now) && transitions.allows(inquiry, EXPIRE)) {
        StoredObject unused = expire(inquiry.id());
      }
    }
  }

  /** Expires the sessions of an inquiry that are open, and returns all of them. */
  List<StoredObject> expireSessions(String id) {
    List<String> sessions = inquiry(id).relatedIds(SESSIONS);
    applyWhereAllowed(sessions, EXPIRE);
    return sessions.stream().map(store::find).filter(Objects::nonNull).toList();
  }

  /** Redacts what belongs to a redacted inquiry; the API does that some time later. */
  void redactChildren(String id) {
    store.write(
        () -> {
          StoredObject inquiry = inquiry(id);
          for (String relationship : List.of("verifications", "reports")) {
            for (String childId : inquiry.relatedIds(relationship)) {
              StoredObject child = store.find(childId);
              if (child != null && child.text("redacted-at") == null) {
                transitions.apply(child, "redact", Change.edit(drafts::redacted));
              }
            }
          }
          return id;
        });
  }

  private void applyWhereAllowed(List<String> ids, String move) {
    ids.forEach(id -> transitions.applyIfAllowed(id, move));
  }

  /** Opens an inquiry again, and returns the new session. */
  StoredObject resume(String id) {
    return store.write(
        () -> {
          StoredObject resumed =
              transitions.apply(
                  inquiry(id), "resume", withExpiration(Change.none(), intervals(id).afterResume));
          watch(resumed);
          return openSession(id);
        });
  }

  /** Decides on an inquiry: {@code approve}, {@code decline} or {@code mark-for-review}. */
  public StoredObject decide(
      String id, String move, @Nullable String comment, @Nullable StoredObject reviewer) {
    Change change =
        comment == null ? Change.none() : Change.none().with("reviewer-comment", comment);
    if (reviewer != null) {
      change = change.and(inquiry -> inquiry.withRelated("reviewer", reviewer));
    }
    return transitions.apply(inquiry(id), move, change);
  }

  /**
   * Executes the actions of the operation {@code inquiries.performSimulateActions} in order; none
   * if one of them is not possible after those before it.
   */
  StoredObject simulate(String id, JsonArray actions) {
    return store.write(
        () -> {
          List<UnaryOperator<StoredObject>> steps = new ArrayList<>();
          StoredObject inquiry = inquiry(id);
          String state = transitions.state(inquiry);
          for (int number = 0; number < actions.size(); number++) {
            JsonObject action = actions.get(number).getAsJsonObject();
            Simulation next = simulation(action, "/meta/simulate-actions/" + number);
            boolean starts = next.move.equals("transition") && state.equals("created");
            state = starts ? transitions.stateAfter(inquiry, state, "start") : state;
            state = transitions.stateAfter(inquiry, state, next.move);
            steps.add(next.step);
          }
          for (UnaryOperator<StoredObject> step : steps) {
            inquiry = step.apply(inquiry);
          }
          return inquiry;
        });
  }

  /** What an action does, and the move of the inquiry that it is. */
  private record Simulation(String move, UnaryOperator<StoredObject> step) {}

  private Simulation simulation(JsonObject action, String pointer) {
    String type = OperationCall.text(action, "type");
    return switch (type == null ? "" : type) {
      case "start_inquiry" -> new Simulation("start", inquiry -> start(inquiry.id()));
      case "create_passed_verification" -> submission(simulated(action, "pass", pointer));
      case "create_failed_verification" -> submission(simulated(action, "fail", pointer));
      case "complete_inquiry" -> new Simulation("complete", inquiry -> complete(inquiry.id()));
      case "fail_inquiry" -> new Simulation("fail", inquiry -> fail(inquiry.id()));
      case "expire_inquiry" -> new Simulation(EXPIRE, inquiry -> expire(inquiry.id()));
      case "approve_inquiry" -> decision("approve");
      case "decline_inquiry" -> decision("decline");
      case "mark_for_review_inquiry" -> decision("mark-for-review");
      default -> throw ApiFailure.unprocessable(pointer + "/type", "The action is unknown.");
    };
  }

  private Simulation submission(Submission submission) {
    return new Simulation("transition", inquiry -> submit(inquiry.id(), submission));
  }

  private Simulation decision(String move) {
    return new Simulation(move, inquiry -> decide(inquiry.id(), move, null, null));
  }

  private Submission simulated(JsonObject action, String outcome, String pointer) {
    String template =
        action.get("data") instanceof JsonObject data
            ? OperationCall.text(data, "verification-template-id")
            : null;
    if (template == null) {
      throw ApiFailure.unprocessable(
          pointer + "/data/verification-template-id", "The verification template is missing.");
    }
    // No operation lists verification templates, so nothing says of which type one is.
    return new Submission(
        "verification/government-id", outcome, List.of(), new JsonObject(), template);
  }
}
