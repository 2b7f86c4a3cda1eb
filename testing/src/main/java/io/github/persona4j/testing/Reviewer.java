package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.state.Reviews;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A member of the organization who decides on inquiries, cases and transactions in the dashboard.
 * Methods throw {@link IllegalArgumentException} if there is no object with the id, and {@link
 * IllegalStateException} if its status does not allow the decision. Thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#reviewer -->
 *
 * <pre>{@code
 * fake.reviewer().approve(id);
 * }</pre>
 */
public final class Reviewer {
  private final Reviews reviews;

  /** A decision on an inquiry. */
  public enum Decision {
    APPROVE,
    DECLINE,
    MARK_FOR_REVIEW;

    private String move() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  Reviewer(Reviews reviews) {
    this.reviews = reviews;
  }

  /** Approves an inquiry. */
  public void approve(String inquiryId) {
    decide(inquiryId, Decision.APPROVE, null);
  }

  /** Declines an inquiry. */
  public void decline(String inquiryId) {
    decide(inquiryId, Decision.DECLINE, null);
  }

  /** Marks an inquiry for a review. */
  public void markForReview(String inquiryId) {
    decide(inquiryId, Decision.MARK_FOR_REVIEW, null);
  }

  /**
   * Decides on an inquiry.
   *
   * @param comment the new {@code reviewer-comment}, or null to leave it as it is
   */
  public void decide(String inquiryId, Decision decision, @Nullable String comment) {
    Objects.requireNonNull(inquiryId, "inquiryId");
    Objects.requireNonNull(decision, "decision");
    InquiryFlow.checkState(() -> reviews.decide(inquiryId, decision.move(), comment));
  }

  /** Decides on every inquiry that is completed from now on, at once. */
  public Reviewer whenCompleted(Decision decision) {
    return whenCompleted(decision, Duration.ZERO);
  }

  /**
   * Decides on every inquiry that is completed from now on.
   *
   * @param delay the time between completion and decision on the clock of the fake
   */
  public Reviewer whenCompleted(Decision decision, Duration delay) {
    return when("inquiry.completed", decision, delay);
  }

  /** Decides on every inquiry that fails from now on, at once. */
  public Reviewer whenFailed(Decision decision) {
    return whenFailed(decision, Duration.ZERO);
  }

  /**
   * Decides on every inquiry that fails from now on.
   *
   * @param delay the time between failure and decision on the clock of the fake
   */
  public Reviewer whenFailed(Decision decision, Duration delay) {
    return when("inquiry.failed", decision, delay);
  }

  /**
   * Decides on every inquiry that is marked for a review from now on.
   *
   * @param delay the time between the mark and the decision on the clock of the fake
   */
  public Reviewer whenMarkedForReview(Decision decision, Duration delay) {
    return when("inquiry.marked-for-review", decision, delay);
  }

  private Reviewer when(String event, Decision decision, Duration delay) {
    Objects.requireNonNull(decision, "decision");
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("delay must not be negative: " + delay);
    }
    reviews.decideAfter(event, decision.move(), delay);
    return this;
  }

  /**
   * Sets the status of a case.
   *
   * @param status a name; {@code Open} is the initial one, the resolutions of the case template and
   *     {@code Approved}, {@code Declined}, {@code Resolved} and {@code Closed} end the case
   */
  public void setCaseStatus(String caseId, String status) {
    Objects.requireNonNull(caseId, "caseId");
    Objects.requireNonNull(status, "status");
    InquiryFlow.checkState(() -> reviews.setCaseStatus(caseId, status));
  }

  /** Sets the status of a transaction to any text. */
  public void setTransactionStatus(String transactionId, String status) {
    Objects.requireNonNull(transactionId, "transactionId");
    Objects.requireNonNull(status, "status");
    InquiryFlow.checkState(() -> reviews.setTransactionStatus(transactionId, status));
  }
}
