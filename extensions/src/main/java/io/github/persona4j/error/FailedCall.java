package io.github.persona4j.error;

import java.io.Serializable;
import java.time.Duration;
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
  private final int attempts;
  private final long waitedNanos;

  private FailedCall(Request request, @Nullable Integer status, Headers headers) {
    HttpUrl url = request.url();
    this.method = request.method();
    this.host = url.host();
    this.path = url.encodedPath();
    this.status = status;
    this.requestId = header(headers, "Request-Id");
    this.contentType = header(headers, "Content-Type");
    this.rateLimits = RateLimits.of(headers);
    this.attempts = 1;
    this.waitedNanos = 0;
  }

  private FailedCall(FailedCall call, int attempts, long waitedNanos) {
    this.method = call.method;
    this.host = call.host;
    this.path = call.path;
    this.status = call.status;
    this.requestId = call.requestId;
    this.contentType = call.contentType;
    this.rateLimits = call.rateLimits;
    this.attempts = attempts;
    this.waitedNanos = waitedNanos;
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

  /**
   * The same call with what was done for it.
   *
   * @param attempts how many requests were made
   * @param waited how long the call waited before and between them
   */
  public FailedCall withAttempts(int attempts, Duration waited) {
    return new FailedCall(this, attempts, waited.toNanos());
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

  /** How many requests were made for the call; 0 when it ended before the first. */
  public int attempts() {
    return attempts;
  }

  /** How long the call waited before and between its requests, by the client's own will. */
  public Duration waited() {
    return Duration.ofNanos(waitedNanos);
  }

  /**
   * {@code GET /api/v1/events answered 404 (request id ...)}, or only the start of it; with the
   * number of attempts when there were several.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method).append(' ').append(path);
    if (status != null) {
      text.append(" answered ").append(status);
    }
    if (requestId != null || attempts > 1) {
      text.append(" (");
      if (requestId != null) {
        text.append("request id ").append(requestId).append(attempts > 1 ? ", " : "");
      }
      if (attempts > 1) {
        text.append(attempts).append(" attempts");
      }
      text.append(')');
    }
    return text.toString();
  }

  // A gateway can put anything into a header; a log line should survive it.
  private static @Nullable String header(Headers headers, String name) {
    String value = headers.get(name);
    return value == null || value.isBlank() ? null : SafeText.of(value, MAX_HEADER_LENGTH);
  }
}
