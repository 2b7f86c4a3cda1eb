package io.github.persona4j.generator;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An argument of the methods of an operation.
 *
 * @param wireName its name in the request; empty for the body
 * @param annotation how Retrofit sends it, with the name for messages
 * @param check the statement that refuses a bad value
 * @param description for the Javadoc
 */
record Argument(
    String type,
    String name,
    String wireName,
    String annotation,
    String check,
    String description) {
  private static final Set<String> QUERY_TYPES =
      Set.of("String", "Integer", "Boolean", "LocalDate", "OffsetDateTime");

  static Argument path(String name, String wireName, String description) {
    return new Argument(
        "String",
        name,
        wireName,
        required(name, wireName) + "@Path(\"" + wireName + "\")",
        check("UrlArgument.checkPath", name, wireName),
        description);
  }

  static Argument header(String name, String wireName, String description) {
    return new Argument(
        "String",
        name,
        wireName,
        required(name, wireName) + "@Header(\"" + wireName + "\")",
        check("HeaderValue.check", name, wireName),
        description);
  }

  static Argument query(
      String name,
      String wireName,
      String type,
      Map<String, Object> extensions,
      @Nullable String description) {
    if (!QUERY_TYPES.contains(type) && !extensions.containsKey("x-known-values")) {
      throw new IllegalArgumentException(
          "The required query parameter "
              + wireName
              + " has the type "
              + type
              + ", not one of "
              + QUERY_TYPES
              + " or a set of known values");
    }
    return new Argument(
        type,
        name,
        wireName,
        required(name, wireName) + "@Query(\"" + wireName + "\")",
        check("UrlArgument.checkQuery", name, wireName),
        description == null ? "the parameter {@code " + wireName + "}" : description);
  }

  static Argument body(String type, String name, String description) {
    return new Argument(
        type, name, "", "@Body", check("UrlArgument.checkNotNull", name, name), description);
  }

  private static String required(String name, String wireName) {
    return name.equals(wireName) ? "@Required " : "@Required(\"" + name + "\") ";
  }

  // Both names, as the runtime shows them for calls of Retrofit.
  private static String check(String method, String name, String wireName) {
    String shown = name.equals(wireName) ? name : name + " (" + wireName + ")";
    return method + "(\"" + shown + "\", " + name + ");";
  }

  /** Whether it is sent as a query parameter. */
  boolean isQuery() {
    return annotation.contains("@Query(");
  }

  /** The parameter for it in methods of operation classes. */
  Parameter parameter() {
    return new Parameter(type, name, check, description);
  }

  /** As a template takes it. */
  Map<String, String> shown() {
    return Map.of("type", type, "name", name, "annotation", annotation);
  }
}
