package io.github.persona4j.testing.internal.webhook;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.util.ArrayDeque;

/** The deliveries as resources, which {@code POST /webhook-events/search} finds. Thread-safe. */
final class DeliveryRecords {
  /** The number of records kept, so that a long run does not fill the memory. */
  private static final int MAX = 10_000;

  private final ObjectStore store;
  private final ArrayDeque<String> ids = new ArrayDeque<>();

  DeliveryRecords(ObjectStore store) {
    this.store = store;
  }

  /** Adds a delivery that is pending, and returns its ID. */
  String add(Instant now) {
    String id = store.newId("wbhe");
    store.add(
        StoredObject.of(
            "webhook-event",
            id,
            now,
            Json.object("status", "pending", "created-at", now, "updated-at", now),
            new JsonObject()));
    String oldest = null;
    synchronized (ids) {
      ids.addLast(id);
      if (ids.size() > MAX) {
        oldest = ids.removeFirst();
      }
    }
    if (oldest != null) {
      store.remove(oldest); // not under the lock, since the store has its own
    }
    return id;
  }

  void set(String id, String status) {
    if (store.find(id) != null) {
      StoredObject unused =
          store.update(id, former -> former.with("status", status).with("updated-at", store.now()));
    }
  }
}
