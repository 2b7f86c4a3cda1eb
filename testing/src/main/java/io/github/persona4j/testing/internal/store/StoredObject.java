package io.github.persona4j.testing.internal.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.json.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object of the API at one point in time: type, id, attributes and relationships, with names in
 * kebab casing as on the wire. Immutable: {@code with...} methods return a changed copy, and the
 * trees that the accessors return must not be changed.
 */
public final class StoredObject {

  /** Where attributes and relationships come from. Trees may be created anew for each call. */
  public interface Content {
    JsonObject attributes();

    JsonObject relationships();

    /** Returns one attribute; null if the object does not have it. */
    default @Nullable JsonElement attribute(String name) {
      return attributes().get(name);
    }

    /** Returns one relationship; null if the object does not have it. */
    default @Nullable JsonElement relationship(String name) {
      return relationships().get(name);
    }
  }

  private record Trees(JsonObject attributes, JsonObject relationships) implements Content {}

  private final String type;
  private final String id;
  private final Instant createdAt;
  private volatile Content content;

  private StoredObject(String type, String id, Instant createdAt, Content content) {
    this.type = type;
    this.id = id;
    this.createdAt = createdAt;
    this.content = content;
  }

  /** Returns an object with these trees, which must not be changed afterwards. */
  public static StoredObject of(
      String type, String id, Instant createdAt, JsonObject attributes, JsonObject relationships) {
    return new StoredObject(type, id, createdAt, new Trees(attributes, relationships));
  }

  /** Returns an object whose trees are created when they are read. */
  public static StoredObject lazy(String type, String id, Instant createdAt, Content content) {
    return new StoredObject(type, id, createdAt, content);
  }

  /** Keeps the trees as texts from now on, if they are kept at all. */
  void compact() {
    if (content instanceof Trees) {
      content = CompactContent.of(content);
    }
  }

  public String type() {
    return type;
  }

  /**
   * Returns the part of the type that all types of one collection share: {@code report} of {@code
   * report/watchlist}.
   */
  public String family() {
    return family(type);
  }

  /** Returns the family of a type; types of Connect are families of their own. */
  public static String family(String type) {
    int slash = type.indexOf('/');
    return slash < 0 || type.startsWith("connect/") ? type : type.substring(0, slash);
  }

  public String id() {
    return id;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public JsonObject attributes() {
    return content.attributes();
  }

  public JsonObject relationships() {
    return content.relationships();
  }

  /** Returns an attribute, which may be a JSON null; null if the object does not have it. */
  public @Nullable JsonElement attribute(String name) {
    return content.attribute(name);
  }

  /** Returns an attribute as text; null if it is absent, a JSON null, an array or an object. */
  public @Nullable String text(String name) {
    return attribute(name) instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
  }

  /** Returns an attribute as a time; null if it is not one. */
  public @Nullable Instant time(String name) {
    String text = text(name);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Returns the attribute {@code status}; null if the object has none. */
  public @Nullable String status() {
    return text("status");
  }

  /** Returns the id of a to-one relationship; null if it is absent or empty. */
  public @Nullable String relatedId(String relationship) {
    return data(relationship) instanceof JsonObject reference
        ? reference.get("id").getAsString()
        : null;
  }

  /** Returns the ids of a relationship; empty if it is absent. */
  public List<String> relatedIds(String relationship) {
    List<String> ids = new ArrayList<>();
    JsonElement data = data(relationship);
    if (data instanceof JsonArray array) {
      array.forEach(reference -> ids.add(reference.getAsJsonObject().get("id").getAsString()));
    } else if (data instanceof JsonObject reference) {
      ids.add(reference.get("id").getAsString());
    }
    return ids;
  }

  private @Nullable JsonElement data(String relationship) {
    return content.relationship(relationship) instanceof JsonObject object
        ? object.get("data")
        : null;
  }

  /**
   * Returns a copy with an attribute set.
   *
   * @param value a JSON tree, text, number, boolean, instant, collection, or null for a JSON null
   */
  public StoredObject with(String attribute, @Nullable Object value) {
    JsonObject changed = shallowCopy(attributes());
    changed.add(attribute, Json.value(value));
    return of(type, id, createdAt, changed, relationships());
  }

  /** Returns a copy with these attributes set. Nulls in the tree set JSON nulls. */
  public StoredObject withAll(JsonObject attributes) {
    JsonObject changed = shallowCopy(attributes());
    attributes.entrySet().forEach(entry -> changed.add(entry.getKey(), entry.getValue()));
    return of(type, id, createdAt, changed, relationships());
  }

  /** Returns a copy without an attribute. */
  public StoredObject without(String attribute) {
    JsonObject changed = shallowCopy(attributes());
    changed.remove(attribute);
    return of(type, id, createdAt, changed, relationships());
  }

  /** Returns a copy with a to-one relationship to the object, or to none. */
  public StoredObject withRelated(String relationship, @Nullable StoredObject related) {
    return withData(relationship, related == null ? JsonNull.INSTANCE : related.reference());
  }

  /** Returns a copy with a to-many relationship to these objects, which replace former ones. */
  public StoredObject withRelated(String relationship, Collection<StoredObject> related) {
    JsonArray references = new JsonArray();
    related.forEach(object -> references.add(object.reference()));
    return withData(relationship, references);
  }

  /** Returns a copy with an object added to a to-many relationship, unless it is there already. */
  public StoredObject withAdded(String relationship, StoredObject related) {
    if (relatedIds(relationship).contains(related.id())) {
      return this;
    }
    JsonArray references = new JsonArray();
    if (data(relationship) instanceof JsonArray former) {
      references.addAll(former);
    }
    references.add(related.reference());
    return withData(relationship, references);
  }

  /** Returns a copy with an object removed from a to-many relationship, if it is there. */
  public StoredObject withRemoved(String relationship, StoredObject related) {
    JsonArray references = new JsonArray();
    if (data(relationship) instanceof JsonArray former) {
      for (JsonElement reference : former) {
        if (!reference.getAsJsonObject().get("id").getAsString().equals(related.id())) {
          references.add(reference);
        }
      }
    }
    return withData(relationship, references);
  }

  private StoredObject withData(String relationship, JsonElement data) {
    JsonObject changed = shallowCopy(relationships());
    changed.add(relationship, Json.object("data", data));
    return of(type, id, createdAt, attributes(), changed);
  }

  private static JsonObject shallowCopy(JsonObject object) {
    JsonObject copy = new JsonObject();
    object.entrySet().forEach(entry -> copy.add(entry.getKey(), entry.getValue()));
    return copy;
  }

  /** Returns a new resource identifier: type and id. */
  public JsonObject reference() {
    return Json.object("type", type, "id", id);
  }

  /** Returns a new resource object, which the caller may change. */
  public JsonObject json() {
    JsonObject json = reference();
    json.add("attributes", attributes().deepCopy());
    JsonObject relationships = relationships();
    if (relationships.size() > 0) {
      json.add("relationships", relationships.deepCopy());
    }
    return json;
  }

  /** Compares the ids and the trees. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredObject object
        && object.id.equals(id)
        && object.type.equals(type)
        && object.attributes().equals(attributes())
        && object.relationships().equals(relationships());
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, id);
  }

  /** Returns type and id, without attributes. */
  @Override
  public String toString() {
    return type + ' ' + id;
  }
}
