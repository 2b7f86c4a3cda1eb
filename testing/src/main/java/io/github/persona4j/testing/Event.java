package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import java.time.Instant;
import java.util.function.Supplier;

/** An event about an object. The JSON of the object is created when the event is read. */
record Event(
    String id, Instant createdAt, String name, String objectId, Supplier<JsonObject> object)
    implements Timeline.Entry {

  JsonObject json() {
    return Json.event(id, name, createdAt, Json.object("data", object.get()));
  }
}
