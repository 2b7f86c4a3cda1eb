package io.github.persona4j.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Objects in the order of their creation, accessible by id and by page. The cost of a page is the
 * number of its objects, plus those that a filter skips. Thread-safe.
 */
final class Timeline<T extends Timeline.Entry> {

  interface Entry {
    String id();
  }

  /**
   * One page, newest first. The flags state whether the same filter has newer and older objects.
   */
  record Slice<T>(List<T> items, boolean newerExist, boolean olderExist) {}

  private final List<T> oldestFirst = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();

  synchronized void add(T entry) {
    if (positions.putIfAbsent(entry.id(), oldestFirst.size()) != null) {
      throw new IllegalStateException("duplicate id: " + entry.id());
    }
    oldestFirst.add(entry);
  }

  synchronized @Nullable T find(String id) {
    Integer position = positions.get(id);
    return position == null ? null : oldestFirst.get(position);
  }

  /**
   * Returns the newest objects that are older than the cursor, or the newest of all if it is null.
   * Returns null if the cursor is unknown.
   */
  synchronized @Nullable Slice<T> after(@Nullable String cursor, int size, Predicate<T> filter) {
    int start = oldestFirst.size();
    if (cursor != null) {
      Integer position = positions.get(cursor);
      if (position == null) {
        return null;
      }
      start = position;
    }
    List<T> items = new ArrayList<>();
    int i = start - 1;
    for (; i >= 0 && items.size() < size; i--) {
      if (filter.test(oldestFirst.get(i))) {
        items.add(oldestFirst.get(i));
      }
    }
    return new Slice<>(items, anyNewer(start, filter), anyOlder(i, filter));
  }

  /**
   * Returns the oldest objects that are newer than the cursor, newest first. Returns null if the
   * cursor is unknown.
   */
  synchronized @Nullable Slice<T> before(String cursor, int size, Predicate<T> filter) {
    Integer position = positions.get(cursor);
    if (position == null) {
      return null;
    }
    List<T> items = new ArrayList<>();
    int i = position + 1;
    for (; i < oldestFirst.size() && items.size() < size; i++) {
      if (filter.test(oldestFirst.get(i))) {
        items.add(oldestFirst.get(i));
      }
    }
    Collections.reverse(items);
    return new Slice<>(items, anyNewer(i, filter), anyOlder(position, filter));
  }

  private boolean anyNewer(int from, Predicate<T> filter) {
    for (int i = from; i < oldestFirst.size(); i++) {
      if (filter.test(oldestFirst.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean anyOlder(int from, Predicate<T> filter) {
    for (int i = from; i >= 0; i--) {
      if (filter.test(oldestFirst.get(i))) {
        return true;
      }
    }
    return false;
  }
}
