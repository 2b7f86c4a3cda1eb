package io.github.persona4j.contract;

/** Prism found a request or an answer that is not as described; fails the test it happens in. */
final class ContractViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  ContractViolation(String message) {
    super(message);
  }
}
