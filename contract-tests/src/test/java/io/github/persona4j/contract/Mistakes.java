package io.github.persona4j.contract;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Distinguishes the mistakes of a mocked description from ours. Thread-safe. */
final class Mistakes {
  private static final String OWN_REQUEST = "its own request is refused as well: ";

  private final Description description;
  private final Map<String, List<String>> refusals = new ConcurrentHashMap<>();

  Mistakes(Description description) {
    this.description = description;
  }

  /** A description of the mistake that caused a failure; null if none did. */
  @Nullable String behind(Throwable failure, ContractCase of, PrismServer prism) {
    return switch (Outcome.of(failure, false)) {
      case REFUSED -> behindRefusal((ContractViolation) failure, of, prism);
      case NOT_DECODED ->
          isMadeUpFromIncompleteSchema(of)
              ? "its schema is incomplete: " + failure.getMessage()
              : null;
      default -> null;
    };
  }

  /** Whether a mistake is in a request, so that it occurs for every response that is asked for. */
  static boolean isOfRequest(String mistake) {
    return mistake.startsWith(OWN_REQUEST);
  }

  /** Prism may refuse the description's own request for the same reasons. */
  private @Nullable String behindRefusal(
      ContractViolation refusal, ContractCase of, PrismServer prism) {
    if (!(of instanceof ContractCase.OfOperation each)) {
      return null;
    }
    List<String> own =
        refusals.computeIfAbsent(
            each.operation().key(),
            key -> OwnRequest.refusal(description, each.operation(), prism));
    List<String> reasons = refusal.reasons();
    return !reasons.isEmpty() && own.containsAll(reasons)
        ? OWN_REQUEST + String.join("; ", reasons)
        : null;
  }

  private static boolean isMadeUpFromIncompleteSchema(ContractCase of) {
    if (of instanceof ContractCase.OfAnswer each && each.isMadeUp()) {
      Description.Node schema = each.answer().schema();
      return schema != null && schema.isIncomplete();
    }
    return false;
  }
}
