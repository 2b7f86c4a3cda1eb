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
  private final Executor executor;
  private final Map<String, Set<Wait<?, ?>>> byId = new ConcurrentHashMap<>();

  /**
   * The waits of a client.
   *
   * @param executor runs what follows a pause, since the thread of a timer must not be held up
   */
  Waits(TimeSource time, Supplier<RateLimits> limits, Executor executor) {
    this.time = time;
    this.pace = new Pace(time, limits, executor);
    this.executor = executor;
  }

  TimeSource time() {
    return time;
  }

  Pace pace() {
    return pace;
  }

  Executor executor() {
    return executor;
  }

  /**
   * Begins a wait.
   *
   * @param ids the resources whose events wake it
   */
  <T> CompletableFuture<T> begin(Collection<String> ids, Wait<?, T> wait, Lifecycle lifecycle) {
    ids.forEach(id -> add(id, wait));
    lifecycle.begin(wait);
    CompletableFuture<T> result = wait.begin();
    CompletableFuture<?> unused =
        result.whenComplete(
            (end, failure) -> {
              lifecycle.end(wait);
              ids.forEach(id -> remove(id, wait));
            });
    return result;
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
