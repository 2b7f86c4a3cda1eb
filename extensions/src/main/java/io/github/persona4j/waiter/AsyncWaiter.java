package io.github.persona4j.waiter;

import io.github.persona4j.internal.call.Lifecycle;
import io.github.persona4j.model.Case;
import io.github.persona4j.model.CaseResponse;
import io.github.persona4j.model.Connection;
import io.github.persona4j.model.ConnectionResponse;
import io.github.persona4j.model.GraphQuery;
import io.github.persona4j.model.GraphQueryResponse;
import io.github.persona4j.model.Importer;
import io.github.persona4j.model.ImporterResponse;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.ReportResponse;
import io.github.persona4j.model.ShareToken;
import io.github.persona4j.model.ShareTokenResponse;
import io.github.persona4j.model.Transaction;
import io.github.persona4j.model.TransactionResponse;
import io.github.persona4j.model.Verification;
import io.github.persona4j.model.VerificationResponse;
import io.github.persona4j.model.WorkflowRun;
import io.github.persona4j.model.WorkflowRunResponse;
import io.github.persona4j.operations.AsyncOperations;
import io.github.persona4j.request.RequestOptions;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The waits of a {@link Waiter} as futures, without a thread that waits. A future fails with what
 * the method of {@link Waiter} throws. Canceling it ends the wait and its running call. Immutable
 * and thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#async-waiter -->
 *
 * <pre>{@code
 * CompletableFuture<Void> done =
 *     persona.waiter().async().untilReady(reportId).thenAccept(ready -> show(ready.id()));
 * }</pre>
 */
public final class AsyncWaiter {
  private final AsyncOperations operations;
  private final Waits waits;
  private final Lifecycle lifecycle;
  private final WaitSettings settings;

  AsyncWaiter(AsyncOperations operations, Waits waits, Lifecycle lifecycle, WaitSettings settings) {
    this.operations = operations;
    this.waits = waits;
    this.lifecycle = lifecycle;
    this.settings = settings;
  }

  private <R, T> CompletableFuture<T> begin(
      String name,
      String id,
      Goal<T> goal,
      Function<RequestOptions, CompletableFuture<R>> retrieval,
      Function<R, T> data) {
    if (Objects.requireNonNull(id, name).isBlank()) {
      throw new IllegalArgumentException(name + ": must not be blank");
    }
    WaitState<T> state = new WaitState<>(id, goal, settings, waits.time());
    return waits.begin(Set.of(id), new Wait<>(state, waits, lifecycle, retrieval, data), lifecycle);
  }

  /** See {@link Waiter#untilReady}. */
  public CompletableFuture<Report> untilReady(String reportId) {
    return begin(
        "reportId",
        reportId,
        Goal.reportReady(),
        options -> operations.reports().retrieve(reportId, options),
        ReportResponse::data);
  }

  /** See {@link Waiter#untilDecided}. */
  public CompletableFuture<Inquiry> untilDecided(String inquiryId) {
    return begin(
        "inquiryId",
        inquiryId,
        Goal.decided(),
        options -> operations.inquiries().retrieve(inquiryId, options),
        InquiryResponse::data);
  }

  /** See {@link Waiter#untilFlowFinished}. */
  public CompletableFuture<Inquiry> untilFlowFinished(String inquiryId) {
    return begin(
        "inquiryId",
        inquiryId,
        Goal.flowFinished(),
        options -> operations.inquiries().retrieve(inquiryId, options),
        InquiryResponse::data);
  }

  /** See {@link Waiter#untilVerificationFinished}. */
  public CompletableFuture<Verification> untilVerificationFinished(String verificationId) {
    return begin(
        "verificationId",
        verificationId,
        Goal.verificationFinished(),
        options -> operations.verifications().retrieve(verificationId, options),
        VerificationResponse::data);
  }

  /** See {@link Waiter#untilImported}. */
  public CompletableFuture<Importer> untilImported(String importerId) {
    return begin(
        "importerId",
        importerId,
        Goal.imported(),
        options -> operations.importers().retrieve(importerId, options),
        ImporterResponse::data);
  }

  /** See {@link Waiter#untilRunFinished}. */
  public CompletableFuture<WorkflowRun> untilRunFinished(String workflowRunId) {
    return begin(
        "workflowRunId",
        workflowRunId,
        Goal.runFinished(),
        options -> operations.workflows().retrieveRun(workflowRunId, options),
        WorkflowRunResponse::data);
  }

  /** See {@link Waiter#untilResolved}. */
  public CompletableFuture<Case> untilResolved(String caseId) {
    return begin(
        "caseId",
        caseId,
        Goal.resolved(),
        options -> operations.cases().retrieve(caseId, options),
        CaseResponse::data);
  }

