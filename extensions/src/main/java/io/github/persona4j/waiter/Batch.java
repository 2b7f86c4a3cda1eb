package io.github.persona4j.waiter;

import io.github.persona4j.error.WaitFailedException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Several resources of one wait, and what became of them. Thread-safe. */
final class Batch<T> {
  private static final int MAX_IDS = 10_000;

  private final Goal<T> goal;
  private final Function<T, String> id;
  private final int size;

  // Guarded by this object. The one that was asked for last is at the end.
  private final Set<String> pending;
  private final Map<String, T> reached = new LinkedHashMap<>();
  private final Map<String, T> failed = new LinkedHashMap<>();
  private final Set<String> missing = new LinkedHashSet<>();

  /**
   * A batch.
   *
   * @param ids checked before
   * @param id returns the ID of a resource
   */
  Batch(Collection<String> ids, Goal<T> goal, Function<T, String> id) {
    this.pending = new LinkedHashSet<>(ids);
    this.goal = goal;
    this.id = id;
    this.size = pending.size();
    if (size > MAX_IDS) {
      throw new IllegalArgumentException("ids: must be at most " + MAX_IDS);
    }
  }

  /** Returns the goal of the wait for all of them. */
  Goal<WaitSummary<T>> goal() {
    Predicate<WaitSummary<T>> never = summary -> false;
    return new Goal<>(
        goal.what() + ", for several",
        summary -> (size - summary.pending().size()) + " of " + size,
        null,
        summary -> summary.pending().isEmpty(),
        never,
        never,
        WaitFailedException::new);
  }

  /** Returns the IDs of those that have not ended. */
  synchronized List<String> pending() {
    return List.copyOf(pending);
  }

  /** Adds resources as they were retrieved. Those of other IDs are ignored. */
  synchronized void add(List<? extends T> retrieved) {
    for (T resource : retrieved) {
      String found = id.apply(resource);
      if (pending.contains(found)) {
        if (goal.reached().test(resource)) {
          reached.put(found, resource);
          pending.remove(found);
        } else if (goal.failed().test(resource) || goal.redacted().test(resource)) {
          failed.put(found, resource);
          pending.remove(found);
        }
      }
    }
  }

  /** One was asked for alone, so that it comes last the next time. */
  synchronized void asked(String each) {
    if (pending.remove(each)) {
      pending.add(each);
    }
  }

  /** One does not exist. */
  synchronized void addMissing(String each) {
    if (pending.remove(each)) {
      missing.add(each);
    }
  }

  /** Returns what has become of them so far. */
  synchronized WaitSummary<T> summary() {
    return new WaitSummary<>(reached, failed, missing, pending);
  }
}
