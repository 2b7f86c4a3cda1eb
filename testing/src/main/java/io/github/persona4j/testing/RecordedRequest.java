package io.github.persona4j.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.http.OperationPattern;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.JsonPointer;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
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
 * A request that the fake received, as it was sent, except that the value of the {@code
 * Authorization} header contains only its scheme: {@code Bearer ***}. Immutable, except for the
 * status of the response, and thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#recorded-request -->
 *
 * <pre>{@code
 * RecordedRequest request = fake.requests().get(0);
 * show(request.method() + " " + request.bodyValue("/data/attributes/inquiry-template-id"));
 * }</pre>
 */
public final class RecordedRequest {
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final int MAX_PATH_LENGTH = 400;

  private final String method;
  private final String path;
  private final @Nullable String query;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private volatile @Nullable Integer responseStatus;

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

  /** Returns the HTTP method, such as {@code GET}. */
  public String method() {
    return method;
  }

  /** Returns the decoded path, including that of the base URL, such as {@code /api/v1/events}. */
  public String path() {
    return path;
  }

  /**
   * Returns the query as it was sent, percent-encoded and without the question mark; null if there
   * was none.
   */
  public @Nullable String query() {
    return query;
  }

  /**
   * Returns the decoded value of a query parameter, such as {@code page[size]}; null if it was not
   * sent.
   */
  public @Nullable String queryParameter(String name) {
    return Query.literal(query).get(Objects.requireNonNull(name, "name"));
  }

  /** Returns all headers. The lookup of names ignores case. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /**
   * Returns the first value of a header, whose name is case-insensitive; null if it was not sent.
   */
  public @Nullable String header(String name) {
    List<String> values = headers.get(Objects.requireNonNull(name, "name"));
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** Returns a copy of the body; empty if there was none. */
  public byte[] body() {
    return Arrays.copyOf(body, body.length);
  }

  /** Returns the body decoded as UTF-8. */
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  int size() {
    return body.length;
  }

  void setResponseStatus(int status) {
    responseStatus = status;
  }

  /**
   * Returns the status of the response; null while the fake works on the request, and if it sent no
   * response, as with {@link Fault#dropConnection}.
   */
  public @Nullable Integer responseStatus() {
    return responseStatus;
  }

  /**
   * Returns a value in the JSON body, as JSON; null if the body does not have it or is not JSON.
   *
   * @param pointer a JSON pointer (RFC 6901), such as {@code /data/attributes/reference-id}
   * @throws IllegalArgumentException if it is not one
   */
  public @Nullable String bodyValue(String pointer) {
    Objects.requireNonNull(pointer, "pointer");
    JsonElement json;
    try {
      json = StrictJsonParser.parse(bodyText());
    } catch (JsonParseException e) {
      json = JsonNull.INSTANCE;
    }
    JsonElement value = JsonPointer.find(json, pointer);
    return value == null || json instanceof JsonNull ? null : value.toString();
  }

  /**
   * Returns whether this is a request for an operation.
   *
   * @param operation method and path, such as {@code POST /inquiries} or {@code GET /events/{id}};
   *     a segment in braces stands for any, and {@code *} for any method
   * @throws IllegalArgumentException if it does not have this form, or the description has no such
   *     operation
   */
  public boolean isFor(String operation) {
    Objects.requireNonNull(operation, "operation");
    return OperationPattern.parse(operation).matches(method, path);
  }

  /**
   * Returns method and path on one line, without query, headers and body, which may contain
   * personal data. Control and format characters of the path are replaced, and it is truncated to
   * 400 characters.
   */
  @Override
  public String toString() {
    String line = INVISIBLE.matcher(path).replaceAll(" ");
    boolean fits = line.length() <= MAX_PATH_LENGTH;
    return method + ' ' + (fits ? line : line.substring(0, MAX_PATH_LENGTH) + '…');
  }
}
