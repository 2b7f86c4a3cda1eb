package io.github.persona4j.generator;

import io.github.persona4j.generator.OperationForms.ShorterBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenOperation;

/** The classes with the attributes by which resources can be searched. */
final class Searches {
  private static final String EXTENSION = "x-search";
  private static final List<String> EQUALITY = List.of("eq");
  private static final List<String> ORDER = List.of("eq", "gt", "gte", "lt", "lte");

  private final Map<String, List<Map<String, String>>> byResource = new TreeMap<>();

  /** Returns whether the extension {@code x-search} of an operation describes attributes. */
  static boolean isSearch(CodegenOperation operation) {
    return operation.vendorExtensions.get(EXTENSION) instanceof List<?>;
  }

  /**
   * Adds the attributes of an operation, and the extension {@code searchOf} (the resource) to it.
   *
   * @param resource what the operation searches
   */
  void add(CodegenOperation operation, String resource) {
    List<Map<String, String>> attributes = new ArrayList<>();
    List<?> described =
        (List<?>) Objects.requireNonNull(operation.vendorExtensions.get(EXTENSION), EXTENSION);
    for (Object attribute : described) {
      attributes.add(attribute((Map<?, ?>) attribute, resource));
    }
    byResource.put(resource, attributes);
    operation.vendorExtensions.put("searchOf", resource);
  }

  /**
   * Returns the typed search that may be given instead of the body of an operation; empty if the
   * operation is no search.
   */
  static List<ShorterBody> bodies(CodegenOperation operation, String body) {
    if (!isSearch(operation)) {
      return List.of();
    }
    Parameter search =
        Parameter.required(
            "Search<" + operation.vendorExtensions.get("searchOf") + ">",
            "search",
            "the conditions, the order and the page");
    return List.of(
        new ShorterBody(
            "", List.of(search), "search.as(" + body + ".TYPE)", "with typed conditions"));
  }

  /** Writes a class such as {@code InquirySearch} for each resource. */
  void write(ExtraFiles files, String javaPackage) {
    byResource.forEach(
        (resource, attributes) ->
            files.write(
                "search.mustache",
                resource + "Search",
                Map.of("package", javaPackage, "resource", resource, "attributes", attributes)));
  }

  private static Map<String, String> attribute(Map<?, ?> described, String resource) {
    String name = text(described, "name");
    String type = text(described, "type");
    Map<String, String> attribute = new HashMap<>();
    attribute.put("name", name);
    attribute.put("constant", name.toUpperCase(Locale.ROOT));
    attribute.put("description", text(described, "description"));
    if (type.equals("fields")) {
      attribute.put("class", "FieldAttributes");
      attribute.put("type", "FieldAttributes<" + resource + ">");
    } else {
      String kind = kind(name, described.get("operators"));
      attribute.put("class", kind);
      attribute.put("type", kind + "<" + resource + ", " + javaType(type) + ">");
    }
    return attribute;
  }

  private static String kind(String name, @Nullable Object operators) {
    if (EQUALITY.equals(operators)) {
      return "Attribute";
    } else if (ORDER.equals(operators)) {
      return "OrderedAttribute";
    }
    throw new IllegalArgumentException(
        "The attribute " + name + " in x-search has the operators " + operators);
  }

  /** Returns the Java type of a value: that of its format, or the model with known values. */
  private static String javaType(String type) {
    return switch (type) {
      case "string" -> "String";
      case "number" -> "Number";
      case "boolean" -> "Boolean";
      case "date" -> "LocalDate";
      case "date-time" -> "OffsetDateTime";
      default -> type;
    };
  }

  private static String text(Map<?, ?> described, String key) {
    if (described.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("An attribute in x-search has no " + key);
  }
}
