package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person submits in one step of the flow, and what comes of it.
 *
 * @param type a type of verifications, such as {@code verification/selfie}
 * @param outcome the last move of the verification, such as {@code pass}; null if it stays
 *     submitted
 * @param failedChecks names of checks that fail; empty for those of the description
 * @param attributes attributes of the verification that are not those of the description
 * @param template id of the verification template; null if it has none
 */
public record Submission(
    String type,
    @Nullable String outcome,
    List<String> failedChecks,
    JsonObject attributes,
    @Nullable String template) {

  public Submission {
    failedChecks = List.copyOf(failedChecks);
    Objects.requireNonNull(attributes, "attributes");
  }

  boolean fails() {
    return outcome != null && (outcome.startsWith("fail") || outcome.equals("require-retry"));
  }
}
