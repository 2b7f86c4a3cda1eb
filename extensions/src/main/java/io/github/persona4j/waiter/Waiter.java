package io.github.persona4j.waiter;

import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.error.ReportFailedException;
import io.github.persona4j.error.WaitFailedException;
import io.github.persona4j.error.WaitInterruptedException;
import io.github.persona4j.error.WaitTimeoutException;
import io.github.persona4j.internal.call.Lifecycle;
import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.model.Case;
import io.github.persona4j.model.Connection;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.GraphQuery;
import io.github.persona4j.model.Importer;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.Resource;
import io.github.persona4j.model.ShareToken;
import io.github.persona4j.model.Transaction;
import io.github.persona4j.model.Verification;
import io.github.persona4j.model.WorkflowRun;
import io.github.persona4j.operations.ClientOperations;
import io.github.persona4j.webhook.WebhookEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for results: retrieves a resource until it has reached a state.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#waiter -->
 *
 * <pre>{@code
 * Report report = persona.waiter().untilReady(reportId);
 * Inquiry inquiry = persona.waiter().timeout(Duration.ofMinutes(30)).untilDecided(inquiryId);
 * }</pre>
 *
 * <p>A wait always has a deadline, two minutes unless set. Retrievals begin 0.5 s apart and become
 * less frequent, up to one in 10 s, each after half to all of its interval; each may take 30 s. All
 * waits of a client, and of those derived from it, together use at most half of its rate limit,
 * apart from a burst of ten. Failures that may pass are waited through until the deadline: a broken
 * connection, 408, 429, a status of 500 to 599, and a 404 in the first 10 s, since a resource may
 * not be found right after it was created. A state that this client does not know is waited
 * through, too, and {@link #onProgress} gets it.
 *
 * <p>{@link #notify(Event)} lets a wait retrieve its resource soon. A waiter is immutable: each
 * setting returns another one. Thread-safe. A thread that is interrupted while it waits gets a
 * {@link WaitInterruptedException} and stays interrupted; {@link #async} waits without a thread.
 * Closing the client ends its waits with an {@link IllegalStateException}.
 */
public final class Waiter {
  private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

  private final ClientOperations operations;
  private final Waits waits;
  private final Lifecycle lifecycle;
  private final WaitSettings settings;

  private Waiter(
      ClientOperations operations, Waits waits, Lifecycle lifecycle, WaitSettings settings) {
    this.operations = operations;
    this.waits = waits;
    this.lifecycle = lifecycle;
    this.settings = settings;
  }

  /**
   * Returns the waiter of a client; for the client.
   *
   * @param limits returns the rate limits that the last responses reported
   * @param steps runs what follows a turn, a response or a pause
   * @param continuations runs actions that depend on the futures of waits
   */
  @SuppressWarnings("exports") // not for users
  public static Waiter of(
      ClientOperations operations,
      Lifecycle lifecycle,
      TimeSource time,
      Supplier<RateLimits> limits,
      Executor steps,
      Executor continuations) {
    Waits waits = new Waits(time, limits, steps, continuations);
    return new Waiter(operations, waits, lifecycle, WaitSettings.DEFAULT);
  }

  /** Returns the waiter of a derived client with the same key, pace and events; for the client. */
  @SuppressWarnings("exports") // not for users
  public Waiter derived(ClientOperations derived, Lifecycle derivedLifecycle) {
    return new Waiter(derived, waits, derivedLifecycle, WaitSettings.DEFAULT);
  }

  /**
   * Sets the time after which a wait fails; two minutes if not set.
   *
   * @throws IllegalArgumentException if it is zero, negative or longer than 30 days
   */
  public Waiter timeout(Duration timeout) {
    WaitSettings.check("timeout", timeout);
    if (timeout.isZero()) {
      throw new IllegalArgumentException("timeout: must not be zero");
    }
    return with(
        new WaitSettings(
            timeout,
            settings.firstInterval(),
            settings.maxInterval(),
            settings.notFound(),
            settings.onProgress()));
  }

  /**
   * Sets the intervals between retrievals, which grow by half; 0.5 s to 10 s if not set.
   *
   * @throws IllegalArgumentException if the first is shorter than 0.1 s, or longer than the longest
   */
  public Waiter intervals(Duration first, Duration longest) {
    Objects.requireNonNull(first, "first");
    WaitSettings.check("longest", longest);
    if (first.compareTo(MIN_INTERVAL) < 0 || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException("first: must be from 0.1 s to the longest interval");
    }
    return with(
        new WaitSettings(
            settings.timeout(), first, longest, settings.notFound(), settings.onProgress()));
  }

  /**
   * Sets how long a 404 is waited through from the beginning of the wait; 10 s if not set.
   *
   * @throws IllegalArgumentException if it is negative or longer than 30 days
   */
  public Waiter notFoundFor(Duration time) {
    return with(
        new WaitSettings(
            settings.timeout(),
            settings.firstInterval(),
            settings.maxInterval(),
            WaitSettings.check("time", time),
            settings.onProgress()));
  }

  /**
   * Sets what is invoked after each retrieval, on any thread; what it throws is ignored. It must
   * not block.
   */
  public Waiter onProgress(Consumer<WaitProgress> onProgress) {
    return with(
        new WaitSettings(
            settings.timeout(),
            settings.firstInterval(),
            settings.maxInterval(),
            settings.notFound(),
            Objects.requireNonNull(onProgress, "onProgress")));
  }

  private Waiter with(WaitSettings changed) {
    return new Waiter(operations, waits, lifecycle, changed);
  }

  /** The same waits as futures, with the settings of this waiter. */
  public AsyncWaiter async() {
    return new AsyncWaiter(operations.async(), waits, lifecycle, settings);
  }

  /**
   * Lets the waits of this client for the subject of an event retrieve it soon, instead of after
   * their intervals. The event itself is not trusted, since an older one may arrive late.
   */
  public void notify(Event event) {
    wake(Objects.requireNonNull(event, "event").payload().data());
  }

  /** As {@link #notify(Event)}, for an event of a webhook. */
  public void notify(WebhookEvent event) {
    wake(Objects.requireNonNull(event, "event").subject());
  }

  private void wake(@Nullable Resource subject) {
    if (subject != null) {
      waits.wake(subject.id());
    }
  }

  /**
   * Waits for a report to be ready: until it is {@code ready}. A report that ends with an error, or
   * is redacted, throws a {@link ReportFailedException}.
   *
   * @param reportId the ID of a report, {@code rep_...}
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public Report untilReady(String reportId) {
    return result(async().untilReady(reportId));
  }

  /**
   * Waits for the decision on an inquiry: until it is {@code approved} or {@code declined}. A
   * completed inquiry is not decided yet; an expired one fails.
   *
   * @param inquiryId the ID of an inquiry, {@code inq_...}
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public Inquiry untilDecided(String inquiryId) {
    return result(async().untilDecided(inquiryId));
  }

  /**
   * Waits for the end of an inquiry's flow: until it is completed, failed, expired, marked for
   * review, approved or declined.
   *
   * @param inquiryId the ID of an inquiry, {@code inq_...}
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public Inquiry untilFlowFinished(String inquiryId) {
    return result(async().untilFlowFinished(inquiryId));
  }

  /**
   * Waits for the end of a verification: until it is passed, failed, skipped, canceled, or waiting
   * for a retry, which is another verification. Tentative results are waited through.
   *
   * @param verificationId the ID of a verification, {@code ver_...}
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public Verification untilVerificationFinished(String verificationId) {
    return result(async().untilVerificationFinished(verificationId));
  }

  /**
   * Waits for the end of an import: until it is {@code ready}; its counts tell how many rows had
   * errors. An import with the status {@code errored} fails.
   *
   * @param importerId the ID of an importer, {@code mprt_...}
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public Importer untilImported(String importerId) {
    return result(async().untilImported(importerId));
  }

  /**
   * Waits for the end of a workflow run: until it is completed. A run with the status {@code
   * errored} fails.
   *
   * @param workflowRunId the ID of a workflow run, {@code wfr_...}
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public WorkflowRun untilRunFinished(String workflowRunId) {
    return result(async().untilRunFinished(workflowRunId));
  }

  /**
   * Waits for the resolution of a case: until it is resolved, whatever its status is called. A case
   * can be reopened later.
   *
   * @param caseId the ID of a case, {@code case_...}
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public Case untilResolved(String caseId) {
    return result(async().untilResolved(caseId));
  }

  /**
   * Waits for the end of a graph query: until it is completed. One that errored, was canceled or
   * timed out fails.
   *
   * @param graphQueryId the ID of a graph query
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public GraphQuery untilQueryFinished(String graphQueryId) {
    return result(async().untilQueryFinished(graphQueryId));
  }

  /**
   * Waits for the redemption of a share token: until it is {@code redeemed}. One that failed or
   * expired fails.
   *
   * @param shareTokenId the ID of a share token
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public ShareToken untilRedeemed(String shareTokenId) {
    return result(async().untilRedeemed(shareTokenId));
  }

  /**
   * Waits for a connection to be active: until it is {@code active}. An inactive one fails.
   *
   * @param connectionId the ID of a connection
   * @throws WaitFailedException if it cannot be reached any more
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public Connection untilConnected(String connectionId) {
    return result(async().untilConnected(connectionId));
  }

  /**
   * Waits until all of some reports are ready or have failed. They are retrieved together: the
   * newest reports are listed, and only older ones are retrieved one by one.
   *
   * @param reportIds the IDs, at most 10,000
   * @return the reports that are ready, those that failed or were redacted, and the IDs that were
   *     not found
   * @throws WaitTimeoutException if some are still pending at the deadline; its {@code
   *     last(WaitSummary.class)} has all of them, as far as they were retrieved
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public WaitSummary<Report> untilAllReady(Collection<String> reportIds) {
    return result(async().untilAllReady(reportIds));
  }

  /**
   * Waits until all of some inquiries are approved or declined, or have expired. 100 of them are
   * retrieved with each request.
   *
   * @param inquiryIds the IDs, at most 10,000
   * @return the inquiries that are decided, those that expired or were redacted, and the IDs that
   *     were not found
   * @throws WaitTimeoutException as for {@link #untilAllReady}
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public WaitSummary<Inquiry> untilAllDecided(Collection<String> inquiryIds) {
    return result(async().untilAllDecided(inquiryIds));
  }

  /**
   * As {@link #untilAllDecided}, until the flows of all inquiries have finished.
   *
   * @param inquiryIds the IDs, at most 10,000
   * @return the inquiries whose flow has finished, those that were redacted before, and the IDs
   *     that were not found
   * @throws WaitTimeoutException as for {@link #untilAllReady}
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public WaitSummary<Inquiry> untilAllFlowsFinished(Collection<String> inquiryIds) {
    return result(async().untilAllFlowsFinished(inquiryIds));
  }

  /**
   * Waits until a transaction has one of some statuses. The statuses of a transaction type are free
   * text, so the caller names them.
   *
   * @param transactionId the ID of a transaction, {@code txn_...}
   * @param statuses the statuses to wait for, such as {@code Set.of("approved", "declined")}
   * @throws WaitTimeoutException if it is not reached in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public Transaction untilTransaction(String transactionId, Set<String> statuses) {
    return result(async().untilTransaction(transactionId, statuses));
  }

  /**
   * Waits until a condition holds for what a supplier returns. The calling thread invokes the
   * supplier, which is not interrupted at the deadline: give its calls a timeout.
   *
   * @param supplier retrieves something, such as {@code () -> persona.accounts().retrieve(id)}
   * @throws WaitTimeoutException if the condition does not hold in time
   * @throws PersonaException if a retrieval fails with another error than one that may pass
   */
  public <T> T until(Supplier<T> supplier, Predicate<? super T> condition) {
    Objects.requireNonNull(supplier, "supplier");
    Goal<T> goal = Goal.condition(Objects.requireNonNull(condition, "condition"));
    WaitState<T> state = new WaitState<>("", goal, settings, waits.time());
    boolean isFirst = true;
    while (true) {
      pause(waits.pace().turn(isFirst), state);
      isFirst = false;
      WaitState.Step<T> step = step(state, supplier);
      if (step instanceof WaitState.Step.Reached<T> reached) {
        return reached.value();
      } else if (step instanceof WaitState.Step.Failed<T> failed) {
        throw unchecked(failed.failure());
      } else if (step instanceof WaitState.Step.Pause<T> next) {
        pause(waits.time().pause(next.nanos()), state);
      }
    }
  }

  private static <T> WaitState.Step<T> step(WaitState<T> state, Supplier<T> supplier) {
    if (state.remainingNanos() <= 0) {
      return new WaitState.Step.Failed<>(state.timeout());
    }
    T value;
    try {
      value = supplier.get();
    } catch (PersonaException e) {
      boolean isInterrupted =
          e instanceof PersonaConnectionException broken
              && broken.isStopped()
              && Thread.currentThread().isInterrupted();
      return isInterrupted ? new WaitState.Step.Failed<>(interrupted()) : state.failed(e);
    }
    return state.retrieved(Objects.requireNonNull(value, WaitState.NULL_SUPPLIED));
  }

  /** Waits for the end of a pause or for a turn, at most until the deadline. */
  private void pause(CompletableFuture<@Nullable Void> begun, WaitState<?> state) {
    CompletableFuture<@Nullable Void> deadline =
        waits.time().alarm(Math.max(0, state.remainingNanos()));
    CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    Lifecycle.OpenCall pause = () -> end.completeExceptionally(Lifecycle.closedException());
    CompletableFuture<?> unused =
        CompletableFuture.anyOf(begun, deadline).thenRun(() -> end.complete(null));
    lifecycle.begin(pause);
    try {
      Object unusedResult = result(end);
    } finally {
      lifecycle.end(pause);
      begun.cancel(false);
      deadline.cancel(false);
    }
  }

  private static <T> T result(CompletableFuture<T> wait) {
    try {
      return wait.get();
    } catch (InterruptedException e) {
      wait.cancel(true);
      Thread.currentThread().interrupt();
      throw interrupted();
    } catch (ExecutionException e) {
      throw unchecked(Objects.requireNonNullElse(e.getCause(), e));
    } catch (CancellationException e) {
      throw new IllegalStateException("the wait was cancelled", e); // no caller has its future
    }
  }

  private static WaitInterruptedException interrupted() {
    return new WaitInterruptedException("the thread was interrupted while it waited");
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }
}
