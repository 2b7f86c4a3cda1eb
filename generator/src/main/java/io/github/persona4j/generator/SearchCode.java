package io.github.persona4j.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.generator.JavaCode.Chain;
import io.github.persona4j.generator.JavaCode.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenOperation;

/** Writes the body of a search as typed conditions. */
final class SearchCode {
  private static final Set<String> OPERATORS = Set.of("eq", "gt", "gte", "lt", "lte");

  private final CodegenOperation operation;
  private final String resource;
  private final ExampleCode code;

  SearchCode(CodegenOperation operation, String resource, ExampleCode code) {
    this.operation = operation;
    this.resource = resource;
    this.code = code;
  }

  /**
   * Returns the search with the conditions whose attributes are known; null if none is.
   *
   * @param sent receives the body that it sends
   */
  @Nullable JavaCode of(JsonNode body, ObjectNode sent) {
    List<JavaCode> conditions = new ArrayList<>();
    ArrayNode clauses = JsonNodeFactory.instance.arrayNode();
    JsonNode query = body.path("query");
    for (JsonNode each : query.has("and") ? query.get("and") : List.of(query)) {
      JavaCode condition = condition(each);
      if (condition != null) {
        conditions.add(condition);
        clauses.add(each);
      }
    }
    if (conditions.isEmpty()) {
      return null;
    }
    // As the client sends it: one condition needs no list.
    sent.set(
        "query",
        clauses.size() == 1
            ? clauses.get(0)
            : JsonNodeFactory.instance.objectNode().set("and", clauses));
    JavaCode where = JavaCode.call("where", conditions);
    JsonNode sort = body.path("sort");
    String sorted = sort.has("attribute") ? constant(sort.get("attribute").asText()) : null;
    if (sorted == null) {
      return where;
    }
    sent.set("sort", sort);
    String direction = sort.path("direction").asText().equals("desc") ? "descending" : "ascending";
    return new Chain(
        where,
        List.of(new Invocation("orderBy", List.of(JavaCode.of(sorted + "." + direction + "()")))));
  }

  private @Nullable JavaCode condition(JsonNode json) {
    String attribute = json.path("attribute").asText();
    String constant = constant(attribute);
    String operator = json.path("operator").asText();
    if (constant == null || !OPERATORS.contains(operator)) {
      return null;
    }
    JavaCode value = value(attribute, json.path("value"));
    return value == null ? null : JavaCode.call(constant + "." + operator, List.of(value));
  }

  private @Nullable JavaCode value(String attribute, JsonNode value) {
    String type = type(attribute);
    if (type == null) {
      return null;
    }
    return switch (type) {
      case "string" -> JavaCode.string(value.asText());
      case "number" -> JavaCode.of(ExampleCode.literal(value));
      case "boolean" -> ExampleCode.bool(value.asText());
      case "date" -> code.date(value.asText());
      case "date-time" -> code.dateTime(value.asText());
      default -> code.knownValue(type, value.asText());
    };
  }

  private @Nullable String constant(String attribute) {
    return type(attribute) == null
        ? null
        : resource + "Search." + attribute.toUpperCase(Locale.ROOT);
  }

  /** Returns the type of an attribute in the description; null if it has no such attribute. */
  private @Nullable String type(String attribute) {
    if (operation.vendorExtensions.get("x-search") instanceof List<?> attributes) {
      for (Object each : attributes) {
        Map<?, ?> described = (Map<?, ?>) each;
        if (attribute.equals(described.get("name")) && !"fields".equals(described.get("type"))) {
          return String.valueOf(described.get("type"));
        }
      }
    }
    return null;
  }
}
