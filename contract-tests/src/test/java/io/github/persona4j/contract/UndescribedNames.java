package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the properties of a value that its schema does not have, unless it allows any. */
final class UndescribedNames {
  private UndescribedNames() {}

  /** Returns the paths of the properties; empty if there are none. */
  static List<String> in(Node schema, JsonNode value) {
    List<String> names = new ArrayList<>();
    collect("$", schema, value, names);
    return names;
  }

  private static void collect(
      String path, @Nullable Node anySchema, JsonNode value, List<String> names) {
    Node schema = anySchema == null ? null : Schemas.alternative(anySchema, value);
    if (schema == null) {
      return;
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        collect(path + "[" + i + "]", schema.get("items"), value.get(i), names);
      }
      return;
    }
    Map<String, Node> described = Schemas.properties(schema);
    boolean open = described.isEmpty() || schema.json().has("additionalProperties");
    boolean fields = schema.json().path("x-fields").asBoolean();
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      Node known = Schemas.property(schema, property.getKey());
      String name = path + "." + property.getKey();
      if (known == null && !open && !fields) {
        names.add(name);
      }
      collect(name, known, property.getValue(), names);
    }
  }
}
