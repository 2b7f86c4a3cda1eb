package io.github.persona4j.testing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with one request; queued with {@link FakePersona#failNext(Fault...)}.
 *
 * <p>Faults differ in who answers. {@link #status(int)} is an answer of the API itself: the key and
 * the rate limit were checked before, and a POST with an idempotency key has the failure stored
 * under that key, as the API does (all but 401 and 429). {@link #html(int)} and {@link
 * #body(String)} come from something that stands in front of the API, so nothing is stored and no
 * API header is sent. Either way the operation is not carried out, unless {@link #afterExecution()}
 * says so.
 *
 * <p>Immutable, so a fault may be queued many times and shared between threads. Methods throw
 * {@link NullPointerException} when given null.
 */
public final class Fault {
  enum Kind {
    NONE,
    API_ANSWER,
    GATEWAY_ANSWER,
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
  private final @Nullable Answer answer;
  private final Duration delay;
  private final boolean afterExecution;
  private final Map<String, String> headers;

  private Fault(
      Kind kind,
      @Nullable Answer answer,
      Duration delay,
      boolean afterExecution,
      Map<String, String> headers) {
    this.kind = kind;
    this.answer = answer;
    this.delay = delay;
    this.afterExecution = afterExecution;
    this.headers = headers;
  }

  private static Fault of(Kind kind, @Nullable Answer answer) {
    return new Fault(kind, answer, Duration.ZERO, false, Map.of());
  }

  /** No fault: lets one request through, for example so that only the second one fails. */
  public static Fault none() {
    return of(Kind.NONE, null);
  }

  /**
   * An error of the API in its usual shape.
   *
   * @param status 400 to 599, otherwise {@link IllegalArgumentException}
   */
  public static Fault status(int status) {
    return status(status, TITLES.getOrDefault(status, "Error"));
  }

  /**
   * An error of the API with a title of its own, such as 409 with {@code Stale object error}.
   *
   * @param status 400 to 599, otherwise {@link IllegalArgumentException}
   */
  public static Fault status(int status, String title) {
    Objects.requireNonNull(title, "title");
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be from 400 to 599, not " + status);
    }
    return of(
        Kind.API_ANSWER,
        Answer.json(
            status, Json.object("errors", Json.array(List.of(Json.object("title", title))))));
  }

  /**
   * An HTML page as a gateway sends it, without any header of the API.
   *
   * @param status 200 to 599, otherwise {@link IllegalArgumentException}; 204 and 304 have no body
   *     and are refused
   */
  public static Fault html(int status) {
    if (status < 200 || status > 599 || status == 204 || status == 304) {
      throw new IllegalArgumentException("status must be from 200 to 599 and allow a body");
    }
    return of(
        Kind.GATEWAY_ANSWER,
        Answer.text(
            status,
            "text/html; charset=utf-8",
            "<!DOCTYPE html><html><head><title>"
                + status
                + "</title></head>"
                + "<body><h1>The gateway has no answer</h1></body></html>\n"));
  }

  /** Status 200, content type JSON and this text, which need not be JSON at all. */
  public static Fault body(String body) {
    Objects.requireNonNull(body, "body");
    return of(Kind.GATEWAY_ANSWER, Answer.text(200, "application/json; charset=utf-8", body));
  }

  /** The connection is closed without an answer. */
  public static Fault dropConnection() {
    return of(Kind.DROP, null);
  }

  /**
   * The proper answer, of which only the first half of the body arrives. The operation is carried
   * out.
   */
  public static Fault truncatedBody() {
    return of(Kind.TRUNCATE, null);
  }

  /**
   * The proper answer, after this time. Closing the fake ends the wait.
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
   * Adds {@code Retry-After} in seconds; a part of a second counts as a whole one.
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
   * Adds a header to the answer, in the place of the usual one of that name. The date of a retry
   * can be set so.
   *
   * @param name a header name of RFC 9110, otherwise {@link IllegalArgumentException}
   * @param value one line, otherwise {@link IllegalArgumentException}
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
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Fault(kind, answer, delay, afterExecution, Map.copyOf(more));
  }

  /**
   * The operation is carried out first, then this happens in the place of its answer. With {@link
   * #dropConnection()} or {@link #html(int)}: the request worked, its caller does not learn of it,
   * and under an idempotency key the proper answer is stored. With {@link #status(int)}: it worked,
   * and the failure is stored.
   */
  public Fault afterExecution() {
    return new Fault(kind, answer, delay, true, headers);
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

  /** Whether the API gets to see the request at all. */
  boolean reachesApi() {
    return afterExecution || (kind != Kind.GATEWAY_ANSWER && kind != Kind.DROP);
  }

  /** What the API does in the place of the operation. */
  Supplier<Answer> inPlaceOf(Supplier<Answer> operation) {
    if (kind != Kind.API_ANSWER) {
      return operation;
    }
    return () -> {
      if (afterExecution) {
        Answer unused = operation.get();
      }
      return Objects.requireNonNull(answer);
    };
  }

  /** What comes from in front of the API; null when that passes the API's answer on. */
  @Nullable Answer gatewayAnswer() {
    return kind == Kind.GATEWAY_ANSWER ? answer : null;
  }

  @Override
  public String toString() {
    return "Fault["
        + kind.name().toLowerCase(Locale.ROOT)
        + (answer == null ? "" : " " + answer.status())
        + (delay.isZero() ? "" : " after " + delay)
        + (afterExecution ? " after execution" : "")
        + "]";
  }
}
