package io.github.persona4j.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that the fake received, as it came over the wire, except that the {@code Authorization}
 * header only names its scheme: {@code Bearer ***}. Immutable.
 */
public final class RecordedRequest {
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final int MAX_PATH_LENGTH = 400;

  private final String method;
  private final String path;
  private final @Nullable String query;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  RecordedRequest(ApiRequest request) {
    this.method = request.method();
    this.path = request.path();
    this.query = request.rawQuery();
    this.body = request.body();
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach((name, values) -> copy.put(name, List.copyOf(values)));
    copy.computeIfPresent("Authorization", (name, values) -> List.of(withoutKey(values.get(0))));
    this.headers = Collections.unmodifiableMap(copy);
  }

  private static String withoutKey(String authorization) {
    int space = authorization.indexOf(' ');
    return space < 0 ? "***" : authorization.substring(0, space) + " ***";
  }

  /** The HTTP method, such as {@code GET}. */
  public String method() {
    return method;
  }

  /**
   * The decoded path with the part that belongs to the base URL, such as {@code /api/v1/events}.
   */
  public String path() {
    return path;
  }

  /**
   * The query as it was sent, percent-encoded and without the question mark; null when there was
   * none.
   */
  public @Nullable String query() {
    return query;
  }

  /**
   * The decoded value of a query parameter, such as {@code page[size]}; null when it was not sent.
   */
  public @Nullable String queryParameter(String name) {
    return Query.literal(query).get(Objects.requireNonNull(name, "name"));
  }

  /** All headers; names in any case find them. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** The first value of a header, its name in any case; null when it was not sent. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(Objects.requireNonNull(name, "name"));
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** A copy of the body; empty when there was none. */
  public byte[] body() {
    return Arrays.copyOf(body, body.length);
  }

  /** The body read as UTF-8. */
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Method and path on one line, since queries, headers and bodies may hold personal data. Control
   * and format characters of the path are left out, and it is cut after 400 characters.
   */
  @Override
  public String toString() {
    String line = INVISIBLE.matcher(path).replaceAll(" ");
    boolean whole = line.length() <= MAX_PATH_LENGTH;
    return method + ' ' + (whole ? line : line.substring(0, MAX_PATH_LENGTH) + '…');
  }
}
