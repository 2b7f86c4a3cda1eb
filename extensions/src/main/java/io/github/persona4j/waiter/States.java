package io.github.persona4j.waiter;

import java.util.Set;

/**
 * The states that waits know: one table. A state that is in none of the three sets of a row is
 * unknown, and is waited through.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets are immutable
enum States {
  REPORT(Set.of("pending", "submitted"), Set.of("ready"), Set.of("errored")),
  INQUIRY_FLOW(
      Set.of("created", "pending"),
      Set.of("completed", "failed", "expired", "needs_review", "approved", "declined"),
      Set.of()),
  // A completed inquiry is not decided.
  INQUIRY_DECISION(
      Set.of("created", "pending", "completed", "failed", "needs_review"),
      Set.of("approved", "declined"),
      Set.of("expired")),
  VERIFICATION(
      Set.of("initiated", "confirmed", "submitted", "tentatively_passed", "tentatively_failed"),
      Set.of("passed", "failed", "requires_retry", "skipped", "canceled"),
      Set.of()),
  IMPORTER(Set.of("pending"), Set.of("ready"), Set.of("errored")),
  WORKFLOW_RUN(Set.of("in_progress"), Set.of("completed"), Set.of("errored")),
  GRAPH_QUERY(
      Set.of("submitted"), Set.of("completed"), Set.of("errored", "cancelled", "timed_out")),
  SHARE_TOKEN(Set.of("created", "pending"), Set.of("redeemed"), Set.of("failed", "expired")),
  CONNECTION(Set.of("pending"), Set.of("active"), Set.of("inactive"));

  private final Set<String> pending;
  private final Set<String> reached;
  private final Set<String> failed;

  States(Set<String> pending, Set<String> reached, Set<String> failed) {
    this.pending = pending;
    this.reached = reached;
    this.failed = failed;
  }

  /** Returns the states to wait through. */
  Set<String> pending() {
    return pending;
  }

  /** Returns the states that a wait is for. */
  Set<String> reached() {
    return reached;
  }

  /** Returns the states from which none of the reached ones follows. */
  Set<String> failed() {
    return failed;
  }
}
