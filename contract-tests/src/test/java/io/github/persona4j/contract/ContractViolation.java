package io.github.persona4j.contract;

import java.util.List;

/** A request or an answer is not as a description has it; fails the call it happens in. */
final class ContractViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final transient List<String> reasons;

  ContractViolation(Outcome outcome, String message) {
    this(outcome, message, List.of());
  }

  /** With the reasons that Prism gives, each by itself. */
  ContractViolation(Outcome outcome, String message, List<String> reasons) {
    super(message);
    this.outcome = outcome;
    this.reasons = reasons;
  }

  /** What the report calls it. */
  Outcome outcome() {
    return outcome;
  }

  /**
   * What Prism has against the request or its response; empty if it is not Prism that complains.
   */
  List<String> reasons() {
    return reasons;
  }
}
