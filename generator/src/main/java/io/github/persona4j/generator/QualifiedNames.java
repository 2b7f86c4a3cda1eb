package io.github.persona4j.generator;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The qualified names of the types of parameters.
 *
 * @param operations the package of the operation classes
 * @param retrofit the package of the Retrofit interfaces
 * @param model the package of the models
 */
record QualifiedNames(String operations, String retrofit, String model) {
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("String", "java.lang.String"),
          Map.entry("Integer", "java.lang.Integer"),
          Map.entry("Long", "java.lang.Long"),
          Map.entry("Boolean", "java.lang.Boolean"),
          Map.entry("BigDecimal", "java.math.BigDecimal"),
          Map.entry("LocalDate", "java.time.LocalDate"),
          Map.entry("OffsetDateTime", "java.time.OffsetDateTime"),
          Map.entry("List", "java.util.List"),
          Map.entry("Map", "java.util.Map"),
          Map.entry("Consumer", "java.util.function.Consumer"),
          Map.entry("JsonValue", "io.github.persona4j.json.JsonValue"),
          Map.entry("Search", "io.github.persona4j.search.Search"),
          Map.entry("FileUpload", "io.github.persona4j.request.FileUpload"),
          Map.entry("RequestOptions", "io.github.persona4j.request.RequestOptions"),
          Map.entry("ResourceQuery", "io.github.persona4j.request.ResourceQuery"));

  /** Returns the anchor of a method on the page that Javadoc makes of its class. */
  String anchor(String method, List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> qualified(parameter.linkType()))
        .collect(Collectors.joining(",", method + "(", ")"));
  }

  private String qualified(String type) {
    String other = OTHERS.get(type);
    if (other != null) {
      return other;
    }
    return (type.contains(".") ? retrofit : model) + "." + type;
  }
}
