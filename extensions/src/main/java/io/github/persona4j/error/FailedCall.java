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
 * What is known of a call that failed: where it went, and the head of the answer if one came.
 * Immutable and safe to log as text: the query, all bodies and all request headers are left out.
 *
 * <p>Serialization keeps what the text shows, the host, the waiting time, and the numbers of {@link
 * #rateLimits()}. It drops the headers of the answer, with the content type, and the idempotency
 * key: a copy that was deserialized has none of them.
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
  private final transient String @Nullable [] headers; // names and values by turns
  private final int attempts;
  private final long waitedNanos;
  private final boolean mayHaveBeenExecuted;
  private final boolean earlierMayHaveBeenExecuted;

  private FailedCall(Request request, @Nullable Integer status, Headers headers) {
    HttpUrl url = request.url();
    this.method = request.method();
    this.host = url.host();
    this.port = url.port();
    this.path = url.encodedPath();
    this.status = status;
    this.idempotencyKey = request.header("Idempotency-Key");
    this.requestId = safe(headers.get("Request-Id"));
    this.contentType = safe(headers.get("Content-Type"));
    this.rateLimits = RateLimits.of(headers);
    String[] pairs = new String[headers.size() * 2];
    for (int i = 0; i < headers.size(); i++) {
      pairs[2 * i] = headers.name(i);
      pairs[2 * i + 1] = headers.value(i);
    }
    this.headers = pairs;
    this.attempts = 1;
    this.waitedNanos = 0;
    this.mayHaveBeenExecuted = changesSomething(method) && (status == null || !isRefusal(status));
    this.earlierMayHaveBeenExecuted = false;
  }

  private FailedCall(
      FailedCall call,
      String path,
      int attempts,
      long waitedNanos,
      boolean mayHaveBeenExecuted,
      boolean earlierMayHaveBeenExecuted) {
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
    this.attempts = attempts;
    this.waitedNanos = waitedNanos;
    this.mayHaveBeenExecuted = mayHaveBeenExecuted;
    this.earlierMayHaveBeenExecuted = earlierMayHaveBeenExecuted;
  }

  private static boolean changesSomething(String method) {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  // 408 says that the server gave up: it may have done so in the middle of the work.
  private static boolean isRefusal(int status) {
    return status >= 400 && status < 500 && status != 408;
  }

  /** A call that got no answer. */
  public static FailedCall of(Request request) {
    return new FailedCall(Objects.requireNonNull(request, "request"), null, Headers.of());
  }

  /** A call whose answer is the failure; only the answer's status and headers are read. */
  public static FailedCall of(Request request, Response answer) {
    Objects.requireNonNull(answer, "answer");
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
    Objects.requireNonNull(waited, "waited");
    return new FailedCall(
        this, path, attempts, waited.toNanos(), mayHaveBeenExecuted, earlierMayHaveBeenExecuted);
  }

  /**
   * The same call with another text for its path.
   *
   * @param path the path without its parameters, where one of them is secret
   */
  public FailedCall withPath(String path) {
    return new FailedCall(
        this,
        Objects.requireNonNull(path, "path"),
        attempts,
        waitedNanos,
        mayHaveBeenExecuted,
        earlierMayHaveBeenExecuted);
  }

  /**
   * The same call with what may have come of it.
   *
   * @param lastAttempt whether its last attempt may have been executed
   * @param earlierAttempt whether one before that may have been executed
   */
  public FailedCall withExecution(boolean lastAttempt, boolean earlierAttempt) {
    return new FailedCall(
        this, path, attempts, waitedNanos, lastAttempt || earlierAttempt, earlierAttempt);
  }

  /** The HTTP method, such as {@code GET}. */
  public String method() {
    return method;
  }

  /** The host that was called. */
  public String host() {
    return host;
  }

  /** The port that was called, also where the URL leaves it out. */
  public int port() {
    return port;
  }

  /**
   * The path of the URL, percent-encoded as sent, without the query; of an operation that has an
   * authorization of its own, the template of the path, since it holds a token.
   */
  public String path() {
    return path;
  }

  /** The HTTP status, or null when not even the head of an answer came. */
  public @Nullable Integer status() {
    return status;
  }

  /**
   * The idempotency key of the last request, chosen by the caller or made by the client; null where
   * none was sent, and in a deserialized copy. No message shows it: callers may make theirs of
   * anything.
   */
  public @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /** The answer's {@code Request-Id}, to be quoted to Persona's support; null when absent. */
  public @Nullable String requestId() {
    return requestId;
  }

  /**
   * The {@code Persona-Environment-Id} of the response: the environment that the key belongs to.
   * Null when absent, as on responses to a key that is not valid, and in a deserialized copy.
   */
  public @Nullable String environmentId() {
    return safe(header("Persona-Environment-Id"));
  }

  /**
   * The {@code Persona-Organization-Id} of the response: the organization that the key belongs to.
   * Null when absent, as on responses to a key that is not valid, and in a deserialized copy.
   */
  public @Nullable String organizationId() {
    return safe(header("Persona-Organization-Id"));
  }

  /** The answer's {@code Content-Type}, or null when absent and in a deserialized copy. */
  public @Nullable String contentType() {
    return contentType;
  }

  /** The answer's rate limits; all its values are null when no answer came. */
  public RateLimits rateLimits() {
    return rateLimits;
  }

  /**
   * All headers of the answer, in no particular order; names are found in whatever case, and the
   * values of one name are in the order in which they came. Empty when no answer came, and in a
   * deserialized copy. Unmodifiable. Some, such as cookies of a gateway, are not for logs.
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
   * The last value of a header of the answer, or null when it is absent and in a deserialized copy;
   * the case of the name does not matter.
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
    return headers == null ? new String[0] : headers; // a copy has none
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
   * Whether the API may have executed the call; see {@link PersonaException#mayHaveBeenExecuted}.
   */
  public boolean mayHaveBeenExecuted() {
    return mayHaveBeenExecuted;
  }

  /** Whether that holds for an attempt before the last one. */
  boolean earlierMayHaveBeenExecuted() {
    return earlierMayHaveBeenExecuted;
  }

  /**
   * {@code GET /api/v1/events answered 404 (request id ...)}, or only the start of it; with the
   * number of attempts when there were several. Of a path it shows 400 characters.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method).append(' ').append(shownPath());
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
  private static @Nullable String safe(@Nullable String value) {
    String shown = value == null ? "" : SafeText.of(value, MAX_HEADER_LENGTH);
    return shown.isEmpty() ? null : shown;
  }

  /** The path as messages show it: an ID in it is as long as its caller made it. */
  String shownPath() {
    return SafeText.of(path, MAX_PATH_LENGTH);
  }
}
