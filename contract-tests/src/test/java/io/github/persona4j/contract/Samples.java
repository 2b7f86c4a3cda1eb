package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Description.Node;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates valid and invalid values of schemas. */
final class Samples {
  private Samples() {}

  /** Returns a value for a parameter: its example, or one of its schema. */
  static String ofParameter(Node parameter) {
    JsonNode example = parameter.json().get("example");
    for (Node named : parameter.entries("examples").values()) {
      example = named.json().get("value");
    }
    Node schema = parameter.get("schema");
    return example != null ? example.asText() : schema == null ? "sample" : of(schema);
  }

  /** Returns a simple value as a string, for a path or a query. */
  static String of(Node schema) {
    JsonNode json = schema.json();
    for (String key : new String[] {"example", "default", "enum", "x-known-values", "minimum"}) {
      JsonNode known = json.path(key);
      JsonNode value = known.isArray() ? known.path(0) : known;
      if (value.isValueNode() && !value.isNull()) {
        return value.asText();
      }
    }
    return switch (json.path("type").asText() + ":" + json.path("format").asText()) {
      case "string:date-time" -> "2026-01-14T09:31:07Z";
      case "string:date" -> "2026-01-14";
      case "boolean:" -> "true";
      case "integer:", "integer:int32", "integer:int64", "number:" -> "1";
      default -> "sample";
    };
  }

  /** Returns a string that violates the schema; null if any string is valid. */
  static @Nullable String invalid(Node schema) {
    JsonNode json = schema.json();
    if (json.has("minimum")) {
      return String.valueOf(json.path("minimum").asLong() - 1);
    }
    boolean anyString =
        json.path("type").asText().equals("string") && !json.has("format") && !json.has("enum");
    return anyString || !json.has("type") || json.path("type").asText().equals("array")
        ? null
        : "no-such-value";
  }

  /** Returns an example without optional properties. */
  static JsonNode requiredOnly(Node schema, JsonNode example) {
    Map<String, Node> properties = Schemas.properties(schema);
    Set<String> required = Schemas.required(schema);
    if (example.isObject() && !properties.isEmpty()) {
      ObjectNode kept = JsonNodeFactory.instance.objectNode();
      example
          .properties()
          .forEach(
              entry -> {
                Node property = properties.get(entry.getKey());
                if (property != null && required.contains(entry.getKey())) {
                  kept.set(entry.getKey(), requiredOnly(property, entry.getValue()));
                }
              });
      return kept;
    }
    Node items = schema.get("items");
    if (example.isArray() && items != null) {
      ArrayNode kept = JsonNodeFactory.instance.arrayNode();
      example.forEach(item -> kept.add(requiredOnly(items, item)));
      return kept;
    }
    return example;
  }

  /**
   * Returns the smallest valid value: objects with required properties only, the first alternative.
   */
  static JsonNode smallest(Node schema) {
    Node first = Schemas.alternatives(schema).get(0);
    JsonNode json = first.json();
    Map<String, Node> properties = Schemas.properties(first);
    if (!properties.isEmpty() || json.path("type").asText().equals("object")) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      Schemas.required(first)
          .forEach(
              name -> {
                Node property = properties.get(name);
                object.set(
                    name,
                    property == null ? JsonNodeFactory.instance.objectNode() : smallest(property));
              });
      return object;
    }
    String string = of(first);
    return switch (json.path("type").asText()) {
      case "array" -> smallestArray(first);
      case "boolean" -> JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(string));
      case "integer", "number" -> JsonNodeFactory.instance.numberNode(new BigDecimal(string));
      default -> JsonNodeFactory.instance.textNode(string);
    };
  }

  private static ArrayNode smallestArray(Node schema) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    Node items = schema.get("items");
    for (int i = 0; items != null && i < schema.json().path("minItems").asInt(); i++) {
      array.add(smallest(items));
    }
    return array;
  }
}
