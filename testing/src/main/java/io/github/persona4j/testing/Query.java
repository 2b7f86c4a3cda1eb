package io.github.persona4j.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The decoded query of a request. Of a repeated name the last value counts. */
final class Query {
  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /** The query as the API reads it: names in kebab casing, whichever they came in. */
  static Query parse(@Nullable String raw) {
    return new Query(values(raw, Query::normalized));
  }

  /** The values by their names as they were sent. */
  static Map<String, String> literal(@Nullable String raw) {
    return values(raw, name -> name);
  }

  private static Map<String, String> values(@Nullable String raw, UnaryOperator<String> naming) {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw != null && !raw.isEmpty()) {
      for (String part : raw.split("&", -1)) {
        int equals = part.indexOf('=');
        String name = decoded(equals < 0 ? part : part.substring(0, equals));
        values.put(naming.apply(name), equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiFailure.badRequest("The query is not percent-encoded correctly.");
    }
  }

  /** Requests may use any casing; the names in {@code fields[...]} are types, hence values. */
  private static String normalized(String name) {
    return name.startsWith("fields[") ? name : Inflection.kebab(name);
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The values of a comma list, or null when the parameter is absent. */
  @Nullable Set<String> list(String name) {
    String value = values.get(name);
    return value == null ? null : commaList(value);
  }

  private static Set<String> commaList(String value) {
    Set<String> items = new LinkedHashSet<>();
    Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .forEach(items::add);
    return items;
  }

  /** The sparse field sets by resource type, their names in kebab casing. */
  Map<String, Set<String>> sparseFields() {
    Map<String, Set<String>> sets = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith("fields[") && name.endsWith("]")) {
            Set<String> names = new LinkedHashSet<>();
            commaList(value).forEach(item -> names.add(Inflection.kebab(item)));
            sets.put(name.substring("fields[".length(), name.length() - 1), names);
          }
        });
    return sets;
  }

  /**
   * Refuses a filter or page parameter that the operation does not have: a typing error would widen
   * the result.
   */
  void allowOnly(List<String> names) {
    for (String name : values.keySet()) {
      if ((name.startsWith("filter") || name.startsWith("page")) && !names.contains(name)) {
        throw ApiFailure.badRequest("There is no such parameter here: " + name + ".");
      }
    }
  }
}
