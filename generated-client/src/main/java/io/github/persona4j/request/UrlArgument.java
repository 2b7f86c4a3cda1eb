package io.github.persona4j.request;

import io.github.persona4j.json.OpenValue;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Arguments that become a part of the URL of a request. Messages name the argument and the rule and
 * never show the value, which may be personal data.
 */
public final class UrlArgument {
  private UrlArgument() {}

  /**
   * Checks a segment of the path, such as the ID of a resource. An empty one would address the list
   * of the resources, and {@code .} and {@code ..} another path.
   *
   * @param argument its name
   * @throws IllegalArgumentException if the value is null, blank, {@code .} or {@code ..}
   */
  public static void checkPath(String argument, @Nullable String value) {
    checkQuery(argument, value);
    if (".".equals(value) || "..".equals(value)) {
      throw new IllegalArgumentException(argument + " must not be . or ..");
    }
  }

  /**
   * Checks the value of a required query parameter.
   *
   * @param argument its name
   * @throws IllegalArgumentException if the value is null or blank
   */
  public static void checkQuery(String argument, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(argument + " must not be null");
    }
    if (text(value).isBlank()) {
      throw new IllegalArgumentException(argument + " must not be blank");
    }
  }

  /** The text of a value of a query parameter. The items of a collection are joined by commas. */
  public static String text(Object value) {
    if (value instanceof Collection<?> items) {
      StringJoiner joined = new StringJoiner(",");
      items.forEach(item -> joined.add(text(item)));
      return joined.toString();
    }
    if (value instanceof OpenValue open) {
      return open.value();
    }
    if (value instanceof OffsetDateTime moment) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
    }
    if (value instanceof LocalDate date) {
      return date.toString();
    }
    return value.toString();
  }
}
