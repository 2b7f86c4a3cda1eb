package io.github.persona4j.testing.internal.state;

import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets objects expire when it is time. Thread-safe. */
final class Expirations {
  private final ObjectStore store;
  private final Transitions transitions;
  private final Timetable timetable;

  Expirations(ObjectStore store, Transitions transitions, Timetable timetable) {
    this.store = store;
    this.transitions = transitions;
    this.timetable = timetable;
  }

  /**
   * Lets an object expire at a time, unless it is in a state then that does not expire, or its
   * attribute {@code expires-at} has become later. Without effect if the time is null.
   *
   * @param expire makes the move; called with the object as it is then
   */
  void watch(StoredObject object, @Nullable Instant time, Consumer<StoredObject> expire) {
    if (time != null) {
      String id = object.id();
      timetable.at(time, () -> expireIfDue(id, expire));
    }
  }

  private void expireIfDue(String id, Consumer<StoredObject> expire) {
    store.write(
        () -> {
          StoredObject object = store.find(id);
          if (object != null && isDue(object) && transitions.allows(object, "expire")) {
            expire.accept(object);
          }
          return id;
        });
  }

  private boolean isDue(StoredObject object) {
    Instant time = object.time("expires-at");
    return time == null || !time.isAfter(timetable.instant());
  }
}
