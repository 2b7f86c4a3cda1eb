package io.github.persona4j.testing.internal.http;

import io.github.persona4j.testing.internal.json.Inflection;
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

/** The decoded query of a request. The last value of a repeated name wins. */
public final class Query {
  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Parses a query, or the body of a form, as the API does: names are converted to kebab casing.
   */
  public static Query parse(@Nullable String raw) {
    return new Query(values(raw, Query::normalize));
  }

  /** Returns the values by their names as sent. */
  public static Map<String, String> literal(@Nullable String raw) {
    return values(raw, name -> name);
  }

  private static Map<String, String> values(@Nullable String raw, UnaryOperator<String> naming) {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw != null && !raw.isEmpty()) {
      for (String part : raw.split("&", -1)) {
        int equals = part.indexOf('=');
        String name = decode(equals < 0 ? part : part.substring(0, equals));
        values.put(naming.apply(name), equals < 0 ? "" : decode(part.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiFailure.badRequest("The query is not percent-encoded correctly.");
    }
  }

  /** Converts a name to kebab casing, except in {@code fields[...]}, where it is a type. */
  private static String normalize(String name) {
    return name.startsWith("fields[") ? name : Inflection.kebab(name);
  }

  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** Returns the values of a comma-separated list, or null if the parameter is absent. */
  public @Nullable Set<String> list(String name) {
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

  /** Returns the sparse field sets by resource type, with names in kebab casing. */
  public Map<String, Set<String>> sparseFields() {
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
   * Rejects filter and page parameters that the operation does not have, since a misspelled one
   * would widen the result.
   */
  public void allowOnly(List<String> names) {
    for (String name : values.keySet()) {
      if ((name.startsWith("filter") || name.startsWith("page")) && !names.contains(name)) {
        throw ApiFailure.badRequest("There is no such parameter here: " + name + ".");
      }
    }
  }
}
