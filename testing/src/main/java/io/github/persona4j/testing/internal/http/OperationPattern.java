package io.github.persona4j.testing.internal.http;

import io.github.persona4j.testing.internal.description.ApiDescription;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The operations that a text such as {@code POST /inquiries/{id}/approve} names: a method and a
 * path below that of the base URL. A segment in braces stands for any segment, {@code *} instead of
 * the method for any method, and {@code *} alone for all operations. Immutable.
 */
public final class OperationPattern {
  /** The path of the base URL. */
  public static final String PREFIX = "/api/v1";

  private static final Pattern FORM =
      Pattern.compile("(\\*|[A-Za-z]+) (/[^\\s?#]*)", Pattern.UNICODE_CHARACTER_CLASS);

  private final String text;
  private final String method;
  private final Pattern path;

  private OperationPattern(String text, String method, Pattern path) {
    this.text = text;
    this.method = method;
    this.path = path;
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it does not have this form, or names no operation of the
   *     description
   */
  public static OperationPattern parse(String operation) {
    if (operation.equals("*")) {
      return new OperationPattern(operation, "*", Pattern.compile(".*"));
    }
    var form = FORM.matcher(operation);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "operation: must be a method and a path, such as POST /inquiries or GET /events/{id}");
    }
    String method = form.group(1).toUpperCase(Locale.ROOT);
    List<String> segments = List.of(form.group(2).substring(1).split("/", -1));
    if (!ApiDescription.get().hasOperation(method, segments)) {
      throw new IllegalArgumentException(
          "operation: the description has no " + operation + ", whose path is without " + PREFIX);
    }
    StringBuilder regex = new StringBuilder("/api(?:/privacy)?/v1");
    for (String segment : segments) {
      boolean any = segment.startsWith("{") && segment.endsWith("}");
      regex.append('/').append(any ? "[^/]+" : Pattern.quote(segment));
    }
    return new OperationPattern(operation, method, Pattern.compile(regex.toString()));
  }

  /** Returns whether only requests with this method are meant. */
  public boolean hasMethod(String only) {
    return method.equals(only);
  }

  /** Returns whether a request with this method and full path is meant. */
  public boolean matches(String requestMethod, String requestPath) {
    return (method.equals("*") || method.equals(requestMethod))
        && path.matcher(requestPath).matches();
  }

  /** Returns the text that was parsed. */
  @Override
  public String toString() {
    return text;
  }
}
