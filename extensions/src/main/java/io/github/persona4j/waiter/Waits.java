package io.github.persona4j.waiter;

import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.request.RequestOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The running waits of a client. Thread-safe. */
final class Waits {
  private final TimeSource time;
  private final Pace pace;
  private final Map<String, Set<Wait<?, ?>>> byId = new ConcurrentHashMap<>();

  Waits(TimeSource time, Supplier<RateLimits> limits) {
    this.time = time;
    this.pace = new Pace(time, limits);
  }

  TimeSource time() {
    return time;
  }

  /** Takes a turn for a retrieval, and returns the time until then, at most the remaining one. */
  long takeTurn(long remainingNanos) {
    return Math.min(pace.take(), Math.max(0, remainingNanos));
  }

  /** Begins a wait for one resource. */
  <R, T> CompletableFuture<T> begin(
      String id,
      Goal<T> goal,
      WaitSettings settings,
      Function<RequestOptions, CompletableFuture<R>> retrieval,
      Function<R, T> value) {
    WaitState<T> state = new WaitState<>(id, goal, settings, time);
    Wait<R, T> wait = new Wait<>(state, pace, time, retrieval, value);
    byId.compute(
        id,
        (key, waits) -> {
          Set<Wait<?, ?>> all = waits == null ? ConcurrentHashMap.newKeySet() : waits;
          all.add(wait);
          return all;
        });
    CompletableFuture<T> result = wait.begin();
    CompletableFuture<?> unused = result.whenComplete((end, failure) -> remove(id, wait));
    return result;
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
