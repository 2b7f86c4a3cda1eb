package io.github.persona4j.generator;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;

/**
 * Finds the class of the query of an operation: {@code ResourceQuery} of the resource in the
 * response if it takes {@code include} and {@code fields} and nothing else, otherwise a class of
 * its own.
 */
final class Queries {
  private static final String INCLUDE = "include";
  private static final Set<String> OF_RESOURCE_QUERY = Set.of(INCLUDE, "fields");

  private final Models models;

  Queries(Models models) {
    this.models = models;
  }

  /**
   * Adds the extensions {@code queryType}, {@code queryNone} (an expression for a query without
   * parameters) and {@code ownQuery} (if the class is its own) to an operation, and {@code
   * includeOf} (the resource) to its parameter {@code include}.
   */
  void describe(CodegenOperation operation, String api) {
    Set<String> names =
        operation.queryParams.stream()
            .map(parameter -> parameter.baseName)
            .collect(Collectors.toSet());
    if (names.isEmpty()) {
      return;
    }
    for (CodegenParameter parameter : operation.queryParams) {
      if (parameter.baseName.equals(INCLUDE)) {
        parameter.vendorExtensions.put("includeOf", resource(operation));
      }
    }
    Map<String, Object> extensions = operation.vendorExtensions;
    if (names.equals(OF_RESOURCE_QUERY)) {
      extensions.put("queryType", "ResourceQuery<" + resource(operation) + ">");
      extensions.put("queryNone", "ResourceQuery.none()");
    } else {
      String type = api + "Api." + Names.capitalized(operation.operationId) + "Query";
      extensions.put("ownQuery", true);
      extensions.put("queryType", type);
      extensions.put("queryNone", type + ".none()");
    }
  }

  /** Returns the type of the resource, or of the resources, in the response. */
  String resource(CodegenOperation operation) {
    CodegenModel response = models.find(operation.returnType);
    CodegenProperty data = response == null ? null : Models.property(response, "data");
    if (data == null) {
      throw new IllegalArgumentException(
          "The operation " + operation.operationId + " has include, but its response has no data");
    }
    return data.isArray ? data.items.dataType : data.dataType;
  }
}
