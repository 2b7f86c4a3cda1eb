package io.github.persona4j.testing.internal.state;

import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.time.Duration;

/** Everything that moves the objects of one fake from state to state. */
public final class States {
  private final ObjectStore store;
  private final Transitions transitions;
  private final InquiryMoves inquiries;
  private final FlowLinks links;
  private final ReportMoves reports;
  private final Reviews reviews;

  /**
   * Creates it and registers its operations.
   *
   * @param processingTime how long Persona works on a report, a workflow run and the like
   */
  public States(
      Operations operations,
      ObjectStore store,
      EventLog events,
      Timetable timetable,
      Refusals refusals,
      Duration processingTime) {
    this.store = store;
    transitions = new Transitions(TransitionTable.get(), store, events, timetable, refusals);
    inquiries = new InquiryMoves(store, transitions, operations.drafts(), timetable);
    reports =
        new ReportMoves(
            store,
            transitions,
            timetable,
            new ReportMoves.Plan(ReportMoves.Result.NO_MATCH, processingTime));
    reviews = new Reviews(store, events, transitions, inquiries, operations.drafts(), timetable);
    events.addListener(
        event -> {
          if (event.name().equals("inquiry.redacted")) {
            String id = event.object().id();
            timetable.after(processingTime, () -> inquiries.redactChildren(id));
          }
        });
    InquiryCreation creation = new InquiryCreation(operations, store, inquiries);
    creation.register();
    links = new FlowLinks(inquiries, creation);
    StateOperations stateOperations =
        new StateOperations(
            operations, store, transitions, inquiries, reports, timetable, processingTime);
    stateOperations.register();
    events.addListener(
        event -> {
          if (event.name().equals("graph-query.reran")) {
            StoredObject unused = stateOperations.thenLater(event.object(), "complete");
          }
        });
  }

  /**
   * Returns an object.
   *
   * @throws IllegalArgumentException if there is none with this id
   */
  public StoredObject find(String id) {
    StoredObject object = store.find(id);
    if (object == null) {
      throw new IllegalArgumentException("the fake has no object with this id");
    }
    return object;
  }

  public Transitions transitions() {
    return transitions;
  }

  public InquiryMoves inquiries() {
    return inquiries;
  }

  public FlowLinks links() {
    return links;
  }

  public ReportMoves reports() {
    return reports;
  }

  public Reviews reviews() {
    return reviews;
  }
}
