package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the properties of objects from schemas. */
final class Schemas {
  private Schemas() {}

  /** Returns the described properties of an object, including those of composed schemas. */
  static Map<String, Node> properties(Node schema) {
    Map<String, Node> properties = new LinkedHashMap<>(schema.entries("properties"));
    for (Node part : schema.items("allOf")) {
      properties.putAll(properties(part));
    }
    return properties;
  }

  /** Returns the names of the required properties of an object. */
  static Set<String> required(Node schema) {
    Set<String> required = new LinkedHashSet<>();
    schema.json().path("required").forEach(name -> required.add(name.asText()));
    for (Node part : schema.items("allOf")) {
      required.addAll(required(part));
    }
    return required;
  }

  /** Returns whether a property may be null: its schema is nullable, or allows any value. */
  static boolean isNullable(@Nullable Node property) {
    return property != null
        && (property.json().isEmpty() || property.json().path("nullable").asBoolean());
  }

  /** Returns the schema of a property, by name or for any name; null if there is none. */
  static @Nullable Node property(Node schema, String name) {
    Node described = properties(schema).get(name);
    return described == null ? values(schema) : described;
  }

  /** Returns the schema of the values of a map; null if any value is allowed. */
  static @Nullable Node values(Node schema) {
    Node values = schema.get("additionalProperties");
    return values == null || !values.json().isObject() || values.json().isEmpty() ? null : values;
  }

  /**
   * Returns the alternatives of a schema, including those of composed schemas, or the schema
   * itself.
   */
  static List<Node> alternatives(Node schema) {
    List<Node> alternatives = new ArrayList<>();
    for (String key : new String[] {"oneOf", "anyOf"}) {
      for (Node member : schema.items(key)) {
        alternatives.addAll(alternatives(member));
      }
    }
    for (Node part : schema.items("allOf")) {
      List<Node> ofPart = alternatives(part);
      alternatives.addAll(ofPart.size() > 1 ? ofPart : List.of());
    }
    return alternatives.isEmpty() ? List.of(schema) : alternatives;
  }

  /** Returns the first alternative whose required and constant properties an object has. */
  static @Nullable Node alternative(Node schema, JsonNode value) {
    for (Node member : alternatives(schema)) {
      if (fits(member, value)) {
        return member;
      }
    }
    return null;
  }

  /** Returns whether an object has the required properties and the described constants. */
  static boolean fits(Node schema, JsonNode value) {
    for (String name : required(schema)) {
      if (!value.has(name)) {
        return false;
      }
    }
    for (Map.Entry<String, Node> property : properties(schema).entrySet()) {
      JsonNode constants = property.getValue().json().path("enum");
      JsonNode constant = value.path(property.getKey());
      if (constants.size() == 1 && constant.isTextual() && !constant.equals(constants.get(0))) {
        return false;
      }
    }
    return true;
  }
}
