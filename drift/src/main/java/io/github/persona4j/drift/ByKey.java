package io.github.persona4j.drift;

import java.util.Map;
import java.util.function.BiConsumer;

/** Compares two maps by their keys. */
final class ByKey {
  private ByKey() {}

  /** Takes a value that is in both maps. */
  interface Both<T> {
    void accept(String key, T old, T now);
  }

  /** Passes on what is only in the old map, what is in both, and what is only in the new one. */
  static <T> void compare(
      Map<String, T> old,
      Map<String, T> now,
      BiConsumer<String, T> removed,
      Both<T> both,
      BiConsumer<String, T> added) {
    old.forEach(
        (key, value) -> {
          T other = now.get(key);
          if (other == null) {
            removed.accept(key, value);
          } else {
            both.accept(key, value, other);
          }
        });
    now.forEach(
        (key, value) -> {
          if (!old.containsKey(key)) {
            added.accept(key, value);
          }
        });
  }
}
