package io.github.persona4j.error;

import java.io.Serializable;
import java.util.Objects;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call that failed: where it went, and the head of the answer if one came.
 * Immutable and safe to log: the query, all bodies and all request headers are left out.
 */
public final class FailedCall implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MAX_HEADER_LENGTH = 200;

  private final String method;
  private final String host;
  private final String path;
  private final @Nullable Integer status;
  private final @Nullable String requestId;
  private final @Nullable String contentType;
  private final RateLimits rateLimits;

  private FailedCall(Request request, @Nullable Integer status, Headers headers) {
    HttpUrl url = request.url();
    this.method = request.method();
    this.host = url.host();
    this.path = url.encodedPath();
    this.status = status;
    this.requestId = header(headers, "Request-Id");
    this.contentType = header(headers, "Content-Type");
    this.rateLimits = RateLimits.of(headers);
  }

  /** A call that got no answer. */
  public static FailedCall of(Request request) {
    return new FailedCall(Objects.requireNonNull(request, "request"), null, Headers.of());
  }

  /** A call whose answer is the failure; only the answer's status and headers are read. */
  public static FailedCall of(Request request, Response answer) {
    return new FailedCall(
        Objects.requireNonNull(request, "request"), answer.code(), answer.headers());
  }

  /** The HTTP method, such as {@code GET}. */
  public String method() {
    return method;
  }

  /** The host that was called. */
  public String host() {
    return host;
  }

  /** The path of the URL, percent-encoded as sent, without the query. */
  public String path() {
    return path;
  }

  /** The HTTP status, or null when not even the head of an answer came. */
  public @Nullable Integer status() {
    return status;
  }

  /** The answer's {@code Request-Id}, to be quoted to Persona's support; null when absent. */
  public @Nullable String requestId() {
    return requestId;
  }

  /** The answer's {@code Content-Type}, or null when absent. */
  public @Nullable String contentType() {
    return contentType;
  }

  /** The answer's rate limits; all its values are null when no answer came. */
  public RateLimits rateLimits() {
    return rateLimits;
  }

  /** {@code GET /api/v1/events answered 404 (request id ...)}, or only the start of it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method).append(' ').append(path);
    if (status != null) {
      text.append(" answered ").append(status);
    }
    if (requestId != null) {
      text.append(" (request id ").append(requestId).append(')');
    }
    return text.toString();
  }

  // A gateway can put anything into a header; a log line should survive it.
  private static @Nullable String header(Headers headers, String name) {
    String value = headers.get(name);
    return value == null || value.isBlank() ? null : SafeText.of(value, MAX_HEADER_LENGTH);
  }
}
