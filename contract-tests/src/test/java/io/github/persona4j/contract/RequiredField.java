package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.contract.Operation.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A required field of an object in a request.
 *
 * @param path the path of the object in the request
 * @param model the class of the object
 * @param example the object in the example of the request
 */
record RequiredField(String path, String model, JsonNode example, String field) {

  /**
   * Returns the required fields that are not nullable of all objects in the example of a request.
   */
  static List<RequiredField> in(Body body) {
    List<RequiredField> fields = new ArrayList<>();
    addIn("$", body.schema(), body.examples().values().iterator().next(), fields);
    return fields;
  }

  private static void addIn(
      String path, Node schema, JsonNode example, List<RequiredField> fields) {
    Node items = schema.get("items");
    if (items != null && !example.isEmpty()) {
      addIn(path + "[0]", items, example.get(0), fields);
    }
    String model = schema.name();
    Map<String, Node> properties = Schemas.properties(schema);
    Schemas.required(schema)
        .forEach(
            name -> {
              if (model != null
                  && example.isObject()
                  && !Schemas.isNullable(properties.get(name))) {
                fields.add(new RequiredField(path + "." + name, model, example, name));
              }
            });
    for (Map.Entry<String, Node> property : properties.entrySet()) {
      JsonNode value = example.get(property.getKey());
      if (value != null) {
        addIn(path + "." + property.getKey(), property.getValue(), value, fields);
      }
    }
  }

  /** Builds the object without the field, which its builder rejects. */
  void buildWithout() {
    Builders.build(Builders.from(model, example.toString()).unset(field));
  }
}
