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

/** What schemas say of objects. */
final class Schemas {
  private Schemas() {}

  /** The described properties of an object, those of the parts of its schema included. */
  static Map<String, Node> properties(Node schema) {
    Map<String, Node> properties = new LinkedHashMap<>(schema.entries("properties"));
    for (Node part : schema.items("allOf")) {
      properties.putAll(properties(part));
    }
    return properties;
  }

  /** The names of the properties that an object must have. */
  static Set<String> required(Node schema) {
    Set<String> required = new LinkedHashSet<>();
    schema.json().path("required").forEach(name -> required.add(name.asText()));
    for (Node part : schema.items("allOf")) {
      required.addAll(required(part));
    }
    return required;
  }

  /** Whether null fits a property: its schema says so, or nothing at all. */
  static boolean isNullable(@Nullable Node property) {
    return property != null
        && (property.json().isEmpty() || property.json().path("nullable").asBoolean());
  }

  /** The schema of a property of an object, described by name or not; null where none is. */
  static @Nullable Node property(Node schema, String name) {
    Node described = properties(schema).get(name);
    return described == null ? values(schema) : described;
  }

  /** The schema of the values of a map; null where any value is allowed. */
  static @Nullable Node values(Node schema) {
    Node values = schema.get("additionalProperties");
    return values == null || !values.json().isObject() || values.json().isEmpty() ? null : values;
  }

  /** The alternatives of a schema, those of its parts included, or the schema itself. */
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

  /** The first alternative that an object fits by its required and its constant properties. */
  static @Nullable Node alternative(Node schema, JsonNode value) {
    for (Node member : alternatives(schema)) {
      if (fits(member, value)) {
        return member;
      }
    }
    return null;
  }

  /** Whether an object has what is required, and the constants that are described. */
  static boolean fits(Node schema, JsonNode value) {
    for (String name : required(schema)) {
      if (!value.has(name)) {
        return false;
      }
    }
    for (Map.Entry<String, Node> property : properties(schema).entrySet()) {
      JsonNode constants = property.getValue().json().path("enum");
      JsonNode held = value.path(property.getKey());
      if (constants.size() == 1 && held.isTextual() && !held.equals(constants.get(0))) {
        return false;
      }
    }
    return true;
  }
}
