package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Validates values that Prism does not receive, such as bodies of webhooks, against their schemas:
 * types, required properties and constants, at all depths.
 */
final class SchemaCheck {
  private SchemaCheck() {}

  /** Returns the violations with their paths; empty if the value is valid. */
  static List<String> violations(Node schema, JsonNode value) {
    List<String> violations = new ArrayList<>();
    check("$", schema, value, violations);
    return violations;
  }

  private static void check(String path, Node schema, JsonNode value, List<String> violations) {
    if (value.isNull() && Schemas.isNullable(schema)) {
      return;
    }
    if (!isOfType(schema.json().path("type"), value)) {
      violations.add(path + " is " + value + ", not " + schema.json().path("type"));
      return;
    }
    JsonNode constants = schema.json().path("enum");
    if (!constants.isEmpty() && !contains(constants, value)) {
      violations.add(path + " is " + value + ", none of " + constants);
    }
    for (JsonNode name : schema.json().path("required")) {
      if (value.isObject() && !value.has(name.asText())) {
        violations.add(path + " has no " + name.asText());
      }
    }
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      Node described = schema.entries("properties").get(property.getKey());
      Node any = described == null ? Schemas.values(schema) : described;
      if (any != null) {
        check(path + "." + property.getKey(), any, property.getValue(), violations);
      }
    }
    Node items = schema.get("items");
    for (int i = 0; items != null && i < value.size(); i++) {
      check(path + "[" + i + "]", items, value.path(i), violations);
    }
    for (Node part : schema.items("allOf")) {
      check(path, part, value, violations);
    }
    checkAlternatives(path, schema, value, violations);
  }

  private static void checkAlternatives(
      String path, Node schema, JsonNode value, List<String> violations) {
    for (String key : new String[] {"oneOf", "anyOf"}) {
      List<String> first = new ArrayList<>();
      boolean fits = schema.json().path(key).isEmpty();
      for (Node member : schema.items(key)) {
        List<String> ofMember = new ArrayList<>();
        check(path, member, value, ofMember);
        fits |= ofMember.isEmpty();
        first = first.isEmpty() ? ofMember : first;
      }
      if (!fits) {
        violations.addAll(first);
      }
    }
  }

  /** Returns whether a value has a type, or one of a list of types in OpenAPI 3.1. */
  private static boolean isOfType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (isOfType(each, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      case "null" -> value.isNull();
      default -> true;
    };
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
