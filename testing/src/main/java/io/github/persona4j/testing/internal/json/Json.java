package io.github.persona4j.testing.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds Gson trees without a {@code Gson} instance and without reflection. */
public final class Json {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** Returns an object of alternating names and values; null becomes JSON null. */
  public static JsonObject object(@Nullable Object... namesAndValues) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.add(String.valueOf(namesAndValues[i]), value(namesAndValues[i + 1]));
    }
    return object;
  }

  public static JsonArray array(Collection<?> values) {
    JsonArray array = new JsonArray(values.size());
    for (Object value : values) {
      array.add(value(value));
    }
    return array;
  }

  public static JsonElement value(@Nullable Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof JsonElement element) {
      return element;
    }
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    }
    if (value instanceof Instant instant) {
      return new JsonPrimitive(MILLISECONDS.format(instant));
    }
    if (value instanceof Collection<?> values) {
      return array(values);
    }
    return new JsonPrimitive(value.toString());
  }

  /** Returns a JSON:API resource object. */
  public static JsonObject resource(
      String type, String id, JsonObject attributes, JsonObject relationships) {
    return object("type", type, "id", id, "attributes", attributes, "relationships", relationships);
  }

  /** Returns an event. */
  public static JsonObject event(
      String id, String name, Instant createdAt, JsonObject payload, JsonObject context) {
    JsonObject attributes = eventAttributes(name, createdAt, payload, context);
    return object("type", "event", "id", id, "attributes", attributes);
  }

  /** Returns the attributes of an event. */
  public static JsonObject eventAttributes(
      String name, Instant createdAt, JsonObject payload, JsonObject context) {
    return object("name", name, "payload", payload, "created-at", createdAt, "context", context);
  }

  /** Returns the elements of an array, or the only element; none if there is no element. */
  public static Iterable<JsonElement> elements(@Nullable JsonElement element) {
    if (element instanceof JsonArray array) {
      return array;
    }
    return element == null ? List.of() : List.of(element);
  }

  /** Returns a to-one relationship; {@code data} is null if the id is null. */
  public static JsonObject toOne(String type, @Nullable String id) {
    return object("data", id == null ? null : object("type", type, "id", id));
  }
}
