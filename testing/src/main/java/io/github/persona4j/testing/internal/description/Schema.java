package io.github.persona4j.testing.internal.description;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema of the description, with what it inherits by {@code allOf}. Immutable. */
public final class Schema {
  private final ApiDescription description;
  private final JsonObject json;
  private final List<Schema> parents = new ArrayList<>();
  private volatile @Nullable Map<String, Schema> properties;

  Schema(ApiDescription description, JsonObject json) {
    this.description = description;
    this.json = json;
    if (json.get("allOf") instanceof JsonArray all) {
      all.forEach(parent -> parents.add(description.inline(parent.getAsJsonObject())));
    }
    if (json.has("$ref")) { // beside other members
      parents.add(description.schema(json.get("$ref").getAsString()));
    }
  }

  private @Nullable JsonElement member(String name) {
    JsonElement own = json.get(name);
    if (own != null) {
      return own;
    }
    for (Schema parent : parents) {
      JsonElement inherited = parent.member(name);
      if (inherited != null) {
        return inherited;
      }
    }
    return null;
  }

  private @Nullable String text(String name) {
    return member(name) instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
  }

  /** Returns string, number, integer, boolean, array or object; null if any type is allowed. */
  public @Nullable String type() {
    return member("x-string") == null ? text("type") : "string";
  }

  /** Returns a format such as date-time; null if there is none. */
  public @Nullable String format() {
    return text("format");
  }

  /** Returns whether the value is not personal data. */
  public boolean safe() {
    return json.has("x-safe-to-log");
  }

  /** Returns whether a JSON null is valid. */
  public boolean nullable() {
    return json.get("nullable") instanceof JsonPrimitive flag && flag.getAsBoolean();
  }

  /** Returns the smallest valid number; null if there is none. */
  public @Nullable Double minimum() {
    return member("minimum") instanceof JsonPrimitive number ? number.getAsDouble() : null;
  }

  /** Returns the largest valid number; null if there is none. */
  public @Nullable Double maximum() {
    return member("maximum") instanceof JsonPrimitive number ? number.getAsDouble() : null;
  }

  /** Returns whether the values are a set that the API may extend. */
  public boolean isOpenSet() {
    return member("x-known-values") != null;
  }

  /** Returns the values of a set that the API may extend; empty if this is not one. */
  public List<String> knownValues() {
    List<String> values = new ArrayList<>();
    if (member("x-known-values") instanceof JsonArray array) {
      array.forEach(value -> values.add(value.getAsString()));
    }
    return values;
  }

  /** Returns the only valid values; empty if they are not restricted. */
  public List<String> values() {
    List<String> values = new ArrayList<>();
    if (member("enum") instanceof JsonArray array) {
      array.forEach(value -> values.add(value.isJsonNull() ? "null" : value.getAsString()));
    }
    return values;
  }

  /** Returns the schemas of the properties by their names. */
  public Map<String, Schema> properties() {
    Map<String, Schema> known = properties;
    if (known == null) {
      known = new LinkedHashMap<>();
      for (Schema parent : parents) {
        known.putAll(parent.properties());
      }
      if (json.get("properties") instanceof JsonObject own) {
        for (Map.Entry<String, JsonElement> property : own.entrySet()) {
          known.put(property.getKey(), description.inline(property.getValue().getAsJsonObject()));
        }
      }
      properties = known;
    }
    return known;
  }

  /** Returns the names of the properties that must be present. */
  public Set<String> required() {
    Set<String> required = new LinkedHashSet<>();
    parents.forEach(parent -> required.addAll(parent.required()));
    if (json.get("required") instanceof JsonArray array) {
      array.forEach(name -> required.add(name.getAsString()));
    }
    return required;
  }

  /** Returns the schema of the items of an array; null if they can be anything. */
  public @Nullable Schema items() {
    return member("items") instanceof JsonObject object ? description.inline(object) : null;
  }

  /** Returns the schema of properties that are not named; null if they can be anything. */
  public @Nullable Schema additionalProperties() {
    return member("additionalProperties") instanceof JsonObject object
        ? description.inline(object)
        : null;
  }

  /** Returns the schemas of which one must fit; empty if this is not a union. */
  public List<Schema> union() {
    List<Schema> union = new ArrayList<>();
    if (member("oneOf") instanceof JsonArray array) {
      array.forEach(one -> union.add(description.inline(one.getAsJsonObject())));
    }
    return union;
  }

  /** Returns the property whose value selects one of the union; null if there is none. */
  public @Nullable String discriminator() {
    return member("discriminator") instanceof JsonObject object
        ? object.get("propertyName").getAsString()
        : null;
  }

  /** Returns the schemas of the union by the values of the discriminator. */
  public Map<String, Schema> mapping() {
    Map<String, Schema> mapping = new LinkedHashMap<>();
    if (member("discriminator") instanceof JsonObject object
        && object.get("mapping") instanceof JsonObject names) {
      names
          .entrySet()
          .forEach(
              entry ->
                  mapping.put(entry.getKey(), description.schema(entry.getValue().getAsString())));
    }
    return mapping;
  }
}
