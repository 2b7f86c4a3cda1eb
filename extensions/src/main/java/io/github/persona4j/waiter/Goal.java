package io.github.persona4j.waiter;

import io.github.persona4j.error.ReportFailedException;
import io.github.persona4j.error.WaitFailedException;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.model.Case;
import io.github.persona4j.model.Connection;
import io.github.persona4j.model.GraphQuery;
import io.github.persona4j.model.Importer;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.ShareToken;
import io.github.persona4j.model.Transaction;
import io.github.persona4j.model.Verification;
import io.github.persona4j.model.WorkflowRun;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a wait is for.
 *
 * @param what names it in messages, such as {@code a report to be ready}
 * @param state returns the state of a resource; null if it has none
 * @param pending the states to wait through; null if any is
 * @param reached whether a resource has reached the goal
 * @param failed whether its state is one that the goal does not follow
 * @param redacted whether its data was deleted, so that the goal is not reached any more
 * @param failure creates the exception for that, with a message and the resource
 */
record Goal<T>(
    String what,
    Function<T, @Nullable String> state,
    @Nullable Set<String> pending,
    Predicate<T> reached,
    Predicate<T> failed,
    Predicate<T> redacted,
    BiFunction<String, T, WaitFailedException> failure) {

  /** A goal by states, which a redacted resource cannot reach. */
  private static <T> Goal<T> of(
      String what,
      States states,
      Function<T, @Nullable String> state,
      Predicate<T> redacted,
      BiFunction<String, T, WaitFailedException> failure) {
    return new Goal<>(
        what,
        state,
        states.pending(),
        resource -> contains(states.reached(), state.apply(resource)),
        resource -> contains(states.failed(), state.apply(resource)),
        redacted,
        failure);
  }

  private static <T> Goal<T> of(
      String what, States states, Function<T, @Nullable String> state, Predicate<T> redacted) {
    return of(what, states, state, redacted, WaitFailedException::new);
  }

  private static boolean contains(Set<String> states, @Nullable String state) {
    return state != null && states.contains(state);
  }

  private static boolean isPresent(@Nullable JsonValue value) {
    return value != null && !value.isNull();
  }

  private static @Nullable String text(@Nullable OpenValue value) {
    return value == null ? null : value.value();
  }

  /** Any value for which a condition holds. */
  static <T> Goal<T> condition(Predicate<? super T> condition) {
    return new Goal<>(
        "a condition",
        value -> null,
        null,
        condition::test,
        value -> false,
        value -> false,
        WaitFailedException::new);
  }

  /** A report that was redacted has no result, even if it was ready before. */
  static Goal<Report> reportReady() {
    Goal<Report> byState =
        of(
            "a report to be ready",
            States.REPORT,
            report -> text(report.attributes().status()),
            report -> report.attributes().redactedAt() != null,
            ReportFailedException::new);
    return byState.withReached(
        report -> byState.reached().test(report) && !byState.redacted().test(report));
  }

  static Goal<Inquiry> flowFinished() {
    return inquiry("an inquiry's flow to finish", States.INQUIRY_FLOW);
  }

  static Goal<Inquiry> decided() {
    return inquiry("a decision on an inquiry", States.INQUIRY_DECISION);
  }

  private static Goal<Inquiry> inquiry(String what, States states) {
    return of(
        what,
        states,
        inquiry -> text(inquiry.attributes().status()),
        inquiry -> inquiry.attributes().redactedAt() != null);
  }

  static Goal<Verification> verificationFinished() {
    return of(
        "a verification to finish",
        States.VERIFICATION,
        verification -> text(verification.attributes().status()),
        verification -> verification.attributes().redactedAt() != null);
  }

  static Goal<Importer> imported() {
    return of(
        "an import",
        States.IMPORTER,
        importer -> text(importer.attributes().status()),
        importer -> false);
  }

  /** A run that has a time of its completion is finished, whatever its status is called. */
  static Goal<WorkflowRun> runFinished() {
    Goal<WorkflowRun> byState =
        of(
            "a workflow run to finish",
            States.WORKFLOW_RUN,
            run -> run.attributes().status(),
            run -> false);
    return byState.withReached(
        run ->
            byState.reached().test(run)
                || (run.attributes().completedAt() != null && !byState.failed().test(run)));
  }

  private Goal<T> withReached(Predicate<T> other) {
    return new Goal<>(what, state, pending, other, failed, redacted, failure);
  }

  /** The status of a case is free text, so only its time of resolution counts. */
  static Goal<Case> resolved() {
    return new Goal<>(
        "a case to be resolved",
        each -> each.attributes().status(),
        null,
        each -> each.attributes().resolvedAt() != null,
        each -> false,
        each -> each.attributes().redactedAt() != null,
        WaitFailedException::new);
  }

  /** The status of a transaction is free text, too, so the caller names the statuses. */
  static Goal<Transaction> transaction(Set<String> statuses) {
    Set<String> reached = Set.copyOf(statuses);
    return new Goal<>(
        "a transaction to have a status",
        transaction -> transaction.attributes().status(),
        null,
        transaction -> contains(reached, transaction.attributes().status()),
        transaction -> false,
        transaction -> isPresent(transaction.attributes().property("redacted-at")),
        WaitFailedException::new);
  }

  static Goal<GraphQuery> queryFinished() {
    return of(
        "a graph query to finish",
        States.GRAPH_QUERY,
        query -> text(query.attributes().status()),
        query -> query.attributes().redactedAt() != null);
  }

  static Goal<ShareToken> redeemed() {
    return of(
        "a share token to be redeemed",
        States.SHARE_TOKEN,
        token -> token.attributes().status(),
        token -> false);
  }

  static Goal<Connection> connected() {
    return of(
        "a connection to be active",
        States.CONNECTION,
        connection -> connection.attributes().status(),
        connection -> false);
  }

  /** Returns whether a state is one that this client knows. */
  boolean isKnown(T resource) {
    String found = state.apply(resource);
    return pending == null
        || found == null
        || pending.contains(found)
        || reached.test(resource)
        || failed.test(resource);
  }

  /** Returns whether the states are of a table, and not free text. */
  boolean hasKnownStates() {
    return pending != null;
  }
}
