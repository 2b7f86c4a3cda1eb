package io.github.persona4j.testing.internal.search;

import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What searches see of the objects: their state some time ago. It keeps the former state of what
 * was changed since then. Thread-safe.
 */
public final class SearchIndex {
  private record Change(Instant time, String id, @Nullable StoredObject before) {}

  private final Duration lag;
  private final InstantSource clock;
  private final Deque<Change> changes = new ArrayDeque<>();

  /**
   * Creates an index.
   *
   * @param lag the time after which a change is seen; zero for at once
   */
  public SearchIndex(Duration lag, InstantSource clock) {
    this.lag = lag;
    this.clock = clock;
  }

  /** Starts to keep the changes of a store. */
  public void watch(ObjectStore store) {
    if (!lag.isZero()) {
      store.onChange(this::add);
    }
  }

  private synchronized void add(@Nullable StoredObject before, StoredObject after) {
    forgetSeen();
    if (!after.family().equals("event")) {
      changes.addLast(new Change(clock.instant(), after.id(), before));
    }
  }

  private void forgetSeen() {
    Instant seen = clock.instant().minus(lag);
    while (!changes.isEmpty() && !changes.getFirst().time().isAfter(seen)) {
      changes.removeFirst();
    }
  }

  /** Returns a function from the state of an object to the one that a search sees, or null. */
  synchronized UnaryOperator<@Nullable StoredObject> view() {
    forgetSeen();
    Map<String, Change> earliest = new HashMap<>();
    changes.forEach(change -> earliest.putIfAbsent(change.id(), change));
    return object -> {
      Change change = object == null ? null : earliest.get(object.id());
      return change == null ? object : change.before();
    };
  }
}
