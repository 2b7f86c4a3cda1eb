package io.github.persona4j.request;

import io.github.persona4j.json.OpenValue;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Arguments that become a part of a request, above all of its URL. Messages name the argument and
 * the rule and never show the value, which may be personal data.
 */
public final class UrlArgument {
  private UrlArgument() {}

  /**
   * Checks a segment of the path, such as the ID of a resource. An empty one would address the list
   * of the resources, and {@code .} and {@code ..} another path.
   *
   * @param argument its name
   * @throws IllegalArgumentException if the value is null, blank, {@code .} or {@code ..}, or holds
   *     half of a surrogate pair
   */
  public static void checkPath(String argument, @Nullable String value) {
    checkQuery(argument, value);
    if (isDots(value)) {
      throw new IllegalArgumentException(argument + " must not be . or ..");
    }
  }

  /**
   * Checks a part of the path that the caller has percent-encoded, which may have several segments.
   *
   * @param argument its name
   * @throws IllegalArgumentException if the value is null or blank, if one of its segments is
   *     {@code .} or {@code ..}, encoded or not, or if it holds half of a surrogate pair
   */
  public static void checkEncodedPath(String argument, @Nullable String value) {
    checkQuery(argument, value);
    for (String segment : String.valueOf(value).split("/", -1)) {
      if (isDots(segment.replace("%2e", ".").replace("%2E", "."))) {
        throw new IllegalArgumentException(argument + " must not have a segment . or ..");
      }
    }
  }

  private static boolean isDots(@Nullable String segment) {
    return ".".equals(segment) || "..".equals(segment);
  }

  /**
   * Checks the value of a required query parameter.
   *
   * @param argument its name
   * @throws IllegalArgumentException if the value is null or blank, or holds half of a surrogate
   *     pair
   */
  public static void checkQuery(String argument, @Nullable Object value) {
    String text = text(present(argument, value));
    if (Characters.areInvisible(text)) {
      throw new IllegalArgumentException(argument + " must not be blank");
    }
    checkEncodable(argument, text);
  }

  /**
   * Checks any argument that is required, such as a body.
   *
   * @param argument its name
   * @throws IllegalArgumentException if the value is null
   */
  public static void checkNotNull(String argument, @Nullable Object value) {
    present(argument, value);
  }

  /**
   * Fills a builder by the function that the caller gives as an argument.
   *
   * @param argument its name
   * @return the builder
   * @throws IllegalArgumentException if the function is null
   */
  public static <B> B fill(String argument, @Nullable Consumer<? super B> function, B builder) {
    present(argument, function).accept(builder);
    return builder;
  }

  static <T> T present(String argument, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(argument + " must not be null");
    }
    return value;
  }

  /**
   * Refuses what would be sent as a question mark.
   *
   * @param argument its name
   * @throws IllegalArgumentException if the text holds half of a surrogate pair
   */
  public static void checkEncodable(String argument, String text) {
    if (Characters.haveLoneSurrogate(text)) {
      throw new IllegalArgumentException(argument + " must not hold half of a surrogate pair");
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
