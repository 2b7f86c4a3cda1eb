package io.github.persona4j.webhook;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The headers of a webhook request by name, in any case. */
final class Headers {
  static final Headers NONE = new Headers(name -> null);

  private static final int MAX_DIGITS = 9;

  private final Function<String, @Nullable String> values;

  private Headers(Function<String, @Nullable String> values) {
    this.values = values;
  }

  /**
   * Returns the headers that a function finds by name, in the case of the documentation or in lower
   * case.
   */
  static Headers of(Function<String, @Nullable String> values) {
    Objects.requireNonNull(values, "headers");
    return new Headers(
        name -> {
          String value = values.apply(name);
          return value == null ? values.apply(name.toLowerCase(Locale.ROOT)) : value;
        });
  }

  /** Returns the headers of a map. Several headers of one name are joined with a space. */
  static Headers of(Map<String, ? extends List<String>> values) {
    Objects.requireNonNull(values, "headers");
    return new Headers(
        name -> {
          String joined = null;
          for (Map.Entry<String, ? extends List<String>> header : values.entrySet()) {
            if (name.equalsIgnoreCase(header.getKey())) {
              String value = header.getValue() == null ? "" : String.join(" ", header.getValue());
              joined = joined == null ? value : joined + " " + value;
            }
          }
          return joined;
        });
  }

  @Nullable String get(String name) {
    return values.apply(name);
  }

  /** Returns a number from 0; null if the header is absent or no such number. */
  @Nullable Integer number(String name) {
    String value = get(name);
    return value == null
            || value.isEmpty()
            || value.length() > MAX_DIGITS
            || !value.chars().allMatch(c -> c >= '0' && c <= '9')
        ? null
        : Integer.valueOf(value);
  }

  /**
   * Returns a time in ISO-8601 or in Unix seconds; null if the header is absent or no such time.
   */
  @Nullable Instant time(String name) {
    String value = get(name);
    if (value == null) {
      return null;
    }
    try {
      return value.matches("[0-9]{1,11}")
          ? Instant.ofEpochSecond(Long.parseLong(value))
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
