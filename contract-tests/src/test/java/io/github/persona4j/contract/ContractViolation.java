package io.github.persona4j.contract;

import java.util.List;

/** A request or response violates a description, which fails the call. */
final class ContractViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final transient List<String> reasons;

  ContractViolation(Outcome outcome, String message) {
    this(outcome, message, List.of());
  }

  /** Creates a violation with the reasons that Prism reports. */
  ContractViolation(Outcome outcome, String message, List<String> reasons) {
    super(message);
    this.outcome = outcome;
    this.reasons = reasons;
  }

  /** Returns the outcome for the report. */
  Outcome outcome() {
    return outcome;
  }

  /** Returns the reasons that Prism reports; empty if Prism did not detect the violation. */
  List<String> reasons() {
    return reasons;
  }
}
