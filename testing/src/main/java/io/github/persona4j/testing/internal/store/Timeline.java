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
 * is the number of its objects, plus those that a filter skips. Filters run without a lock, so a
 * long list does not delay changes. Thread-safe.
 */
final class Timeline {
  private final List<@Nullable StoredObject> oldestFirst = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private int removed;

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
    if (oldestFirst.set(position(id), null) != null) {
      removed++;
    }
  }

  /** Returns the number of objects that were not removed. */
  synchronized int count() {
    return oldestFirst.size() - removed;
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

  private synchronized int size() {
    return oldestFirst.size();
  }

  private synchronized @Nullable Integer positionOf(String id) {
    return positions.get(id);
  }

  private synchronized @Nullable StoredObject at(int position) {
    return oldestFirst.get(position);
  }

  /** Returns the newest objects that are older than the cursor; null if it is unknown. */
  @Nullable Slice after(@Nullable String cursor, int count, Predicate<StoredObject> filter) {
    int end = size();
    Integer start = cursor == null ? Integer.valueOf(end) : positionOf(cursor);
    if (start == null) {
      return null;
    }
    List<StoredObject> items = new ArrayList<>();
    int i = start - 1;
    for (; i >= 0 && items.size() < count; i--) {
      addIfAccepted(i, filter, items);
    }
    return new Slice(items, anyNewer(start, end, filter), newest(i, filter) != null);
  }

  /** Returns the oldest objects that are newer than the cursor; null if it is unknown. */
  @Nullable Slice before(String cursor, int count, Predicate<StoredObject> filter) {
    Integer position = positionOf(cursor);
    if (position == null) {
      return null;
    }
    List<StoredObject> items = new ArrayList<>();
    int end = size();
    int i = position + 1;
    for (; i < end && items.size() < count; i++) {
      addIfAccepted(i, filter, items);
    }
    Collections.reverse(items);
    return new Slice(items, anyNewer(i, end, filter), newest(position, filter) != null);
  }

  private void addIfAccepted(
      int position, Predicate<StoredObject> filter, List<StoredObject> items) {
    StoredObject object = accepted(position, filter);
    if (object != null) {
      items.add(object);
    }
  }

  /** Returns the object at this position; null if it was removed or the filter rejects it. */
  private @Nullable StoredObject accepted(int position, Predicate<StoredObject> filter) {
    StoredObject object = at(position);
    return object != null && filter.test(object) ? object : null;
  }

  /** Returns the newest object that a filter accepts; null if there is none. */
  @Nullable StoredObject newest(Predicate<StoredObject> filter) {
    return newest(size() - 1, filter);
  }

  /** Returns the newest accepted object at this position or before it; null if there is none. */
  private @Nullable StoredObject newest(int from, Predicate<StoredObject> filter) {
    for (int i = from; i >= 0; i--) {
      StoredObject object = accepted(i, filter);
      if (object != null) {
        return object;
      }
    }
    return null;
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

  private boolean anyNewer(int from, int end, Predicate<StoredObject> filter) {
    for (int i = from; i < end; i++) {
      if (accepted(i, filter) != null) {
        return true;
      }
    }
    return false;
  }
}
