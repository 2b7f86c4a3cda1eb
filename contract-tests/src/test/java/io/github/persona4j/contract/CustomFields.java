package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Description.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds fields that templates may define, one of each type, to examples of responses. */
final class CustomFields {
  private static final JsonNode FIELDS =
      Json.parse(
          """
          {
            "custom-array": {"type": "array", "value": [
              {"type": "string", "value": "first"},
              {"type": "hash", "value": {"floor": {"type": "integer", "value": 3}}}]},
            "custom-boolean": {"type": "boolean", "value": true},
            "custom-choices": {"type": "choices", "value": "blue"},
            "custom-date": {"type": "date", "value": "1994-03-05"},
            "custom-datetime": {"type": "datetime", "value": "2026-01-14T09:31:07.250Z"},
            "custom-email": {"type": "email_address", "value": "anna@example.com"},
            "custom-empty": {"type": "string", "value": null},
            "custom-file": {"type": "file", "value": {"filename": "contract.pdf", "byte_size": 120}},
            "custom-hash": {"type": "hash", "value": {
              "street": {"type": "string", "value": "Example Street 1"},
              "rooms": {"type": "number", "value": 2.5}}},
            "custom-integer": {"type": "integer", "value": 42},
            "custom-json": {"type": "json", "value": {"depth": [1, {"deeper": null}]}},
            "custom-multi-choices": {"type": "multi_choices", "value": ["blue", "green"]},
            "custom-number": {"type": "number", "value": 12345678901234567890.125},
            "custom-text": {"type": "string", "value": "any text"},
            "custom-untyped": {"value": "a value without a type"},
            "custom-without-value": {"type": "string"}
          }
          """);

  private CustomFields() {}

  /**
   * Returns a copy of an example with these fields in each object of fields; null if it has none.
   */
  static @Nullable JsonNode addedTo(Node schema, JsonNode example) {
    JsonNode copy = example.deepCopy();
    return add(schema, copy) ? copy : null;
  }

  private static boolean add(@Nullable Node schema, JsonNode value) {
    boolean added = false;
    if (schema != null && value.isArray()) {
      for (JsonNode item : value) {
        added |= add(schema.get("items"), item);
      }
    } else if (schema != null && value instanceof ObjectNode object) {
      Node fitting = Schemas.alternative(schema, value);
      if (fitting != null && fitting.json().path("x-fields").asBoolean()) {
        object.setAll((ObjectNode) FIELDS);
        return true;
      }
      for (Map.Entry<String, JsonNode> property : value.properties()) {
        Node type = fitting == null ? null : Schemas.property(fitting, property.getKey());
        added |= add(type, property.getValue());
      }
    }
    return added;
  }
}
