package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Description.Node;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates copies of an example with fewer properties or with nulls, as its schema allows. */
final class ReducedResponses {
  /** The maximum nesting depth of examples. */
  private static final int MAX_DEPTH = 20;

  private final boolean nulls;

  private ReducedResponses(boolean nulls) {
    this.nulls = nulls;
  }

  /**
   * Returns copies without optional properties: one per depth, from which on objects have only
   * required properties.
   */
  static Set<JsonNode> withoutOptional(Node schema, JsonNode example) {
    return new ReducedResponses(false).copies(schema, example);
  }

  /** Returns copies with nulls: one per depth, at which all nullable properties are null. */
  static Set<JsonNode> withNulls(Node schema, JsonNode example) {
    return new ReducedResponses(true).copies(schema, example);
  }

  private Set<JsonNode> copies(Node schema, JsonNode example) {
    Set<JsonNode> copies = new LinkedHashSet<>();
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      copies.add(copy(schema, example, depth));
    }
    copies.remove(example);
    return copies;
  }

  private JsonNode copy(@Nullable Node schema, JsonNode value, int depth) {
    if (schema == null) {
      return value;
    } else if (value.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> copy.add(copy(schema.get("items"), item, depth)));
      return copy;
    }
    Node fitting = value.isObject() ? Schemas.alternative(schema, value) : null;
    return fitting == null ? value : copyObject(fitting, value, depth);
  }

  private JsonNode copyObject(Node schema, JsonNode object, int depth) {
    Map<String, Node> described = Schemas.properties(schema);
    Set<String> required = Schemas.required(schema);
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    object
        .properties()
        .forEach(
            property -> {
              String name = property.getKey();
              Node type = Schemas.property(schema, name);
              if (depth > 0 || nulls || required.contains(name)) {
                copy.set(name, copy(type, property.getValue(), depth - 1));
              }
            });
    if (nulls && depth == 0) {
      described.forEach(
          (name, type) -> {
            if (Schemas.isNullable(type)) {
              copy.set(spelled(name, copy), NullNode.getInstance());
            }
          });
    }
    return copy;
  }

  /** Returns a name in the spelling of an object, which may have underscores instead of hyphens. */
  private static String spelled(String name, ObjectNode object) {
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      if (Names.letters(property.getKey()).equals(Names.letters(name))) {
        return property.getKey();
      }
    }
    return name;
  }
}
