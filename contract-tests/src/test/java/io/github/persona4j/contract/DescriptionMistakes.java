package io.github.persona4j.contract;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Detects failures that are caused by mistakes of the mocked description. Thread-safe. */
final class DescriptionMistakes {
  private static final String EXAMPLE_REQUEST = "the example request is rejected, too: ";

  private final Description description;
  private final Map<String, List<String>> rejections = new ConcurrentHashMap<>();

  DescriptionMistakes(Description description) {
    this.description = description;
  }

  /** Returns the mistake that caused a failure; null if there is none. */
  @Nullable String causeOf(Throwable failure, ContractCase of, PrismServer prism) {
    return switch (Outcome.of(failure, false)) {
      case REJECTED -> causeOfRejection((ContractViolation) failure, of, prism);
      case NOT_DECODED ->
          isGeneratedFromIncompleteSchema(of)
              ? "its schema is incomplete: " + failure.getMessage()
              : null;
      default -> null;
    };
  }

  /**
   * Returns whether a mistake is in a request, and therefore occurs with every requested response.
   */
  static boolean isOfRequest(String mistake) {
    return mistake.startsWith(EXAMPLE_REQUEST);
  }

  /**
   * Returns the mistake if Prism rejects the example request of the description for the same
   * reasons.
   */
  private @Nullable String causeOfRejection(
      ContractViolation rejection, ContractCase of, PrismServer prism) {
    if (!(of instanceof ContractCase.OfOperation each)) {
      return null;
    }
    List<String> own =
        rejections.computeIfAbsent(
            each.operation().key(),
            key -> ExampleRequest.rejection(description, each.operation(), prism));
    List<String> reasons = rejection.reasons();
    return !reasons.isEmpty() && own.containsAll(reasons)
        ? EXAMPLE_REQUEST + String.join("; ", reasons)
        : null;
  }

  private static boolean isGeneratedFromIncompleteSchema(ContractCase of) {
    if (of instanceof ContractCase.OfResponse each && each.isGenerated()) {
      Description.Node schema = each.response().schema();
      return schema != null && schema.isIncomplete();
    }
    return false;
  }
}
