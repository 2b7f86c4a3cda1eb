package io.github.persona4j.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * Selects what an example shows of a request: everything that is required, and then the first of
 * the other properties, so that it stays short.
 */
final class ShownRequest {
  /** How many values an object shows, apart from the required ones. */
  private static final int MOST_VALUES = 5;

  private static final int MOST_VALUES_OF_PART = 3;
  private static final int MOST_ITEMS = 3;

  private final Models models;

  ShownRequest(Models models) {
    this.models = models;
  }

  /** Returns the part of a body that an example shows. */
  ObjectNode of(CodegenModel model, JsonNode json) {
    return object(model, json, MOST_VALUES);
  }

  private ObjectNode object(CodegenModel model, JsonNode json, int most) {
    ObjectNode required = JsonNodeFactory.instance.objectNode();
    for (CodegenProperty property : model.vars) {
      JsonNode value = json.get(property.baseName);
      if (property.required && (value != null || property.isNullable)) {
        required.set(
            property.baseName,
            value == null || value.isNull()
                ? JsonNodeFactory.instance.nullNode()
                : shown(property, value, most));
      }
    }
    int left = most - size(required);
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      String name = entry.getKey();
      if (required.has(name)) {
        shown.set(name, required.get(name));
      } else if (left > 0 && isShown(model, name, entry.getValue())) {
        CodegenProperty property = Models.property(model, name);
        JsonNode value =
            property == null
                ? entry.getValue()
                : shown(property, entry.getValue(), isWrapper(name) ? left : mostOfPart(left));
        if (!value.isContainerNode() || !value.isEmpty()) {
          shown.set(name, value);
          left -= size(value);
        }
      }
    }
    required.properties().forEach(entry -> shown.set(entry.getKey(), entry.getValue()));
    return shown;
  }

  /** Whether a property is around the attributes of a body, so that it is not a part of them. */
  private static boolean isWrapper(String name) {
    return name.equals("data") || name.equals("attributes");
  }

  private static int mostOfPart(int left) {
    return Math.min(left, MOST_VALUES_OF_PART);
  }

  private static boolean isShown(CodegenModel model, String name, JsonNode value) {
    CodegenProperty property = Models.property(model, name);
    if (value.isNull() || name.equals("meta")) {
      return false;
    }
    return property == null
        ? model.vendorExtensions.containsKey("x-settable-fields")
        : !property.deprecated;
  }

  private JsonNode shown(CodegenProperty property, JsonNode value, int most) {
    if (value.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : value) {
        if (items.size() < MOST_ITEMS) {
          items.add(property.items == null ? item : shown(property.items, item, most));
        }
      }
      return items;
    }
    CodegenModel type = models.find(property.dataType);
    CodegenModel model =
        type == null || type.oneOf.isEmpty()
            ? models.findClass(property.dataType)
            : models.member(type, value);
    return value.isObject() && model != null ? object(model, value, most) : value;
  }

  /** Returns the number of values at any depth; an empty object or list is one. */
  private static int size(JsonNode json) {
    if (!json.isContainerNode() || json.isEmpty()) {
      return json.isObject() ? 0 : 1;
    }
    int size = 0;
    for (JsonNode child : json) {
      size += size(child);
    }
    return size;
  }
}
