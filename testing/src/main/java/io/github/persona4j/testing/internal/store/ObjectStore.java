package io.github.persona4j.testing.internal.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All objects of the fake by family. Each read sees one state of one object; a change that reads
 * and writes several objects, or records events, runs in {@link #write}. Thread-safe.
 */
public final class ObjectStore {
  private static final int MAX_TREES = 2_000;

  private final Map<String, Timeline> timelines = new ConcurrentHashMap<>();
  private final Map<String, Timeline> byId = new ConcurrentHashMap<>();
  private final List<BiConsumer<@Nullable StoredObject, StoredObject>> watchers =
      new CopyOnWriteArrayList<>();

  /** The ids of accounts by their reference ids. */
  private final Map<String, String> byReference = new ConcurrentHashMap<>();

  private final ArrayDeque<StoredObject> recent = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final String seed;
  private long created;
  private Instant newest = Instant.MIN;

  /**
   * Creates an empty store.
   *
   * @param seed a part of each new id, so that the same seed and the same calls create the same ids
   */
  public ObjectStore(InstantSource clock, String seed) {
    this.clock = clock;
    this.seed = seed;
  }

  /**
   * Executes a change while no other change is executed, and returns its result. Changes may be
   * nested. Operations that write are executed in it already; flows and the clock call it.
   */
  public <T> T write(Supplier<T> change) {
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a watcher, which is called with the former state of an object, null if it is new, and the
   * new one, within the change.
   */
  public void onChange(BiConsumer<@Nullable StoredObject, StoredObject> watcher) {
    watchers.add(watcher);
  }

  /** Returns a new id such as {@code inq_...}, unique among all objects. */
  public String newId(String prefix) {
    return write(() -> Ids.of(prefix, seed + created++));
  }

  /**
   * Returns the timestamp of a new object or event: the time of the clock, but never before an
   * earlier one, even if the clock was set back.
   */
  public Instant now() {
    return write(
        () -> {
          Instant now = clock.instant();
          newest = now.isBefore(newest) ? newest.plusMillis(1) : now;
          return newest;
        });
  }

  /**
   * Adds a new object.
   *
   * @throws IllegalStateException if there is an object with this id
   */
  public void add(StoredObject object) {
    write(
        () -> {
          Timeline timeline = timelines.computeIfAbsent(object.family(), family -> new Timeline());
          timeline.add(object);
          byId.put(object.id(), timeline);
          newest = object.createdAt().isAfter(newest) ? object.createdAt() : newest;
          keep(object);
          watchers.forEach(watcher -> watcher.accept(null, object));
          return object;
        });
  }

  /** Returns the newest account with this reference id; null if there is none. */
  public @Nullable StoredObject accountByReference(String referenceId) {
    String id = byReference.get(referenceId);
    StoredObject account = id == null ? null : find(id);
    return account != null && referenceId.equals(account.text("reference-id")) ? account : null;
  }

  /**
   * Indexes an object, and keeps it as trees while it is one of the latest, which are used most.
   */
  private void keep(StoredObject object) {
    if (object.type().equals("account")) {
      String reference = object.text("reference-id");
      if (reference != null) {
        byReference.put(reference, object.id());
      }
    }
    recent.addLast(object);
    if (recent.size() > MAX_TREES) {
      recent.removeFirst().compact();
    }
  }

  /** Returns the object with this id; null if there is none. */
  public @Nullable StoredObject find(String id) {
    Timeline timeline = byId.get(id);
    return timeline == null ? null : timeline.find(id);
  }

  /** Returns the object of this family with this id; null if there is none. */
  public @Nullable StoredObject find(String family, String id) {
    StoredObject object = find(id);
    return object != null && object.family().equals(family) ? object : null;
  }

  /**
   * Replaces an object by a changed copy, and returns the copy.
   *
   * @throws NoSuchElementException if there is no object with this id
   */
  public StoredObject update(String id, UnaryOperator<StoredObject> change) {
    return write(
        () -> {
          Timeline timeline = byId.get(id);
          StoredObject object = timeline == null ? null : timeline.find(id);
          if (timeline == null || object == null) {
            throw new NoSuchElementException("unknown id: " + id);
          }
          StoredObject changed = change.apply(object);
          timeline.replace(changed);
          keep(changed);
          watchers.forEach(watcher -> watcher.accept(object, changed));
          return changed;
        });
  }

  /** Removes an object; without effect if there is none. */
  public void remove(String id) {
    write(
        () -> {
          Timeline timeline = byId.remove(id);
          if (timeline != null) {
            timeline.remove(id);
          }
          return id;
        });
  }

  /** Returns the names of the families that have had objects, in alphabetical order. */
  public Set<String> families() {
    return new TreeSet<>(timelines.keySet());
  }

  /** Returns the number of objects of a family. */
  public int count(String family) {
    return timeline(family).count();
  }

  /** Returns all objects of a family, newest first. */
  public List<StoredObject> all(String family) {
    return timeline(family).all();
  }

  /** Returns the newest object of a family that a filter accepts; null if there is none. */
  public @Nullable StoredObject newest(String family, Predicate<StoredObject> filter) {
    return timeline(family).newest(filter);
  }

  /**
   * Returns the newest objects that are older than the cursor, or the newest of all if it is null.
   * Returns null if the cursor is not the id of an object of this family.
   */
  public @Nullable Slice after(
      String family, @Nullable String cursor, int size, Predicate<StoredObject> filter) {
    return timeline(family).after(cursor, size, filter);
  }

  /**
   * Returns the oldest objects that are newer than the cursor, newest first. Returns null if the
   * cursor is not the id of an object of this family.
   */
  public @Nullable Slice before(
      String family, String cursor, int size, Predicate<StoredObject> filter) {
    return timeline(family).before(cursor, size, filter);
  }

  private Timeline timeline(String family) {
    Timeline timeline = timelines.get(family);
    return timeline == null ? new Timeline() : timeline;
  }
}
