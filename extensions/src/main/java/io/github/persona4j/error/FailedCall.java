package io.github.persona4j.error;

import io.github.persona4j.json.SafeText;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Describes a call: its request, and the status and headers of its response if there was one.
 * Immutable and thread-safe. {@link #toString()} is safe to log: it does not contain the query, a
 * body or a request header.
 *
 * <p>Serialization keeps what {@link #toString()} shows, the host, the port, the waiting time and
 * {@link #rateLimits()}. It drops the response headers, the content type and the idempotency key.
 */
public final class FailedCall implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MAX_HEADER_LENGTH = 200;
  private static final int MAX_PATH_LENGTH = 400;

  private final String method;
  private final String host;
  private final int port;
  private final String path;
  private final @Nullable Integer status;
  private final transient @Nullable String idempotencyKey;
  private final @Nullable String requestId;
  private final transient @Nullable String contentType;
  private final RateLimits rateLimits;
  private final transient String @Nullable [] headers; // names and values alternate
  private final transient SentToken sentToken;
  private final transient boolean errorDetails;
  private final int attempts;
  private final long waitedNanos;
  private final boolean mayHaveBeenExecuted;
  private final boolean earlierMayHaveBeenExecuted;
  private final transient boolean retried;

  /** The kind of token that a request carried. */
  enum SentToken {
    NONE,
    SANDBOX_KEY,
    PRODUCTION_KEY,
    ACCESS_TOKEN,
    UNKNOWN;

    private static SentToken of(@Nullable String authorization) {
      if (authorization == null) {
        return NONE;
      } else if (authorization.startsWith("Bearer persona_sandbox_")) {
        return SANDBOX_KEY;
      } else if (authorization.startsWith("Bearer persona_production_")) {
        return PRODUCTION_KEY;
      }
      return authorization.startsWith("Bearer oat_") ? ACCESS_TOKEN : UNKNOWN;
    }
  }

  private FailedCall(
      Request request, @Nullable Integer status, Headers headers, @Nullable String authorization) {
    HttpUrl url = request.url();
    this.method = request.method();
    this.host = url.host();
    this.port = url.port();
    this.path = url.encodedPath();
    this.status = status;
    this.idempotencyKey = request.header("Idempotency-Key");
    this.requestId = withoutToken(safe(headers.get("Request-Id")), authorization);
    this.contentType = withoutToken(safe(headers.get("Content-Type")), authorization);
    this.rateLimits = RateLimits.of(headers);
    String[] pairs = new String[headers.size() * 2];
    for (int i = 0; i < headers.size(); i++) {
      pairs[2 * i] = headers.name(i);
      pairs[2 * i + 1] = headers.value(i);
    }
    this.headers = pairs;
    this.sentToken = status == null ? SentToken.UNKNOWN : SentToken.of(authorization);
    this.errorDetails = false;
    this.attempts = 1;
    this.waitedNanos = 0;
    this.mayHaveBeenExecuted = changesSomething(method) && (status == null || !isRefusal(status));
    this.earlierMayHaveBeenExecuted = false;
    this.retried = false;
  }

  private FailedCall(
      FailedCall call,
      String path,
      boolean errorDetails,
      int attempts,
      long waitedNanos,
      boolean mayHaveBeenExecuted,
      boolean earlierMayHaveBeenExecuted,
      boolean retried) {
    this.method = call.method;
    this.host = call.host;
    this.port = call.port;
    this.path = path;
    this.status = call.status;
    this.idempotencyKey = call.idempotencyKey;
    this.requestId = call.requestId;
    this.contentType = call.contentType;
    this.rateLimits = call.rateLimits;
    this.headers = call.headers;
    this.sentToken = call.sentToken;
    this.errorDetails = errorDetails;
    this.attempts = attempts;
    this.waitedNanos = waitedNanos;
    this.mayHaveBeenExecuted = mayHaveBeenExecuted;
    this.earlierMayHaveBeenExecuted = earlierMayHaveBeenExecuted;
    this.retried = retried;
  }

  private static boolean changesSomething(String method) {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  // With 408 the server gave up, possibly after it had begun to execute the request.
  private static boolean isRefusal(int status) {
    return status >= 400 && status < 500 && status != 408;
  }

  /** Creates a description of a call without a response. */
  public static FailedCall of(Request request) {
    return new FailedCall(Objects.requireNonNull(request, "request"), null, Headers.of(), null);
  }

  /**
   * Creates a description of a call with a response, of which the status and the headers are read.
   */
  public static FailedCall of(Request request, Response response) {
    Objects.requireNonNull(response, "response");
    return new FailedCall(
        Objects.requireNonNull(request, "request"),
        response.code(),
        response.headers(),
        response.request().header("Authorization"));
  }

  /**
   * Returns a copy with the effort of the call.
   *
   * @param attempts the number of requests
   * @param waited the time that the call waited before and between them
   */
  public FailedCall withAttempts(int attempts, Duration waited) {
    Objects.requireNonNull(waited, "waited");
    return new FailedCall(
        this,
        path,
        errorDetails,
        attempts,
        waited.toNanos(),
        mayHaveBeenExecuted,
        earlierMayHaveBeenExecuted,
        retried);
  }

  /**
   * Returns a copy with another path.
   *
   * @param path the path without its parameters, if one of them is secret
   */
  public FailedCall withPath(String path) {
    return new FailedCall(
        this,
        Objects.requireNonNull(path, "path"),
        errorDetails,
        attempts,
        waitedNanos,
        mayHaveBeenExecuted,
        earlierMayHaveBeenExecuted,
        retried);
  }

  /**
   * Returns a copy for an exception whose message has the titles and details of errors, which may
   * be personal data.
   */
  public FailedCall withErrorDetails() {
    return new FailedCall(
        this,
        path,
        true,
        attempts,
        waitedNanos,
        mayHaveBeenExecuted,
        earlierMayHaveBeenExecuted,
        retried);
  }

  /** Returns a copy for an attempt that was followed by another one. */
  public FailedCall withRetry() {
    return new FailedCall(
        this,
        path,
        errorDetails,
        attempts,
        waitedNanos,
        mayHaveBeenExecuted,
        earlierMayHaveBeenExecuted,
        true);
  }

  /**
   * Returns a copy that states whether the call may have been executed.
   *
   * @param lastAttempt whether the last attempt may have been executed
   * @param earlierAttempt whether an earlier attempt may have been executed
   */
  public FailedCall withExecution(boolean lastAttempt, boolean earlierAttempt) {
    return new FailedCall(
        this,
        path,
        errorDetails,
        attempts,
        waitedNanos,
        lastAttempt || earlierAttempt,
        earlierAttempt,
        retried);
  }

  /** The HTTP method, such as {@code GET}. */
  public String method() {
    return method;
  }

  /** The host of the URL. */
  public String host() {
    return host;
  }

  /** The port of the URL, or the default port of its scheme. */
  public int port() {
    return port;
  }

  /**
   * The path of the URL, percent-encoded as sent, without the query. For an operation whose path
   * contains a token, the template of the path.
   */
  public String path() {
    return path;
  }

  /** The HTTP status; null if there was no response. */
  public @Nullable Integer status() {
    return status;
  }

  /**
   * The idempotency key of the last request, which the caller or the client chose. Null if none was
   * sent, and in a deserialized copy. No message contains it, because a caller's key may be
   * personal data.
   */
  public @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /** The {@code Request-Id} of the response, for Persona's support; null if absent. */
  public @Nullable String requestId() {
    return requestId;
  }

  /**
   * The {@code Persona-Environment-Id} of the response: the environment that the key belongs to.
   * Null if absent, as on responses to a key that is not valid, and in a deserialized copy.
   */
  public @Nullable String environmentId() {
    return safe(header("Persona-Environment-Id"));
  }

  /**
   * The {@code Persona-Organization-Id} of the response: the organization that the key belongs to.
   * Null if absent, as on responses to a key that is not valid, and in a deserialized copy.
   */
  public @Nullable String organizationId() {
    return safe(header("Persona-Organization-Id"));
  }

  /** The {@code Content-Type} of the response; null if absent, and in a deserialized copy. */
  public @Nullable String contentType() {
    return contentType;
  }

  /** The rate limits of the response. All values are null if there was no response. */
  public RateLimits rateLimits() {
    return rateLimits;
  }

  /**
   * All headers of the response. The case of names is ignored in lookups. The values of a name are
   * in the order of the response. Empty if there was no response, and in a deserialized copy.
   * Unmodifiable. Do not log all of them: a cookie of a gateway may be secret.
   */
  public Map<String, List<String>> headers() {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String[] pairs = pairs();
    for (int i = 0; i < pairs.length; i += 2) {
      all.computeIfAbsent(pairs[i], unused -> new ArrayList<>()).add(pairs[i + 1]);
    }
    all.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(all);
  }

  /**
   * The last value of a response header; null if absent, and in a deserialized copy. The case of
   * the name is ignored.
   */
  public @Nullable String header(String name) {
    Objects.requireNonNull(name, "name");
    String[] pairs = pairs();
    for (int i = pairs.length - 2; i >= 0; i -= 2) {
      if (pairs[i].equalsIgnoreCase(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  private String[] pairs() {
    return headers == null ? new String[0] : headers; // null in a deserialized copy
  }

  /** The number of requests made for the call; 0 if it ended before the first. */
  public int attempts() {
    return attempts;
  }

  /** The time that the client waited before and between the requests of the call. */
  public Duration waited() {
    return Duration.ofNanos(waitedNanos);
  }

  /**
   * Whether the API may have executed the call; see {@link PersonaException#mayHaveBeenExecuted}.
   */
  public boolean mayHaveBeenExecuted() {
    return mayHaveBeenExecuted;
  }

  /** Whether the call is more than a GET or HEAD. */
  boolean changesSomething() {
    return changesSomething(method);
  }

  /** The kind of token that the request carried. */
  SentToken sentToken() {
    return sentToken;
  }

  /** Whether messages have the titles and details of errors. */
  boolean showsErrorDetails() {
    return errorDetails;
  }

  /** Whether it describes an attempt that was followed by another one. */
  boolean isRetried() {
    return retried;
  }

  /** Whether that holds for an attempt before the last one. */
  boolean earlierMayHaveBeenExecuted() {
    return earlierMayHaveBeenExecuted;
  }

  /**
   * Returns for example {@code GET /api/v1/events returned 404 (request id ..., 2 attempts)}. What
   * is unknown is left out, as is a single attempt. A path is truncated to 400 characters.
   */
  @Override
  public String toString() {
    StringBuilder message = new StringBuilder(method).append(' ').append(shownPath());
    if (status != null) {
      message.append(" returned ").append(status);
    }
    if (requestId != null || attempts > 1) {
      message.append(" (");
      if (requestId != null) {
        message.append("request id ").append(requestId).append(attempts > 1 ? ", " : "");
      }
      if (attempts > 1) {
        message.append(attempts).append(" attempts");
      }
      message.append(')');
    }
    return message.toString();
  }

  // A gateway can send any value in a header; a log entry must stay one line.
  private static @Nullable String safe(@Nullable String value) {
    String shown = value == null ? "" : SafeText.of(value, MAX_HEADER_LENGTH);
    return shown.isEmpty() ? null : shown;
  }

  // A faulty gateway may send the request's token back. Messages contain these headers.
  private static @Nullable String withoutToken(
      @Nullable String value, @Nullable String authorization) {
    if (value == null || authorization == null) {
      return value;
    }
    String token = authorization.replaceFirst("^Bearer ", "");
    return token.isEmpty() || !value.contains(token) ? value : null;
  }

  /** The path as messages show it. An ID of the caller in it can have any length. */
  String shownPath() {
    return SafeText.of(path, MAX_PATH_LENGTH);
  }
}
