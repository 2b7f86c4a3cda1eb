package io.github.persona4j.drift;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources that were met in both descriptions at the same place, and are yet to be compared.
 */
final class ResourcePairs {
  /** The shapes of a type in both descriptions. */
  record Pair(String type, ObjectShape old, ObjectShape now) {}

  private final Set<Pair> pairs = new HashSet<>();
  private final Deque<Pair> waiting = new ArrayDeque<>();
  private final Set<String> types = new HashSet<>();

  void add(String type, ObjectShape old, ObjectShape now) {
    Pair pair = new Pair(type, old, now);
    if (pairs.add(pair)) {
      waiting.add(pair);
      meet(type);
    }
  }

  /** Notes that both descriptions have the type, which needs no comparison of its own. */
  void meet(String type) {
    types.add(type);
  }

  /** Returns the next pair, or null if all were returned. */
  @Nullable Pair next() {
    return waiting.poll();
  }

  boolean hasType(String type) {
    return types.contains(type);
  }
}
