package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a value against its schema, for values that Prism never sees, such as bodies of webhooks:
 * types, required properties and constants, at all depths.
 */
final class SchemaCheck {
  private SchemaCheck() {}

  /** Where the value does not fit, and why; empty where it does. */
  static List<String> misfits(Node schema, JsonNode value) {
    List<String> misfits = new ArrayList<>();
    check("$", schema, value, misfits);
    return misfits;
  }

  private static void check(String path, Node schema, JsonNode value, List<String> misfits) {
    if (value.isNull() && Schemas.isNullable(schema)) {
      return;
    }
    if (!isOfType(schema.json().path("type"), value)) {
      misfits.add(path + " is " + value + ", not " + schema.json().path("type"));
      return;
    }
    JsonNode constants = schema.json().path("enum");
    if (!constants.isEmpty() && !contains(constants, value)) {
      misfits.add(path + " is " + value + ", none of " + constants);
    }
    for (JsonNode name : schema.json().path("required")) {
      if (value.isObject() && !value.has(name.asText())) {
        misfits.add(path + " has no " + name.asText());
      }
    }
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      Node described = schema.entries("properties").get(property.getKey());
      Node any = described == null ? Schemas.values(schema) : described;
      if (any != null) {
        check(path + "." + property.getKey(), any, property.getValue(), misfits);
      }
    }
    Node items = schema.get("items");
    for (int i = 0; items != null && i < value.size(); i++) {
      check(path + "[" + i + "]", items, value.path(i), misfits);
    }
    for (Node part : schema.items("allOf")) {
      check(path, part, value, misfits);
    }
    checkAlternatives(path, schema, value, misfits);
  }

  private static void checkAlternatives(
      String path, Node schema, JsonNode value, List<String> misfits) {
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
        misfits.addAll(first);
      }
    }
  }

  /** Whether a value has a type, or one of several as OpenAPI 3.1 lists them. */
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
