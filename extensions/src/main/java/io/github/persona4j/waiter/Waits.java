package io.github.persona4j.waiter;

import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.call.Lifecycle;
import io.github.persona4j.internal.retry.TimeSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The running waits of a client and of those derived from it. Thread-safe. */
final class Waits {
  private final TimeSource time;
  private final Pace pace;
  private final Executor steps;
  private final Executor continuations;
  private final Map<String, Set<Wait<?, ?>>> byId = new ConcurrentHashMap<>();

  /**
   * The waits of a client.
   *
   * @param steps runs what follows a turn, a response or a pause; never those that wait for them,
   *     which may block
   * @param continuations runs actions that depend on the futures of waits
   */
  Waits(TimeSource time, Supplier<RateLimits> limits, Executor steps, Executor continuations) {
    this.time = time;
    this.pace = new Pace(time, limits);
    this.steps = steps;
    this.continuations = continuations;
  }

  TimeSource time() {
    return time;
  }

  Pace pace() {
    return pace;
  }

  Executor steps() {
    return steps;
  }

  Executor continuations() {
    return continuations;
  }

  /**
   * Begins a wait.
   *
   * @param ids the resources whose events wake it
   */
  <T> CompletableFuture<T> begin(Collection<String> ids, Wait<?, T> wait, Lifecycle lifecycle) {
    ids.forEach(id -> add(id, wait));
    lifecycle.begin(wait);
    return wait.begin(
        () -> {
          lifecycle.end(wait);
          ids.forEach(id -> remove(id, wait));
        });
  }

  private void add(String id, Wait<?, ?> wait) {
    byId.compute(
        id,
        (key, waits) -> {
          Set<Wait<?, ?>> all = waits == null ? ConcurrentHashMap.newKeySet() : waits;
          all.add(wait);
          return all;
        });
  }

  private void remove(String id, Wait<?, ?> wait) {
    byId.computeIfPresent(
        id,
        (key, waits) -> {
          waits.remove(wait);
          return waits.isEmpty() ? null : waits;
        });
  }

  /** Lets the waits for a resource retrieve it soon. */
  void wake(String id) {
    byId.getOrDefault(id, Set.of()).forEach(Wait::wake);
  }
}
