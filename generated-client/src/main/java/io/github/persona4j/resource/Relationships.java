package io.github.persona4j.resource;

import io.github.persona4j.json.JsonObject;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.JsonWritable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What relationships to one and to many resources have in common. */
final class Relationships {
  private Relationships() {}

  /**
   * Returns a relationship as the API would write it, to a target or without one.
   *
   * @param omitted whether the response does not contain it
   */
  static String json(boolean omitted, @Nullable JsonWritable relationship, String data) {
    if (relationship != null) {
      return relationship.toJson();
    }
    return omitted ? "{}" : "{\"data\":" + data + "}";
  }

  /** Returns the JSON of the identifier of a target. */
  static String json(Identified identifier) {
    if (identifier instanceof JsonWritable object) {
      return object.toJson();
    }
    Map<String, JsonValue> parts = new LinkedHashMap<>();
    parts.put("type", JsonValue.of(identifier.type()));
    parts.put("id", JsonValue.of(identifier.id()));
    return JsonValue.of(parts).json();
  }

  /**
   * Returns whether a relationship without a target is absent from a response. One that is null is
   * present, like one whose data is null.
   */
  static boolean isOmitted(
      @Nullable JsonObject relationships, String name, @Nullable JsonObject relationship) {
    Objects.requireNonNull(name, "name");
    if (relationship != null) {
      return relationship.property("data") == null;
    }
    return relationships == null || relationships.property(name) == null;
  }
}
