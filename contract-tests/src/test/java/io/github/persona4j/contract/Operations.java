package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.contract.Operation.FormField;
import io.github.persona4j.contract.Operation.QueryParameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the operations of a description, in their order. */
final class Operations {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private Operations() {}

  static List<Operation> of(Description description) {
    List<Operation> operations = new ArrayList<>();
    Node root = description.root();
    root.entries("paths")
        .forEach(
            (path, item) ->
                item.entries()
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(method)) {
                            operations.add(operation(root, path, item, method, operation));
                          }
                        }));
    return List.copyOf(operations);
  }

  private static Operation operation(
      Node root, String path, Node item, String method, Node operation) {
    // A parameter of the operation replaces one of the path with the same name and location.
    Map<String, Node> parameters = new LinkedHashMap<>();
    for (Node owner : List.of(item, operation)) {
      for (Node parameter : owner.items("parameters")) {
        parameters.put(parameter.text("in") + ":" + parameter.text("name"), parameter);
      }
    }
    Map<String, String> inPath = new LinkedHashMap<>();
    Map<String, String> headers = new LinkedHashMap<>();
    List<QueryParameter> inQuery = new ArrayList<>();
    for (Node parameter : parameters.values()) {
      String name = String.valueOf(parameter.text("name"));
      if ("path".equals(parameter.text("in"))) {
        inPath.put(name, Samples.ofParameter(parameter));
      } else if ("header".equals(parameter.text("in"))) {
        headers.put(name, Samples.ofParameter(parameter));
      } else if ("query".equals(parameter.text("in"))) {
        addQuery(name, parameter, inQuery);
      }
    }
    String verb = method.toUpperCase(Locale.ROOT);
    String id = operation.text("operationId");
    return new Operation(
        id == null ? verb + " " + path : id,
        operation.json().path("tags").path(0).asText("no tag"),
        verb,
        path,
        operation.text("x-base-path"),
        inOrderOf(path, inPath),
        headers,
        inQuery,
        body(operation),
        form(operation),
        responses(operation),
        operation.text("x-pagination"),
        isSecured(root, operation));
  }

  private static Map<String, String> inOrderOf(String path, Map<String, String> parameters) {
    Map<String, String> sorted =
        new TreeMap<>(Comparator.comparingInt(n -> path.indexOf("{" + n + "}")));
    sorted.putAll(parameters);
    return sorted;
  }

  private static List<FormField> form(Node operation) {
    List<FormField> fields = new ArrayList<>();
    for (Node field : operation.items("x-form")) {
      fields.add(
          new FormField(
              String.valueOf(field.text("name")),
              String.valueOf(field.text("argument")),
              field.json().path("file").asBoolean(),
              field.json().path("required").asBoolean()));
    }
    return fields;
  }

  /** Adds the query parameters of a parameter. */
  static void addQuery(String name, Node parameter, List<QueryParameter> inQuery) {
    Node schema = parameter.get("schema");
    if (schema == null) {
      return;
    }
    boolean required = parameter.json().path("required").asBoolean();
    if (!"deepObject".equals(parameter.text("style"))) {
      inQuery.add(new QueryParameter(name, false, required, schema));
    } else if (schema.entries("properties").isEmpty()) {
      Node values = schema.get("additionalProperties");
      Node value = values == null || !values.json().isObject() ? schema : values;
      inQuery.add(new QueryParameter(name, true, required, value));
    } else {
      addProperty(name, schema, required, inQuery);
    }
  }

  private static void addProperty(
      String name, Node type, boolean required, List<QueryParameter> inQuery) {
    Map<String, Node> properties = type.entries("properties");
    Set<String> needed = Schemas.required(type);
    properties.forEach(
        (property, nested) ->
            addProperty(
                name + "[" + property + "]",
                nested,
                required && needed.contains(property),
                inQuery));
    if (properties.isEmpty()) {
      inQuery.add(new QueryParameter(name, false, required, type));
    }
  }

  private static @Nullable Body body(Node operation) {
    Node body = operation.get("requestBody");
    if (body == null) {
      return null;
    }
    for (Map.Entry<String, Node> content : body.entries("content").entrySet()) {
      Node schema = content.getValue().get("schema");
      if (schema != null) {
        return new Body(
            content.getKey(),
            body.json().path("required").asBoolean(),
            schema,
            examples(content.getValue()));
      }
    }
    return null;
  }

  private static List<DocumentedResponse> responses(Node operation) {
    List<DocumentedResponse> responses = new ArrayList<>();
    operation
        .entries("responses")
        .forEach(
            (status, response) -> {
              // "default" and "5XX" are not statuses that can be requested.
              if (status.matches("\\d{3}")) {
                Map<String, Node> content = response.entries("content");
                content.forEach(
                    (mediaType, type) ->
                        responses.add(
                            new DocumentedResponse(
                                Integer.parseInt(status),
                                mediaType,
                                type.get("schema"),
                                examples(type))));
                if (content.isEmpty()) {
                  responses.add(
                      new DocumentedResponse(Integer.parseInt(status), null, null, Map.of()));
                }
              }
            });
    return responses;
  }

  /** Returns the examples of a content by name. */
  static Map<String, JsonNode> examples(Node content) {
    Map<String, JsonNode> examples = new LinkedHashMap<>();
    content
        .entries("examples")
        .forEach((name, example) -> examples.put(name, example.json().path("value")));
    JsonNode single = content.json().get("example");
    if (single != null) {
      examples.put("example", single);
    }
    return examples;
  }

  private static boolean isSecured(Node root, Node operation) {
    JsonNode own = operation.json().get("security");
    JsonNode security = own == null ? root.json().path("security") : own;
    // An empty alternative among several makes the key optional.
    for (JsonNode alternative : security) {
      if (alternative.isEmpty()) {
        return false;
      }
    }
    return !security.isEmpty();
  }
}
