package io.github.persona4j.waiter;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What became of several resources that were waited for, by their IDs.
 * <!-- code: examples/src/main/java/io/github/persona4j/examples/WaitForResults.java#many -->
 *
 * <pre>{@code
 * WaitSummary<Inquiry> summary = persona.waiter().untilAllDecided(inquiryIds);
 * summary.failed().forEach((id, inquiry) -> persona.inquiries().addTag(id, "not-decided"));
 * return summary.reached().size();
 * }</pre>
 *
 * @param reached those that have reached the state; unmodifiable
 * @param failed those that cannot reach it any more, such as an expired inquiry; unmodifiable
 * @param missing the IDs that were not found, also after the time of {@link Waiter#notFoundFor};
 *     unmodifiable
 * @param pending the IDs of the others, which is empty unless the time of the wait ended;
 *     unmodifiable
 */
public record WaitSummary<T>(
    Map<String, T> reached, Map<String, T> failed, Set<String> missing, Set<String> pending) {
  /** Copies the collections. */
  public WaitSummary {
    reached = Map.copyOf(Objects.requireNonNull(reached, "reached"));
    failed = Map.copyOf(Objects.requireNonNull(failed, "failed"));
    missing = Set.copyOf(Objects.requireNonNull(missing, "missing"));
    pending = Set.copyOf(Objects.requireNonNull(pending, "pending"));
  }

  /** Shows the numbers. */
  @Override
  public String toString() {
    return "WaitSummary{reached="
        + reached.size()
        + ", failed="
        + failed.size()
        + ", missing="
        + missing.size()
        + ", pending="
        + pending.size()
        + '}';
  }
}
