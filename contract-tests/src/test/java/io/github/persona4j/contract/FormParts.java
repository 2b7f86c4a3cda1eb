package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Description.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces the schemas of multipart forms by flat ones with the names that are sent.
 *
 * <p>A description may nest objects, or name the parts {@code data[attributes][file]} as they are
 * sent. Prism supports nested parts only with an encoding in the description, and otherwise rejects
 * every request.
 */
final class FormParts {
  private static final String MULTIPART = "multipart/form-data";

  private FormParts() {}

  /** Flattens the multipart forms of all operations; returns whether any form was changed. */
  static boolean flatten(Description description) {
    boolean flattened = false;
    for (Node path : description.root().entries("paths").values()) {
      for (Node operation : path.entries().values()) {
        Node body = operation.get("requestBody");
        Node form = body == null ? null : body.entries("content").get(MULTIPART);
        Node schema = form == null ? null : form.get("schema");
        if (form != null && schema != null) {
          ObjectNode content = (ObjectNode) form.json();
          content.remove("encoding");
          content.set("schema", flat(schema));
          flattened = true;
        }
      }
    }
    return flattened;
  }

  /** Returns the schema of an object with a property for each part. */
  static ObjectNode flat(Node schema) {
    List<Parts> alternatives = alternatives("", schema, true);
    if (alternatives.size() == 1) {
      return alternatives.get(0).toSchema();
    }
    ObjectNode any = JsonNodeFactory.instance.objectNode();
    alternatives.forEach(parts -> any.withArrayProperty("anyOf").add(parts.toSchema()));
    return any;
  }

  /**
   * Returns the parts of an object for each combination of its alternatives.
   *
   * @param name the name that is sent, empty for the form
   * @param required whether it is required
   */
  private static List<Parts> alternatives(String name, Node schema, boolean required) {
    List<Parts> found = new ArrayList<>();
    for (Node alternative : Schemas.alternatives(schema)) {
      List<Parts> combined = List.of(Parts.NONE);
      Set<String> needed = new HashSet<>(Schemas.required(schema));
      needed.addAll(Schemas.required(alternative));
      Map<String, Node> properties = new LinkedHashMap<>(Schemas.properties(schema));
      properties.putAll(Schemas.properties(alternative));
      for (Map.Entry<String, Node> property : properties.entrySet()) {
        String key = property.getKey();
        String part = name.isEmpty() ? key : name + "[" + key + "]";
        combined =
            combinations(
                combined, ofProperty(part, property.getValue(), required && needed.contains(key)));
      }
      found.addAll(combined);
    }
    return found;
  }

  private static List<Parts> ofProperty(String name, Node schema, boolean required) {
    boolean object =
        Schemas.alternatives(schema).stream()
            .anyMatch(alternative -> !Schemas.properties(alternative).isEmpty());
    return object
        ? alternatives(name, schema, required)
        : List.of(Parts.of(name, schema, required));
  }

  private static List<Parts> combinations(List<Parts> ones, List<Parts> others) {
    List<Parts> combined = new ArrayList<>();
    for (Parts one : ones) {
      for (Parts other : others) {
        combined.add(one.and(other));
      }
    }
    return combined;
  }

  /** Parts that are sent together, with their schemas, and the names of the required ones. */
  private record Parts(Map<String, JsonNode> schemas, List<String> required) {
    private static final List<String> CHECKED =
        List.of(
            "type", "format", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum");

    static final Parts NONE = new Parts(Map.of(), List.of());

    static Parts of(String name, Node schema, boolean required) {
      // Every part is received as a string. Another file could not resolve references in it.
      ObjectNode simple = JsonNodeFactory.instance.objectNode();
      String type = String.valueOf(schema.text("type"));
      for (String key :
          type.equals("array") || type.equals("object") ? List.<String>of() : CHECKED) {
        JsonNode rule = schema.json().get(key);
        if (rule != null) {
          simple.set(key, rule);
        }
      }
      return new Parts(Map.of(name, simple), required ? List.of(name) : List.of());
    }

    Parts and(Parts other) {
      Map<String, JsonNode> all = new LinkedHashMap<>(schemas);
      all.putAll(other.schemas);
      List<String> needed = new ArrayList<>(required);
      needed.addAll(other.required);
      return new Parts(all, needed);
    }

    ObjectNode toSchema() {
      ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
      ObjectNode properties = schema.putObject("properties");
      properties.setAll(schemas);
      if (!required.isEmpty()) {
        required.forEach(schema.putArray("required")::add);
      }
      return schema;
    }
  }
}
