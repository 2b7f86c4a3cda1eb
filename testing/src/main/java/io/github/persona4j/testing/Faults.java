package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.http.FaultRule;
import io.github.persona4j.testing.internal.http.FaultRules;
import io.github.persona4j.testing.internal.http.OperationPattern;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Faults of chosen operations, by number or by probability.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/TestingSnippets.java#failures -->
 *
 * <pre>{@code
 * fake.faults().on("POST /inquiries").times(2).fail(Fault.status(503));
 * fake.faults()
 *     .on("PATCH /accounts/{id}")
 *     .fail(Fault.status(422).error("invalid_value", "/data/attributes/birthdate"));
 * fake.faults().onAny().probability(0.05).fail(Fault.status(500), Fault.truncatedBody());
 * }</pre>
 *
 * <p>Faults of {@link FakePersona#failNext} come first. Otherwise the first rule that applies to a
 * request decides, in the order of their creation. Thread-safe, but the rule that {@link #on}
 * returns is not.
 */
public final class Faults {
  private final FaultRules rules;
  private final SplittableRandom random;

  Faults(FaultRules rules, long seed) {
    this.rules = rules;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Returns a rule for one operation, which is in force when {@link Rule#fail} is called.
   *
   * @param operation method and path, such as {@code POST /inquiries} or {@code GET /events/{id}};
   *     a segment in braces stands for any, and {@code *} for any method
   * @throws IllegalArgumentException if it does not have this form, or the description has no such
   *     operation
   */
  public Rule on(String operation) {
    return new Rule(OperationPattern.parse(Objects.requireNonNull(operation, "operation")));
  }

  /** Returns a rule for all requests, also to paths that are no operations. */
  public Rule onAny() {
    return on("*");
  }

  /** Removes all rules, and the queued faults of {@link FakePersona#failNext}. */
  public void clear() {
    rules.clear();
  }

  /** Settings of a rule. Not thread-safe. */
  public final class Rule {
    private final OperationPattern operation;
    private long after;
    private long times = -1; // never reaches 0
    private double probability = 1;

    private Rule(OperationPattern operation) {
      this.operation = operation;
    }

    /**
     * Leaves this number of matching requests alone first.
     *
     * @param requests 0 or more, otherwise {@link IllegalArgumentException}
     */
    public Rule after(int requests) {
      if (requests < 0) {
        throw new IllegalArgumentException("requests must be 0 or more, not " + requests);
      }
      this.after = requests;
      return this;
    }

    /**
     * Sets the number of requests that fail; all if not set.
     *
     * @param requests 1 or more, otherwise {@link IllegalArgumentException}
     */
    public Rule times(int requests) {
      if (requests < 1) {
        throw new IllegalArgumentException("requests must be 1 or more, not " + requests);
      }
      this.times = requests;
      return this;
    }

    /**
     * Sets the probability that a matching request fails; 1 if not set. The same seed of {@link
     * FakePersona.Builder#seed} makes the same choices for the same sequence of requests.
     *
     * @param probability from 0 to 1, otherwise {@link IllegalArgumentException}
     */
    public Rule probability(double probability) {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("probability must be from 0 to 1, not " + probability);
      }
      this.probability = probability;
      return this;
    }

    /**
     * Adds the rule.
     *
     * @param faults the faults, which are used in turn; at least one, otherwise {@link
     *     IllegalArgumentException}
     */
    public void fail(Fault... faults) {
      if (Objects.requireNonNull(faults, "faults").length == 0) {
        throw new IllegalArgumentException("faults must not be empty");
      }
      SplittableRandom own;
      synchronized (random) {
        own = random.split();
      }
      rules.add(new FaultRule(operation, Fault.effects(faults), after, times, probability, own));
    }
  }
}
