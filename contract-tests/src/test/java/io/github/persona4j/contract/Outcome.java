package io.github.persona4j.contract;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.json.JsonException;
import org.jspecify.annotations.Nullable;

/** The result of a case in the report. */
enum Outcome {
  PASSED("passed", false),
  /** The response has properties, types or values that are unknown to the models, but kept. */
  UNKNOWN_PARTS("unknown parts", false),
  /** Prism rejects the request. */
  REJECTED("request rejected", true),
  /** The response, or a value in it, cannot be decoded. */
  NOT_DECODED("not decoded", true),
  /**
   * The mocked description is inconsistent: an example violates its schema, or Prism rejects the
   * example request as well as ours.
   */
  MISTAKE("mistake of the description", false),
  /** Prism accepts a request that our description forbids. */
  ACCEPTED("broken request accepted", false),
  FAILED("failed", true);

  private final String description;
  private final boolean failsAnyDescription;

  Outcome(String description, boolean failsAnyDescription) {
    this.description = description;
    this.failsAnyDescription = failsAnyDescription;
  }

  /**
   * Returns the outcome of a case.
   *
   * @param failure the exception that it threw, null if it threw none
   * @param unknownParts whether the response has parts that are unknown to the models
   */
  static Outcome of(@Nullable Throwable failure, boolean unknownParts) {
    if (failure == null) {
      return unknownParts ? UNKNOWN_PARTS : PASSED;
    } else if (failure instanceof ContractViolation violation) {
      return violation.outcome();
    } else if (failure instanceof JsonException || failure instanceof MalformedResponseException) {
      return NOT_DECODED;
    }
    return FAILED;
  }

  /**
   * Returns whether this outcome fails the build.
   *
   * @param ours whether our description is mocked, in which case no difference is allowed
   */
  boolean fails(boolean ours) {
    return ours ? this != PASSED : failsAnyDescription;
  }

  String description() {
    return description;
  }
}
