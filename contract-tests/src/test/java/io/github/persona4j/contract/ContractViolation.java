package io.github.persona4j.contract;

/** A request or an answer is not as a description has it; fails the call it happens in. */
final class ContractViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  ContractViolation(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
  }

  /** What the report calls it. */
  Outcome outcome() {
    return outcome;
  }
}
