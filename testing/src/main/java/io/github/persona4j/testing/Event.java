package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.function.Supplier;

/** An event about an object. The JSON of the object is created when the event is read. */
record Event(
    String id, Instant createdAt, String name, String objectId, Supplier<JsonObject> object)
    implements Timeline.Entry {

  JsonObject json() {
    return Json.object(
        "type",
        "event",
        "id",
        id,
        "attributes",
        Json.object(
            "name",
            name,
            "payload",
            Json.object("data", object.get()),
            "created-at",
            createdAt,
            "context",
            new JsonObject()));
  }
}
