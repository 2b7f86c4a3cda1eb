package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openapitools.codegen.CodegenOperation;

/** Which operation retrieves a resource of which type. */
final class RetrievalTable {
  private final Map<String, Map<String, String>> byModel = new TreeMap<>();

  /**
   * Adds an operation.
   *
   * @param model the resource or the union of resources that it retrieves
   * @param api the class of its Retrofit interface
   * @throws IllegalArgumentException if there is one for the model already
   */
  void add(String model, CodegenOperation operation, String api) {
    Map<String, String> row = new HashMap<>();
    row.put("model", model);
    row.put("api", api);
    row.put("method", operation.operationId);
    row.put("response", operation.returnType);
    Object noQuery = operation.vendorExtensions.get("queryNone");
    row.put("query", noQuery == null ? "" : noQuery + ", ");
    if (byModel.putIfAbsent(model, row) != null) {
      throw new IllegalArgumentException("Two operations retrieve a resource " + model);
    }
  }

  /**
   * Returns the rows for a template, each with the type of its resource as {@code type}, or with
   * the prefix of the types of its union as {@code prefix}. A member of a union that has an
   * operation needs no other.
   */
  List<Map<String, String>> rows(Resources resources) {
    List<Map<String, String>> rows = new ArrayList<>();
    byModel.forEach(
        (model, row) -> {
          if (!resources.isMemberOfAny(model, byModel.keySet())) {
            String type = resources.typeOrPrefix(model);
            row.put(type.endsWith("/") ? "prefix" : "type", type);
            rows.add(row);
          }
        });
    return rows;
  }
}
