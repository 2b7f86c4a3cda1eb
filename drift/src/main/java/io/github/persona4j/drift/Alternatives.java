package io.github.persona4j.drift;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds which alternatives of two unions belong together: by the values of a property that each
 * alternative limits, and otherwise by their content.
 */
final class Alternatives {
  /**
   * Two alternatives that belong together.
   *
   * @param label what selects them, or null if they are the only ones or nothing does
   * @param property the property that has the label, or null
   */
  record Match(
      @Nullable String label, @Nullable String property, ObjectShape old, ObjectShape now) {}

  private final List<Match> matches = new ArrayList<>();
  private final Set<String> removed = new TreeSet<>();
  private final Set<String> added = new TreeSet<>();

  /** The renames are new names of labels of the property {@code type}. */
  Alternatives(
      List<ObjectShape> old,
      List<ObjectShape> now,
      Signatures signatures,
      Map<String, String> renames) {
    if (old.size() == 1 && now.size() == 1) {
      matches.add(new Match(null, null, old.get(0), now.get(0)));
      return;
    }
    String property = property(old, now);
    if (property == null) {
      matchByContent(old, now, signatures);
    } else {
      matchByLabel(property, old, now, property.equals("type") ? renames : Map.of());
    }
  }

  List<Match> matches() {
    return matches;
  }

  /** What the alternatives without a counterpart in the new description are called. */
  Set<String> removed() {
    return removed;
  }

  /** What the alternatives without a counterpart in the old description are called. */
  Set<String> added() {
    return added;
  }

  private static @Nullable String property(List<ObjectShape> old, List<ObjectShape> now) {
    List<ObjectShape> all = new ArrayList<>(old);
    all.addAll(now);
    if (all.isEmpty()) {
      return null;
    }
    Set<String> candidates = new TreeSet<>(all.get(0).properties().keySet());
    List<String> ordered = new ArrayList<>();
    all.forEach(
        object -> {
          if (object.labelledBy() != null) {
            ordered.add(object.labelledBy());
          }
        });
    ordered.add("type");
    ordered.addAll(candidates);
    for (String property : ordered) {
      boolean labels = all.stream().noneMatch(object -> object.labels(property).isEmpty());
      if (labels && isDistinct(property, old) && isDistinct(property, now)) {
        return property;
      }
    }
    return null;
  }

  private static boolean isDistinct(String property, List<ObjectShape> objects) {
    Set<String> seen = new HashSet<>();
    for (ObjectShape object : objects) {
      for (String label : object.labels(property)) {
        if (!seen.add(label)) {
          return false;
        }
      }
    }
    return true;
  }

  private void matchByLabel(
      String property, List<ObjectShape> old, List<ObjectShape> now, Map<String, String> renames) {
    Map<String, ObjectShape> before = byLabel(property, old);
    Map<String, ObjectShape> after = byLabel(property, now);
    renames.forEach(
        (from, to) -> {
          if (before.containsKey(from) && !after.containsKey(from) && after.containsKey(to)) {
            after.put(from, after.remove(to));
          }
        });
    ByKey.compare(
        before,
        after,
        (label, object) -> removed.add(label),
        (label, object, other) -> matches.add(new Match(label, property, object, other)),
        (label, object) -> added.add(label));
  }

  private static Map<String, ObjectShape> byLabel(String property, List<ObjectShape> objects) {
    Map<String, ObjectShape> result = new TreeMap<>();
    for (ObjectShape object : objects) {
      object.labels(property).forEach(label -> result.put(label, object));
    }
    return result;
  }

  private void matchByContent(List<ObjectShape> old, List<ObjectShape> now, Signatures signatures) {
    Map<Long, Deque<ObjectShape>> bySignature = new HashMap<>();
    for (ObjectShape object : now) {
      bySignature.computeIfAbsent(signatures.of(object), s -> new ArrayDeque<>()).add(object);
    }
    List<ObjectShape> left = new ArrayList<>();
    for (ObjectShape object : old) {
      Deque<ObjectShape> equal = bySignature.get(signatures.of(object));
      if (equal == null || equal.isEmpty()) {
        left.add(object);
      } else {
        matches.add(new Match(null, null, object, equal.remove()));
      }
    }
    List<ObjectShape> right = new ArrayList<>();
    bySignature.values().forEach(right::addAll);
    right.sort(Comparator.comparing(ObjectShape::text));
    matchSimilar(left, right, old.size() == now.size());
  }

  /** Two alternatives, and how much they have in common. */
  private record Candidate(ObjectShape old, ObjectShape now, double similarity) {}

  private void matchSimilar(List<ObjectShape> left, List<ObjectShape> right, boolean all) {
    List<Candidate> candidates = new ArrayList<>();
    for (ObjectShape a : left) {
      for (ObjectShape b : right) {
        Set<String> names = a.properties().keySet();
        double similarity = Resources.similarity(names, b.properties().keySet());
        if (all || similarity > 0) {
          candidates.add(new Candidate(a, b, similarity));
        }
      }
    }
    candidates.sort(Comparator.comparingDouble(Candidate::similarity).reversed());
    Set<ObjectShape> restOld = Collections.newSetFromMap(new IdentityHashMap<>());
    restOld.addAll(left);
    Set<ObjectShape> restNew = Collections.newSetFromMap(new IdentityHashMap<>());
    restNew.addAll(right);
    for (Candidate candidate : candidates) {
      if (restOld.contains(candidate.old()) && restNew.contains(candidate.now())) {
        matches.add(new Match(null, null, candidate.old(), candidate.now()));
        restOld.remove(candidate.old());
        restNew.remove(candidate.now());
      }
    }
    restOld.forEach(object -> removed.add(object.text()));
    restNew.forEach(object -> added.add(object.text()));
  }
}
