package io.github.persona4j.testing.internal.state;

import io.github.persona4j.testing.internal.operation.Drafts;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.LoggedEvent;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decisions of a member of the organization, made at once or some time after an event. Thread-safe.
 */
public final class Reviews {
  private final ObjectStore store;
  private final Transitions transitions;
  private final InquiryMoves inquiries;
  private final Drafts drafts;
  private final Timetable timetable;
  private final Map<String, Rule> rules = new ConcurrentHashMap<>();
  private final String reviewerId;

  private record Rule(String move, Duration delay) {}

  Reviews(
      ObjectStore store,
      EventLog events,
      Transitions transitions,
      InquiryMoves inquiries,
      Drafts drafts,
      Timetable timetable) {
    this.store = store;
    this.transitions = transitions;
    this.inquiries = inquiries;
    this.drafts = drafts;
    this.timetable = timetable;
    this.reviewerId = store.newId("user");
    events.addListener(this::decideLater);
  }

  /**
   * Lets the reviewer decide on every inquiry some time after an event; within the change that
   * caused the event if there is no delay.
   *
   * @param event such as {@code inquiry.completed}
   * @param move {@code approve}, {@code decline} or {@code mark-for-review}
   */
  public void decideAfter(String event, String move, Duration delay) {
    rules.put(event, new Rule(move, delay));
  }

  private void decideLater(LoggedEvent event) {
    Rule rule = rules.get(event.name());
    if (rule != null) {
      String id = event.object().id();
      if (rule.delay().isZero()) {
        decideIfPossible(id, rule.move());
      } else {
        timetable.after(rule.delay(), () -> decideIfPossible(id, rule.move()));
      }
    }
  }

  private void decideIfPossible(String id, String move) {
    store.write(
        () -> {
          StoredObject inquiry = store.find(id);
          if (inquiry != null && transitions.allows(inquiry, move)) {
            decide(id, move, null);
          }
          return id;
        });
  }

  /** Decides on an inquiry now, see {@link InquiryMoves#decide}. */
  public StoredObject decide(String inquiryId, String move, @Nullable String comment) {
    return store.write(
        () -> inquiries.decide(inquiryId, move, comment, drafts.find("user", reviewerId)));
  }

  /**
   * Sets the status of a case.
   *
   * @throws IllegalArgumentException if there is no case with this id
   */
  public StoredObject setCaseStatus(String caseId, String status) {
    return setStatus("case", caseId, status);
  }

  /**
   * Sets the status of a transaction.
   *
   * @throws IllegalArgumentException if there is no transaction with this id
   */
  public StoredObject setTransactionStatus(String transactionId, String status) {
    return setStatus("transaction", transactionId, status);
  }

  private StoredObject setStatus(String type, String id, String status) {
    StoredObject object = store.find(type, id);
    if (object == null) {
      throw new IllegalArgumentException("the fake has no " + type + " with this id");
    }
    return transitions.apply(object, "set-status", Change.to(status));
  }
}
