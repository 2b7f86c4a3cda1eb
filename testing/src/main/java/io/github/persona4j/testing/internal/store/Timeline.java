package io.github.persona4j.testing.internal.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one family in the order of their creation, accessible by page. The cost of a page
 * is the number of its objects, plus those that a filter skips. Thread-safe.
 */
final class Timeline {
  private final List<@Nullable StoredObject> oldestFirst = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();

  synchronized void add(StoredObject object) {
    if (positions.putIfAbsent(object.id(), oldestFirst.size()) != null) {
      throw new IllegalStateException("duplicate id: " + object.id());
    }
    oldestFirst.add(object);
  }

  synchronized void replace(StoredObject object) {
    oldestFirst.set(position(object.id()), object);
  }

  /** The position stays known, so that a list can continue from the cursor of a removed object. */
  synchronized void remove(String id) {
    oldestFirst.set(position(id), null);
  }

  synchronized @Nullable StoredObject find(String id) {
    Integer position = positions.get(id);
    return position == null ? null : oldestFirst.get(position);
  }

  private int position(String id) {
    Integer position = positions.get(id);
    if (position == null) {
      throw new IllegalStateException("unknown id: " + id);
    }
    return position;
  }

  /** Returns the newest objects that are older than the cursor; null if it is unknown. */
  synchronized @Nullable Slice after(
      @Nullable String cursor, int size, Predicate<StoredObject> filter) {
    int start = oldestFirst.size();
    if (cursor != null) {
      Integer position = positions.get(cursor);
      if (position == null) {
        return null;
      }
      start = position;
    }
    List<StoredObject> items = new ArrayList<>();
    int i = start - 1;
    for (; i >= 0 && items.size() < size; i--) {
      StoredObject object = oldestFirst.get(i);
      if (object != null && filter.test(object)) {
        items.add(object);
      }
    }
    return new Slice(items, anyNewer(start, filter), anyOlder(i, filter));
  }

  /** Returns the oldest objects that are newer than the cursor; null if it is unknown. */
  synchronized @Nullable Slice before(String cursor, int size, Predicate<StoredObject> filter) {
    Integer position = positions.get(cursor);
    if (position == null) {
      return null;
    }
    List<StoredObject> items = new ArrayList<>();
    int i = position + 1;
    for (; i < oldestFirst.size() && items.size() < size; i++) {
      StoredObject object = oldestFirst.get(i);
      if (object != null && filter.test(object)) {
        items.add(object);
      }
    }
    Collections.reverse(items);
    return new Slice(items, anyNewer(i, filter), anyOlder(position, filter));
  }

  /** Returns all objects, newest first. */
  synchronized List<StoredObject> all() {
    List<StoredObject> all = new ArrayList<>(oldestFirst.size());
    for (int i = oldestFirst.size() - 1; i >= 0; i--) {
      StoredObject object = oldestFirst.get(i);
      if (object != null) {
        all.add(object);
      }
    }
    return all;
  }

  private boolean anyNewer(int from, Predicate<StoredObject> filter) {
    for (int i = from; i < oldestFirst.size(); i++) {
      StoredObject object = oldestFirst.get(i);
      if (object != null && filter.test(object)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyOlder(int from, Predicate<StoredObject> filter) {
    for (int i = from; i >= 0; i--) {
      StoredObject object = oldestFirst.get(i);
      if (object != null && filter.test(object)) {
        return true;
      }
    }
    return false;
  }
}
