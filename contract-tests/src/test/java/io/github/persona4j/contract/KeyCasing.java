package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The casings in which webhooks send the names of properties, other than that of the models. */
enum KeyCasing {
  CAMEL,
  SNAKE;

  private static final Pattern WORD = Pattern.compile("[-_](.)");

  // Properties of any structure, within which names are kept as received.
  private static final Set<String> KEPT =
      Set.of(
          "fields",
          "context",
          "metadata",
          "params",
          "parameter-map",
          "variable-map",
          "stats",
          "structured-results",
          "components",
          "json-schema");

  /** Returns a copy of a tree in this casing. */
  JsonNode recased(JsonNode tree) {
    if (tree instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(item -> copy.add(recased(item)));
      return copy;
    }
    if (tree instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      object
          .properties()
          .forEach(
              entry ->
                  copy.set(
                      name(entry.getKey()),
                      KEPT.contains(entry.getKey())
                          ? entry.getValue()
                          : recased(entry.getValue())));
      return copy;
    }
    return tree;
  }

  private String name(String kebab) {
    return this == SNAKE
        ? kebab.replace('-', '_')
        : WORD.matcher(kebab).replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
  }
}
