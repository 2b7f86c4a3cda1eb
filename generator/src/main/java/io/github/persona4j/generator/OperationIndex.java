package io.github.persona4j.generator;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openapitools.codegen.CodegenOperation;

/**
 * What the site and the tests need of all operations: their methods, examples and texts, by the
 * names of the operations in the description.
 */
final class OperationIndex {
  private final Map<String, Map<String, Object>> operations = new TreeMap<>();
  private final Map<String, OperationExample> examples = new TreeMap<>();
  private final QualifiedNames names;

  OperationIndex(QualifiedNames names) {
    this.names = names;
  }

  /**
   * Adds an operation.
   *
   * @param group the class with its blocking methods
   * @param full the form with all parameters
   */
  void add(
      CodegenOperation operation,
      String group,
      List<String> methods,
      Form full,
      OperationExample example,
      OperationParts parts,
      OperationText text) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("class", names.operations() + "." + group);
    entry.put("accessor", Names.uncapitalized(group));
    entry.put("httpMethod", operation.httpMethod);
    entry.put("path", "/" + text.path());
    entry.put("methods", methods);
    entry.put("anchor", names.anchor(full.method(), full.withOptions()));
    entry.put("example", example.text());
    entry.put("imports", example.imports());
    entry.put("query", example.query());
    if (example.body() != null) {
      entry.put("body", example.body());
    }
    entry.put("required", parts.required());
    entry.put("optional", parts.optional());
    entry.put("errors", text.advice());
    entry.put("retry", text.retry());
    operations.put(operation.operationIdOriginal, entry);
    examples.put(operation.operationIdOriginal, example);
  }

  /** Writes the operations as JSON. */
  void write(Path file) {
    ObjectWriter writer = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, writer.writeValueAsString(operations).replace("\r\n", "\n") + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the values for the template of the class that makes all complete examples. */
  Map<String, Object> forTemplate(String javaPackage) {
    TreeSet<String> imports = new TreeSet<>(List.of("java.util.List"));
    List<Map<String, Object>> rows = new ArrayList<>();
    examples.forEach(
        (operation, example) -> {
          if (example.isComplete()) {
            imports.addAll(example.imports());
            rows.add(
                Map.of(
                    "operation",
                    operation,
                    "method",
                    methodName(operation),
                    "lines",
                    example.text().lines().toList(),
                    "query",
                    JavaCode.string(json(example.query())).onOneLine(),
                    "body",
                    JavaCode.string(example.body() == null ? "" : example.body().toString())
                        .onOneLine()));
          }
        });
    // Its own class stands for it, so that examples write no files beside the sources.
    imports.remove("java.nio.file.Path");
    return Map.of("package", javaPackage, "imports", imports, "examples", rows);
  }

  static String json(Map<String, String> query) {
    return JsonMapper.builder().build().valueToTree(query).toString();
  }

  /** Returns {@code inquiriesCreate} for {@code inquiries.create}. */
  private static String methodName(String operation) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.split("\\W+", -1)) {
      name.append(name.isEmpty() ? word : Names.capitalized(word));
    }
    return name.toString();
  }
}