  /** See {@link Waiter#untilQueryFinished}. */
  public CompletableFuture<GraphQuery> untilQueryFinished(String graphQueryId) {
    return begin(
        "graphQueryId",
        graphQueryId,
        Goal.queryFinished(),
        options -> operations.graph().retrieveQuery(graphQueryId, options),
        GraphQueryResponse::data);
  }

  /** See {@link Waiter#untilRedeemed}. */
  public CompletableFuture<ShareToken> untilRedeemed(String shareTokenId) {
    return begin(
        "shareTokenId",
        shareTokenId,
        Goal.redeemed(),
        options -> operations.connect().retrieveShareToken(shareTokenId, options),
        ShareTokenResponse::data);
  }

  /** See {@link Waiter#untilConnected}. */
  public CompletableFuture<Connection> untilConnected(String connectionId) {
    return begin(
        "connectionId",
        connectionId,
        Goal.connected(),
        options -> operations.connect().retrieveConnection(connectionId, options),
        ConnectionResponse::data);
  }

  /** See {@link Waiter#untilTransaction}. */
  public CompletableFuture<Transaction> untilTransaction(
      String transactionId, Set<String> statuses) {
    if (Objects.requireNonNull(statuses, "statuses").isEmpty()) {
      throw new IllegalArgumentException("statuses: at least one is required");
    }
    checkEach("statuses", statuses);
    return begin(
        "transactionId",
        transactionId,
        Goal.transaction(statuses),
        options -> operations.transactions().retrieve(transactionId, options),
        TransactionResponse::data);
  }

  /** See {@link Waiter#untilAllReady}. */
  public CompletableFuture<WaitSummary<Report>> untilAllReady(Collection<String> reportIds) {
    return begin(
        new Batch<>(checked("reportIds", reportIds), Goal.reportReady(), Report::id),
        BatchRetrieval::reports);
  }

  /** See {@link Waiter#untilAllDecided}. */
  public CompletableFuture<WaitSummary<Inquiry>> untilAllDecided(Collection<String> inquiryIds) {
    return inquiries(inquiryIds, Goal.decided());
  }

  /** See {@link Waiter#untilAllFlowsFinished}. */
  public CompletableFuture<WaitSummary<Inquiry>> untilAllFlowsFinished(
      Collection<String> inquiryIds) {
    return inquiries(inquiryIds, Goal.flowFinished());
  }

  private CompletableFuture<WaitSummary<Inquiry>> inquiries(
      Collection<String> inquiryIds, Goal<Inquiry> goal) {
    return begin(
        new Batch<>(checked("inquiryIds", inquiryIds), goal, Inquiry::id),
        BatchRetrieval::inquiries);
  }

  private static Collection<String> checked(String name, Collection<String> ids) {
    checkEach("ids", Objects.requireNonNull(ids, name));
    return ids;
  }

  private static void checkEach(String name, Collection<String> values) {
    for (String value : values) {
      if (Objects.requireNonNull(value, name + ": must not contain null").isBlank()) {
        throw new IllegalArgumentException(name + ": must not be blank");
      }
    }
  }

  /** Retrieves the resources of a batch that have not ended, once. */
  private interface Round<T> {
    CompletableFuture<WaitSummary<T>> begin(
        BatchRetrieval retrieval, Batch<T> batch, RequestOptions options);
  }

  private <T> CompletableFuture<WaitSummary<T>> begin(Batch<T> batch, Round<T> round) {
    WaitState<WaitSummary<T>> state =
        new WaitState<>("", batch.goal(), settings, waits.time(), batch::summary);
    BatchRetrieval retrieval = new BatchRetrieval(operations, waits, state::toleratesNotFound);
    Wait<WaitSummary<T>, WaitSummary<T>> wait =
        new Wait<>(
            state,
            waits,
            lifecycle,
            options -> round.begin(retrieval, batch, options),
            Function.identity());
    return waits.begin(batch.pending(), wait, lifecycle);
  }

  /**
   * Waits until a condition holds for what a supplier returns.
   *
   * @param supplier begins a retrieval, such as {@code () ->
   *     persona.async().accounts().retrieve(id)}
   */
  public <T> CompletableFuture<T> until(
      Supplier<CompletableFuture<T>> supplier, Predicate<? super T> condition) {
    Objects.requireNonNull(supplier, "supplier");
    Objects.requireNonNull(condition, "condition");
    Goal<T> goal = Goal.condition(condition);
    WaitState<T> state = new WaitState<>("", goal, settings, waits.time());
    Wait<T, T> wait =
        new Wait<>(state, waits, lifecycle, options -> supplier.get(), Function.identity());
    return waits.begin(Set.of(), wait, lifecycle);
  }
}
