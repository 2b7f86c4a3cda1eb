package io.github.persona4j.testing.internal.http;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Selects the fault of each request: the next queued one, otherwise that of the first rule that
 * applies, otherwise none. Thread-safe.
 */
public final class FaultRules {
  private final Queue<FaultEffect> queue = new ConcurrentLinkedQueue<>();
  private final List<FaultRule> rules = new CopyOnWriteArrayList<>();

  /** Queues a fault for each of the next requests, whatever their operation. */
  public void enqueue(List<FaultEffect> next) {
    queue.addAll(next);
  }

  /** Adds a rule after those that exist. */
  public void add(FaultRule rule) {
    rules.add(rule);
  }

  /** Removes all rules and queued faults. */
  public void clear() {
    queue.clear();
    rules.clear();
  }

  FaultEffect next(ApiRequest request) {
    FaultEffect queued = queue.poll();
    if (queued != null) {
      return queued;
    }
    for (FaultRule rule : rules) {
      FaultEffect effect = rule.apply(request);
      if (effect != null) {
        return effect;
      }
    }
    return FaultEffect.NONE;
  }
}
