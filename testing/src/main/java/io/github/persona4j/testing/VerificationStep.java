package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.state.Submission;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A verification that a person submits in an {@link InquiryFlow}, and what comes of it: passed
 * unless another outcome is set. Immutable.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#verification-step -->
 *
 * <pre>{@code
 * flow.submit(governmentId().failed("id_expired_detection"));
 * flow.submit(governmentId().attribute("name-first", "Ada"), selfie());
 * }</pre>
 */
public final class VerificationStep {
  private final Submission submission;

  private VerificationStep(Submission submission) {
    this.submission = submission;
  }

  /** A government ID. */
  public static VerificationStep governmentId() {
    return of("verification/government-id");
  }

  /** A selfie. */
  public static VerificationStep selfie() {
    return of("verification/selfie");
  }

  /** A document other than a government ID. */
  public static VerificationStep document() {
    return of("verification/document");
  }

  /** A comparison with databases. */
  public static VerificationStep database() {
    return of("verification/database");
  }

  /** A phone number with the code that was sent to it. */
  public static VerificationStep phoneNumber() {
    return of("verification/phone-number");
  }

  /** An email address with the code that was sent to it. */
  public static VerificationStep emailAddress() {
    return of("verification/email-address");
  }

  /**
   * A verification of any type.
   *
   * @param type the type of the resource, such as {@code verification/aamva}
   */
  public static VerificationStep of(String type) {
    if (!Objects.requireNonNull(type, "type").startsWith("verification/")) {
      throw new IllegalArgumentException("type must begin with verification/");
    }
    return new VerificationStep(new Submission(type, "pass", List.of(), new JsonObject(), null));
  }

  /** Returns a step that passes. */
  public VerificationStep passed() {
    return with("pass", List.of());
  }

  /**
   * Returns a step that fails.
   *
   * @param checks names of the failed checks, such as {@code id_expired_detection}; without names,
   *     those that the description has an example of
   */
  public VerificationStep failed(String... checks) {
    return with("fail", List.of(Objects.requireNonNull(checks, "checks")));
  }

  /**
   * Returns a step that the person has to try again, with a new verification.
   *
   * @param checks names of the failed checks; without names, those that the description has an
   *     example of
   */
  public VerificationStep requiresRetry(String... checks) {
    return with("require-retry", List.of(Objects.requireNonNull(checks, "checks")));
  }

  /** Returns a step that is submitted and then skipped. */
  public VerificationStep skipped() {
    return with("skip", List.of());
  }

  /** Returns a step that passes tentatively, which only few types can. */
  public VerificationStep tentativelyPassed() {
    return with("pass-tentatively", List.of());
  }

  /**
   * Returns a step that fails tentatively, which only few types can.
   *
   * @param checks names of the failed checks; without names, those that the description has an
   *     example of
   */
  public VerificationStep tentativelyFailed(String... checks) {
    return with("fail-tentatively", List.of(Objects.requireNonNull(checks, "checks")));
  }

  /** Returns a step that is submitted and has no result yet. */
  public VerificationStep submitted() {
    return with(null, List.of());
  }

  private VerificationStep with(@Nullable String outcome, List<String> checks) {
    return new VerificationStep(
        new Submission(
            submission.type(), outcome, checks, submission.attributes(), submission.template()));
  }

  /**
   * Returns a step with an attribute of the verification. Other attributes have the values of the
   * inquiry's fields, or of the example in the description.
   *
   * @param name in kebab casing, such as {@code name-first}
   * @param value text, a number, a boolean, an instant, a collection, a Gson tree, or null
   */
  public VerificationStep attribute(String name, @Nullable Object value) {
    JsonObject attributes = submission.attributes().deepCopy();
    attributes.add(Objects.requireNonNull(name, "name"), Json.value(value));
    return new VerificationStep(
        new Submission(
            submission.type(),
            submission.outcome(),
            submission.failedChecks(),
            attributes,
            submission.template()));
  }

  /**
   * Returns a step with a verification template.
   *
   * @param id such as {@code vtmpl_...}; not blank, otherwise {@link IllegalArgumentException}
   */
  public VerificationStep template(String id) {
    if (Objects.requireNonNull(id, "id").isBlank()) {
      throw new IllegalArgumentException("id must not be blank");
    }
    return new VerificationStep(
        new Submission(
            submission.type(),
            submission.outcome(),
            submission.failedChecks(),
            submission.attributes(),
            id));
  }

  Submission submission() {
    return submission;
  }

  /** Returns the type of the verification. */
  @Override
  public String toString() {
    return "VerificationStep[" + submission.type() + "]";
  }
}
