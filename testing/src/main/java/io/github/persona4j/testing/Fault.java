package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.http.FakeResponse;
import io.github.persona4j.testing.internal.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A failure of one request, queued with {@link FakePersona#failNext(Fault...)}.
 *
 * <p>{@link #status(int)} is a response of the API itself: key and rate limit are checked first,
 * and for a POST with an idempotency key the failure is stored under that key, as the API does
 * (except 401 and 429). {@link #html(int)} and {@link #body(String)} are responses of a gateway in
 * front of the API: nothing is stored and no header of the API is sent. In both cases the operation
 * is not executed, unless {@link #afterExecution()} is set.
 *
 * <p>Immutable, so a fault may be queued several times and shared between threads. Methods throw
 * {@link NullPointerException} if an argument is null.
 */
public final class Fault {
  enum Kind {
    NONE,
    API_RESPONSE,
    GATEWAY_RESPONSE,
    DROP,
    TRUNCATE
  }

  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad request",
          401, "Not authenticated",
          403, "Forbidden",
          404, "Not found",
          408, "Request timeout",
          409, "Conflict",
          422, "Unprocessable entity",
          429, "Too many requests",
          500, "Internal server error",
          503, "Service unavailable");

  private final Kind kind;
  private final @Nullable FakeResponse response;
  private final Duration delay;
  private final boolean afterExecution;
  private final Map<String, String> headers;

  private Fault(
      Kind kind,
      @Nullable FakeResponse response,
      Duration delay,
      boolean afterExecution,
      Map<String, String> headers) {
    this.kind = kind;
    this.response = response;
    this.delay = delay;
    this.afterExecution = afterExecution;
    this.headers = headers;
  }

  private static Fault of(Kind kind, @Nullable FakeResponse response) {
    return new Fault(kind, response, Duration.ZERO, false, Map.of());
  }

  /** No fault: one request succeeds, for example so that only the second one fails. */
  public static Fault none() {
    return of(Kind.NONE, null);
  }

  /**
   * An error of the API in its usual format.
   *
   * @param status 400 to 599, otherwise {@link IllegalArgumentException}
   */
  public static Fault status(int status) {
    return status(status, TITLES.getOrDefault(status, "Error"));
  }

  /**
   * An error of the API with this title, such as 409 with {@code Stale object error}.
   *
   * @param status 400 to 599, otherwise {@link IllegalArgumentException}
   */
  public static Fault status(int status, String title) {
    Objects.requireNonNull(title, "title");
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be from 400 to 599, not " + status);
    }
    return of(
        Kind.API_RESPONSE,
        FakeResponse.json(
            status, Json.object("errors", Json.array(List.of(Json.object("title", title))))));
  }

  /**
   * An HTML page of a gateway, without any header of the API.
   *
   * @param status 200 to 599, otherwise {@link IllegalArgumentException}; 204 and 304 are rejected
   *     because they have no body
   */
  public static Fault html(int status) {
    if (status < 200 || status > 599 || status == 204 || status == 304) {
      throw new IllegalArgumentException("status must be from 200 to 599 and allow a body");
    }
    return of(
        Kind.GATEWAY_RESPONSE,
        FakeResponse.of(
            status,
            "text/html; charset=utf-8",
            "<!DOCTYPE html><html><head><title>"
                + status
                + "</title></head>"
                + "<body><h1>The gateway received no response</h1></body></html>\n"));
  }

  /** A response with status 200, content type JSON and this body, which need not be JSON. */
  public static Fault body(String body) {
    Objects.requireNonNull(body, "body");
    return of(Kind.GATEWAY_RESPONSE, FakeResponse.of(200, "application/json; charset=utf-8", body));
  }

  /** The connection is closed without a response. */
  public static Fault dropConnection() {
    return of(Kind.DROP, null);
  }

  /**
   * The regular response, but only the first half of its body is sent. The operation is executed.
   */
  public static Fault truncatedBody() {
    return of(Kind.TRUNCATE, null);
  }

  /**
   * The regular response after this delay. Closing the fake ends the delay.
   *
   * @param delay not negative, otherwise {@link IllegalArgumentException}
   */
  public static Fault delay(Duration delay) {
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("delay must not be negative");
    }
    return new Fault(Kind.NONE, null, delay, false, Map.of());
  }

  /**
   * Adds the header {@code Retry-After} in seconds, rounded up.
   *
   * @param time not negative, otherwise {@link IllegalArgumentException}
   */
  public Fault retryAfter(Duration time) {
    if (Objects.requireNonNull(time, "time").isNegative()) {
      throw new IllegalArgumentException("time must not be negative");
    }
    return header("Retry-After", Long.toString(time.plusNanos(999_999_999).toSeconds()));
  }

  /**
   * Adds a header to the response, which replaces the usual one of that name. Use it for example
   * for a {@code Retry-After} with a date.
   *
   * @param name a header name of RFC 9110, otherwise {@link IllegalArgumentException}
   * @param value without line breaks, otherwise {@link IllegalArgumentException}
   */
  public Fault header(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    if (!name.matches("[!#$%&'*+.^_`|~A-Za-z0-9-]+")) {
      throw new IllegalArgumentException("name must be a header name of RFC 9110");
    }
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("value must be one line");
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Fault(kind, response, delay, afterExecution, Map.copyOf(all));
  }

  /**
   * Executes the operation first; this fault then replaces its response. With {@link
   * #dropConnection()} or {@link #html(int)} the caller is not notified that the request succeeded,
   * and the regular response is stored under the idempotency key. With {@link #status(int)} the
   * failure is stored.
   */
  public Fault afterExecution() {
    return new Fault(kind, response, delay, true, headers);
  }

  Kind kind() {
    return kind;
  }

  Duration delay() {
    return delay;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** Returns whether the API receives the request. */
  boolean reachesApi() {
    return afterExecution || (kind != Kind.GATEWAY_RESPONSE && kind != Kind.DROP);
  }

  /** Returns what the API executes instead of the operation, or the operation. */
  Supplier<FakeResponse> replace(Supplier<FakeResponse> operation) {
    if (kind != Kind.API_RESPONSE) {
      return operation;
    }
    return () -> {
      if (afterExecution) {
        FakeResponse unused = operation.get();
      }
      return Objects.requireNonNull(response);
    };
  }

  /** Returns the response of a gateway; null if the response of the API is passed on. */
  @Nullable FakeResponse gatewayResponse() {
    return kind == Kind.GATEWAY_RESPONSE ? response : null;
  }

  @Override
  public String toString() {
    return "Fault["
        + kind.name().toLowerCase(Locale.ROOT)
        + (response == null ? "" : " " + response.status())
        + (delay.isZero() ? "" : " after " + delay)
        + (afterExecution ? " after execution" : "")
        + "]";
  }
}
