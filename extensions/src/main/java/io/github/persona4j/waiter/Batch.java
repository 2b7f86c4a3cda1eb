package io.github.persona4j.waiter;

import io.github.persona4j.error.WaitFailedException;
import io.github.persona4j.request.RequestOptions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Several resources that one wait retrieves together. One thread at a time. */
final class Batch<T> {
  private static final int MAX_IDS = 10_000;

  private final Set<String> pending;
  private final Goal<T> goal;
  private final Function<T, String> id;
  private final BiFunction<Set<String>, RequestOptions, CompletableFuture<List<T>>> retrieval;
  private final Map<String, T> reached = new LinkedHashMap<>();
  private final Map<String, T> failed = new LinkedHashMap<>();
  private final int size;

  /**
   * A batch.
   *
   * @param id returns the ID of a resource
   * @param retrieval retrieves at least some of the resources with these IDs, and maybe others
   */
  Batch(
      Collection<String> ids,
      Goal<T> goal,
      Function<T, String> id,
      BiFunction<Set<String>, RequestOptions, CompletableFuture<List<T>>> retrieval) {
    this.pending = new LinkedHashSet<>(ids);
    this.goal = goal;
    this.id = id;
    this.retrieval = retrieval;
    this.size = pending.size();
    if (size > MAX_IDS) {
      throw new IllegalArgumentException("ids: must be at most " + MAX_IDS);
    }
    for (String each : pending) {
      if (each.isBlank()) {
        throw new IllegalArgumentException("ids: must not be blank");
      }
    }
  }

  /** Returns the goal of the wait for all of them. */
  Goal<WaitSummary<T>> goal() {
    return new Goal<>(
        goal.what() + ", for several",
        summary -> (size - summary.pending().size()) + " of " + size,
        null,
        summary -> summary.pending().isEmpty(),
        summary -> false,
        WaitFailedException::new);
  }

  /** Retrieves those that have not ended. */
  CompletableFuture<List<T>> retrieve(RequestOptions options) {
    return pending.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : retrieval.apply(Set.copyOf(pending), options);
  }

  /** Returns what became of them, after some were retrieved. */
  WaitSummary<T> summary(List<T> retrieved) {
    for (T resource : retrieved) {
      String found = id.apply(resource);
      if (pending.contains(found)) {
        if (goal.reached().test(resource)) {
          reached.put(found, resource);
          pending.remove(found);
        } else if (goal.failed().test(resource)) {
          failed.put(found, resource);
          pending.remove(found);
        }
      }
    }
    return new WaitSummary<>(reached, failed, pending);
  }
}
