package io.github.persona4j.testing.internal.http;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Faults of the requests for one operation, in turn, limited by number and probability.
 * Thread-safe.
 */
public final class FaultRule {
  private final OperationPattern operation;
  private final List<FaultEffect> effects;
  private final double probability;
  private final SplittableRandom random;
  private long skipped;
  private long remaining;
  private int next;

  /**
   * Creates a rule.
   *
   * @param effects not empty; used in turn
   * @param after the number of matching requests that are left alone first
   * @param times the number of requests that fail
   * @param probability of the other requests to fail, 0 to 1
   */
  public FaultRule(
      OperationPattern operation,
      List<FaultEffect> effects,
      long after,
      long times,
      double probability,
      SplittableRandom random) {
    this.operation = operation;
    this.effects = List.copyOf(effects);
    this.skipped = after;
    this.remaining = times;
    this.probability = probability;
    this.random = random;
  }

  /** Returns the fault of this request; null if the rule does not apply to it. */
  synchronized @Nullable FaultEffect apply(ApiRequest request) {
    if (remaining == 0 || !operation.matches(request.method(), request.path())) {
      return null;
    }
    if (skipped > 0) {
      skipped--;
      return null;
    }
    if (random.nextDouble() >= probability) {
      return null;
    }
    remaining--;
    FaultEffect effect = effects.get(next);
    next = (next + 1) % effects.size();
    return effect;
  }
}
