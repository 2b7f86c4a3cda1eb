package io.github.persona4j.drift;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The resources that were met in both descriptions at the same place, and are yet to be compared. */
final class ResourcePairs {
  /** The shapes of a type in both descriptions. */
  record Pair(String type, ObjectShape old, ObjectShape now) {}

  private final Map<Pair, SortedSet<String>> places = new LinkedHashMap<>();
  private final Deque<Pair> waiting = new ArrayDeque<>();
  private final Set<String> types = new HashSet<>();

  void add(String type, ObjectShape old, ObjectShape now, String place) {
    Pair pair = new Pair(type, old, now);
    SortedSet<String> known = places.get(pair);
    if (known == null) {
      known = new TreeSet<>();
      places.put(pair, known);
      waiting.add(pair);
      types.add(type);
    }
    known.add(place);
  }

  /** Returns the next pair, or null if all were returned. */
  @Nullable Pair next() {
    return waiting.poll();
  }

  /** Returns where the pair was met; the set grows. */
  SortedSet<String> places(Pair pair) {
    return places.getOrDefault(pair, new TreeSet<>());
  }

  boolean hasType(String type) {
    return types.contains(type);
  }
}
