package io.github.persona4j.drift;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
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

  Alternatives(
      List<ObjectShape> old, List<ObjectShape> now, BiPredicate<ObjectShape, ObjectShape> same) {
    if (old.size() == 1 && now.size() == 1) {
      matches.add(new Match(null, null, old.get(0), now.get(0)));
      return;
    }
    String property = property(old, now);
    if (property == null) {
      matchByContent(old, now, same);
    } else {
      matchByLabel(property, old, now);
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

  private void matchByLabel(String property, List<ObjectShape> old, List<ObjectShape> now) {
    Map<String, ObjectShape> before = byLabel(property, old);
    Map<String, ObjectShape> after = byLabel(property, now);
    for (Map.Entry<String, ObjectShape> entry : before.entrySet()) {
      ObjectShape other = after.get(entry.getKey());
      if (other == null) {
        removed.add(entry.getKey());
      } else {
        matches.add(new Match(entry.getKey(), property, entry.getValue(), other));
      }
    }
    for (String label : after.keySet()) {
      if (!before.containsKey(label)) {
        added.add(label);
      }
    }
  }

  private static Map<String, ObjectShape> byLabel(String property, List<ObjectShape> objects) {
    Map<String, ObjectShape> result = new TreeMap<>();
    for (ObjectShape object : objects) {
      object.labels(property).forEach(label -> result.put(label, object));
    }
    return result;
  }

  private void matchByContent(
      List<ObjectShape> old, List<ObjectShape> now, BiPredicate<ObjectShape, ObjectShape> same) {
    List<ObjectShape> left = new ArrayList<>(old);
    List<ObjectShape> right = new ArrayList<>(now);
    for (ObjectShape object : old) {
      ObjectShape equal =
          right.stream().filter(other -> same.test(object, other)).findFirst().orElse(null);
      if (equal != null) {
        matches.add(new Match(null, null, object, equal));
        left.remove(object);
        right.remove(equal);
      }
    }
    while (!left.isEmpty() && !right.isEmpty()) {
      ObjectShape bestLeft = left.get(0);
      ObjectShape bestRight = right.get(0);
      double best = -1;
      for (ObjectShape a : left) {
        for (ObjectShape b : right) {
          double similarity =
              Resources.similarity(a.properties().keySet(), b.properties().keySet());
          if (similarity > best) {
            best = similarity;
            bestLeft = a;
            bestRight = b;
          }
        }
      }
      if (best <= 0 && old.size() != now.size()) {
        break;
      }
      matches.add(new Match(null, null, bestLeft, bestRight));
      left.remove(bestLeft);
      right.remove(bestRight);
    }
    left.forEach(object -> removed.add(object.text()));
    right.forEach(object -> added.add(object.text()));
  }
}
