package io.github.persona4j.testing.internal.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with the object as it was then. The JSON is created when it is read.
 *
 * @param context additional data; {@link #NO_CONTEXT} if there is none
 */
public record LoggedEvent(
    String id, Instant createdAt, String name, StoredObject object, JsonObject context) {
  /** The context of most events: none. Shared, and never changed. */
  public static final JsonObject NO_CONTEXT = new JsonObject();

  /** Returns this event as it is stored and listed, without included objects. */
  public StoredObject stored() {
    return StoredObject.lazy("event", id, createdAt, new EventContent(this));
  }

  private record EventContent(LoggedEvent event) implements StoredObject.Content {
    @Override
    public JsonObject attributes() {
      return Json.eventAttributes(
          event.name,
          event.createdAt,
          Json.object("data", event.object.json()),
          event.context.deepCopy());
    }

    @Override
    public JsonObject relationships() {
      return new JsonObject();
    }

    @Override
    public @Nullable JsonElement attribute(String name) {
      return switch (name) {
        case "name" -> new JsonPrimitive(event.name);
        case "object-id" -> new JsonPrimitive(event.object.id()); // only for the filter
        default -> attributes().get(name);
      };
    }
  }
}
