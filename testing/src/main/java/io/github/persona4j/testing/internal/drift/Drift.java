package io.github.persona4j.testing.internal.drift;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.Ids;
import io.github.persona4j.testing.internal.store.LoggedEvent;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Adds to responses and events what the API may add at any time: every document and every resource
 * gets an unknown member, attribute and relationship, {@code included} an object of an unknown
 * type. About every third resource also has unknown values and, if its type is one of several, an
 * unknown type. Which ones depends on the seed and their ids. Immutable.
 */
public final class Drift {
  /** The name of an event that is recorded before each other event. */
  public static final String EVENT = "drift-resource.happened";

  private static final String TYPE = "drift-resource";
  private static final String VALUE = "drift_value";

  private final long seed;
  private final BiPredicate<String, String> enumerated;

  /**
   * Creates a drift.
   *
   * @param enumerated whether an attribute of a resource type has one of a list of values
   */
  public Drift(long seed, BiPredicate<String, String> enumerated) {
    this.seed = seed;
    this.enumerated = enumerated;
  }

  /** Records an event of an unknown name with each event. */
  public static void addEvents(EventLog events) {
    events.addListener(event -> addEvent(events, event));
  }

  private static void addEvent(EventLog events, LoggedEvent event) {
    if (!event.name().equals(EVENT)) {
      LoggedEvent unused = events.record(EVENT, event.object());
    }
  }

  /** Returns a document in this casing with what was added; the same text if it is not one. */
  public String apply(String json, Inflection inflection) {
    if (!(JsonParser.parseString(json) instanceof JsonObject document)
        || !(document.has("data") || document.has("errors"))) {
      return json;
    }
    add(document, "drift-member", Json.object("added-later", true), inflection);
    for (JsonElement resource : Json.elements(document.get("data"))) {
      drift(resource, inflection);
    }
    if (document.get("included") instanceof JsonArray included) {
      for (JsonElement resource : included) {
        drift(resource, inflection);
      }
      included.add(Json.resource(TYPE, Ids.of("drf", seed), new JsonObject(), new JsonObject()));
    }
    return document.toString();
  }

  private void drift(JsonElement element, Inflection inflection) {
    if (!(element instanceof JsonObject resource)
        || !(resource.get("type") instanceof JsonPrimitive type)) {
      return;
    }
    String typeName = type.getAsString();
    boolean unusual = isUnusual(resource.get("id"));
    if (resource.get("attributes") instanceof JsonObject attributes) {
      if (unusual) {
        changeValues(typeName, attributes);
      }
      if (attributes.get("payload") instanceof JsonObject payload) {
        driftPayload(payload, inflection);
      }
      add(attributes, "drift-attribute", Json.object("added-later", List.of(1, "x")), inflection);
    }
    if (resource.get("relationships") instanceof JsonObject relationships) {
      JsonObject related = Json.toOne(TYPE, Ids.of("drf", seed));
      add(relationships, "drift-relationship", related, inflection);
    }
    int slash = typeName.indexOf('/');
    if (unusual && slash > 0) {
      resource.addProperty("type", typeName.substring(0, slash) + "/drift");
    }
  }

  private void driftPayload(JsonObject payload, Inflection inflection) {
    for (String member : List.of("data", "included")) {
      for (JsonElement resource : Json.elements(payload.get(member))) {
        drift(resource, inflection);
      }
    }
  }

  private void changeValues(String type, JsonObject attributes) {
    for (Map.Entry<String, JsonElement> attribute : attributes.entrySet()) {
      if (enumerated.test(type, Inflection.kebab(attribute.getKey()))) {
        if (attribute.getValue() instanceof JsonPrimitive) {
          attribute.setValue(new JsonPrimitive(VALUE));
        } else if (attribute.getValue() instanceof JsonArray values) {
          values.add(VALUE);
        }
      }
    }
  }

  private boolean isUnusual(@Nullable JsonElement id) {
    return id instanceof JsonPrimitive
        && Ids.random("drift " + seed, id.getAsString()).nextInt(3) == 0;
  }

  private static void add(
      JsonObject object, String name, JsonElement value, Inflection inflection) {
    inflection
        .apply(Json.object(name, value))
        .getAsJsonObject()
        .entrySet()
        .forEach(entry -> object.add(entry.getKey(), entry.getValue()));
  }
}
