package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.ResourceType;
import io.github.persona4j.testing.internal.description.Schema;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Creates objects from the description, and sets what requests contain. An object has all
 * relationships of its type, and its attributes without values: null where that is allowed, empty
 * lists and objects, 0 and false. Other attributes are absent until something sets them.
 */
public final class Drafts {
  private final ApiDescription description;
  private final ObjectStore store;
  private final Map<String, Prototype> prototypes = new ConcurrentHashMap<>();

  Drafts(ApiDescription description, ObjectStore store) {
    this.description = description;
    this.store = store;
  }

  /** Returns a new object of this type with a new id and empty attributes, not stored. */
  public StoredObject empty(String type) {
    ResourceType resource = resource(type);
    return empty(resource, store.newId(resource.idPrefix()), store.now());
  }

  private StoredObject empty(ResourceType resource, String id, Instant now) {
    Prototype prototype = prototypes.computeIfAbsent(resource.type(), type -> prototype(resource));
    JsonObject attributes = new JsonObject();
    JsonElement time = Json.value(now);
    for (Map.Entry<String, JsonElement> entry : prototype.attributes.entrySet()) {
      boolean isNow = entry.getKey().equals("created-at") || entry.getKey().equals("updated-at");
      attributes.add(entry.getKey(), isNow ? time : entry.getValue());
    }
    return StoredObject.of(resource.type(), id, now, attributes, prototype.relationships);
  }

  private static Prototype prototype(ResourceType resource) {
    JsonObject attributes = new JsonObject();
    for (Map.Entry<String, Schema> attribute : resource.attributes().entrySet()) {
      JsonElement value = emptyValue(attribute.getKey(), attribute.getValue());
      if (value != null) {
        attributes.add(attribute.getKey(), value);
      }
    }
    JsonObject relationships = new JsonObject();
    for (String relationship : resource.relationships().keySet()) {
      relationships.add(
          relationship,
          Json.object("data", resource.isToMany(relationship) ? new JsonArray() : null));
    }
    return new Prototype(attributes, relationships);
  }

  /** What all new objects of a type have in common; never changed. */
  private record Prototype(JsonObject attributes, JsonObject relationships) {}

  /** Returns the first value of an attribute; null to leave it out. */
  private static @Nullable JsonElement emptyValue(String name, Schema schema) {
    if (name.equals("created-at") || name.equals("updated-at")) {
      return JsonNull.INSTANCE; // replaced by the time of the creation
    }
    if (schema.nullable()) {
      return JsonNull.INSTANCE;
    }
    if (name.equals("fields")) {
      return new JsonObject();
    }
    String type = schema.type();
    return switch (type == null ? "" : type) {
      case "array" -> new JsonArray();
      case "object" -> new JsonObject();
      case "integer", "number" -> new JsonPrimitive(0);
      case "boolean" -> new JsonPrimitive(false);
      default -> null; // no text is empty: what is not known is left out
    };
  }

  /**
   * Returns the object with the attributes of a request set, as far as its type has them. An
   * attribute such as {@code account-id} sets the relationship {@code account}.
   *
   * @throws ApiFailure with 404 if there is no object with an id of a type that the API can create
   */
  public StoredObject with(StoredObject object, JsonObject requested) {
    ResourceType resource = resource(object.type());
    Map<String, Schema> known = resource.attributes();
    JsonObject changes = new JsonObject();
    StoredObject changed = object;
    for (Map.Entry<String, JsonElement> entry : requested.entrySet()) {
      String name = entry.getKey();
      JsonElement value = entry.getValue();
      Schema schema = known.get(name);
      if (name.equals("fields") && value instanceof JsonObject values) {
        changes.add(name, FieldValues.merged(fields(object), values));
      } else if (schema != null) {
        boolean clearsList = value instanceof JsonNull && "array".equals(schema.type());
        changes.add(name, clearsList ? new JsonArray() : Uploads.stored(value));
      } else if (name.endsWith("-id")) {
        String relationship = name.substring(0, name.length() - "-id".length());
        if (resource.relationships().containsKey(relationship)) {
          changed = changed.withRelated(relationship, related(resource, relationship, value));
        }
      }
    }
    if (object.type().equals("account")) {
      JsonObject fields =
          changes.get("fields") instanceof JsonObject merged ? merged : fields(object);
      changes.add("fields", FieldValues.mergedAccount(fields, requested));
    }
    return changed.withAll(changes);
  }

