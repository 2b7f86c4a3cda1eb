package io.github.persona4j.generator;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An argument of the methods of an operation.
 *
 * @param annotation how Retrofit sends it, with the name for messages
 * @param check the statement that refuses a bad value
 * @param description for the Javadoc; null where the name says it all
 */
record Argument(
    String type, String name, String annotation, String check, @Nullable String description) {
  private static final Set<String> QUERY_TYPES =
      Set.of("String", "Integer", "Boolean", "LocalDate", "OffsetDateTime");

  static Argument path(String name, String wireName) {
    return new Argument(
        "String",
        name,
        required(name, wireName) + "@Path(\"" + wireName + "\")",
        check("UrlArgument.checkPath", name, wireName),
        null);
  }

  static Argument header(String name, String wireName) {
    return new Argument(
        "String",
        name,
        required(name, wireName) + "@Header(\"" + wireName + "\")",
        check("HeaderValue.check", name, wireName),
        null);
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
        required(name, wireName) + "@Query(\"" + wireName + "\")",
        check("UrlArgument.checkQuery", name, wireName),
        description);
  }

  static Argument body(String type, String name) {
    return new Argument(type, name, "@Body", check("UrlArgument.checkNotNull", name, name), null);
  }

  private static String required(String name, String wireName) {
    return name.equals(wireName) ? "@Required " : "@Required(\"" + name + "\") ";
  }

  // Both names, as the runtime shows them for calls of Retrofit.
  private static String check(String method, String name, String wireName) {
    String shown = name.equals(wireName) ? name : name + " (" + wireName + ")";
    return method + "(\"" + shown + "\", " + name + ");";
  }

  /** As a template takes it. A null is there too, or the template would look around this. */
  Map<String, @Nullable String> shown() {
    Map<String, @Nullable String> shown = new HashMap<>();
    shown.put("type", type);
    shown.put("name", name);
    shown.put("annotation", annotation);
    shown.put("check", check);
    shown.put("description", description);
    return shown;
  }
}
