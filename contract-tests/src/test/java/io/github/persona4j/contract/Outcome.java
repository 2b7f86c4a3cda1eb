package io.github.persona4j.contract;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.json.JsonException;
import org.jspecify.annotations.Nullable;

/** What came out of a case, as the report calls it. */
enum Outcome {
  PASSED("passed", false),
  /** The answer holds properties, types or values that the models do not know; nothing is lost. */
  UNKNOWN_PARTS("unknown parts", false),
  /** Prism refuses the request. */
  REFUSED("request refused", true),
  /** The answer, or a value in it, is not what the models can read. */
  NOT_DECODED("not decoded", true),
  /**
   * The mocked description contradicts itself: an example does not fit its own schema, or Prism
   * refuses its own request as it refuses ours.
   */
  MISTAKE("mistake of the description", false),
  /** Prism takes a request that our description forbids. */
  ACCEPTED("broken request accepted", false),
  FAILED("failed", true);

  private final String words;
  private final boolean failsAnyDescription;

  Outcome(String words, boolean failsAnyDescription) {
    this.words = words;
    this.failsAnyDescription = failsAnyDescription;
  }

  /**
   * What a case that ended this way is.
   *
   * @param failure what it threw, null if nothing
   * @param unknownParts whether it met something that the models do not know
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
   * Whether it fails the build.
   *
   * @param ours whether our own description is mocked, which has to fit in every respect
   */
  boolean fails(boolean ours) {
    return ours ? this != PASSED : failsAnyDescription;
  }

  String words() {
    return words;
  }
}