  private static JsonObject fields(StoredObject object) {
    return object.attribute("fields") instanceof JsonObject fields ? fields : new JsonObject();
  }

  private @Nullable StoredObject related(
      ResourceType resource, String relationship, JsonElement value) {
    if (!(value instanceof JsonPrimitive id)) {
      return null;
    }
    Set<String> types = new LinkedHashSet<>(resource.relatedTypes(relationship));
    if (types.isEmpty()) {
      for (ResourceType candidate : description.resourceTypes()) {
        if (StoredObject.family(candidate.type()).equals(relationship)) {
          types.add(candidate.type());
        }
      }
    }
    String kind = resource.type().substring(resource.type().indexOf('/') + 1);
    String type =
        types.stream()
            .filter(candidate -> candidate.endsWith('/' + kind))
            .findFirst()
            .orElseGet(() -> types.stream().findFirst().orElse(relationship));
    return find(type, id.getAsString());
  }

  /**
   * Returns the object with this id. If there is none, and the API cannot create objects of its
   * type, such as templates, it is created from the example in the description.
   *
   * @throws ApiFailure with 404 if there is none, and the API can create one
   */
  public StoredObject find(String type, String id) {
    StoredObject object = store.find(id);
    if (object != null) {
      return object;
    }
    ResourceType resource = description.resourceType(type);
    if (resource == null) { // the description has no such resource, only references to it
      return StoredObject.of(type, id, store.now(), new JsonObject(), new JsonObject());
    }
    if (resource.isCreated()) {
      throw ApiFailure.notFound();
    }
    JsonObject sample = resource.sample();
    StoredObject created = empty(resource, id, store.now());
    if (sample != null) {
      created =
          StoredObject.of(
              type,
              id,
              created.createdAt(),
              sample.getAsJsonObject("attributes"),
              created.relationships());
    }
    store.add(created);
    return created;
  }

  private ResourceType resource(String type) {
    ResourceType resource = description.resourceType(type);
    if (resource == null) {
      throw new IllegalArgumentException("unknown type: " + type);
    }
    return resource;
  }

  /** Returns the object with its attribute {@code updated-at} set to now, if its type has one. */
  public StoredObject touched(StoredObject object) {
    return resource(object.type()).attributes().containsKey("updated-at")
        ? object.with("updated-at", store.now())
        : object;
  }

  /** Returns the object without personal data: attributes that may have some are null or empty. */
  public StoredObject redacted(StoredObject object) {
    ResourceType resource = resource(object.type());
    JsonObject changes = new JsonObject();
    for (Map.Entry<String, Schema> attribute : resource.attributes().entrySet()) {
      String name = attribute.getKey();
      Schema schema = attribute.getValue();
      JsonElement value = object.attribute(name);
      boolean keep = schema.safe() || name.equals("status") || name.endsWith("-at");
      if (value == null || keep) {
        continue;
      }
      if (name.equals("fields") && value instanceof JsonObject fields) {
        changes.add(name, FieldValues.cleared(fields));
      } else if (value instanceof JsonArray) {
        changes.add(name, new JsonArray());
      } else if (schema.nullable()
          && (!name.equals("reference-id") || object.type().equals("account"))) {
        changes.add(name, JsonNull.INSTANCE);
      }
    }
    StoredObject redacted = object.withAll(changes);
    return resource.attributes().containsKey("redacted-at")
        ? redacted.with("redacted-at", store.now())
        : redacted;
  }
}
