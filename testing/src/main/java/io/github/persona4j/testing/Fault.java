package io.github.persona4j.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.FakeResponse;
import io.github.persona4j.testing.internal.http.FaultEffect;
import io.github.persona4j.testing.internal.http.FaultEffect.Kind;
import io.github.persona4j.testing.internal.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A failure of one request, queued with {@link FakePersona#failNext(Fault...)} or chosen by a rule
 * of {@link FakePersona#faults()}.
 *
 * <p>{@link #status(int)} is a response of the API itself: key and rate limit are checked first,
 * and for a POST with an idempotency key the failure is stored under that key, as the API does
 * (except 401 and 429). {@link #html(int)} and {@link #body(String)} are responses of a gateway in
 * front of the API: nothing is stored and no header of the API is sent. In both cases the operation
 * is not executed, unless {@link #afterExecution()} is set.
 *
 * <p>Immutable, so a fault may be queued several times and shared between threads. Methods throw
 * {@link NullPointerException} if an argument is null.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#failures -->
 *
 * <pre>{@code
 * fake.failNext(
 *     Fault.status(429).retryAfter(Duration.ofSeconds(2)),
 *     Fault.dropConnection().afterExecution(), // executed, but the caller gets no response
 *     Fault.html(502));
 * }</pre>
 */
public final class Fault {
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

  private final FaultEffect effect;

  private Fault(FaultEffect effect) {
    this.effect = effect;
  }

  private static Fault of(Kind kind, @Nullable FakeResponse response) {
    return new Fault(FaultEffect.of(kind, response));
  }

  static List<FaultEffect> effects(Fault... faults) {
    return Arrays.stream(Objects.requireNonNull(faults, "faults"))
        .map(fault -> Objects.requireNonNull(fault, "fault").effect)
        .toList();
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
    return of(Kind.API_RESPONSE, ApiFailure.titleOnly(status, title).response());
  }

  /**
   * An HTML page of a gateway, without any header of the API.
   *
   * @param status 200 to 599, otherwise {@link IllegalArgumentException}; 204 and 304 are rejected
   *     because they have no body
   */
  public static Fault html(int status) {
    return of(
        Kind.GATEWAY_RESPONSE,
        FakeResponse.of(
            withBody(status),
            "text/html; charset=utf-8",
            "<!DOCTYPE html><html><head><title>"
                + status
                + "</title></head>"
                + "<body><h1>The gateway received no response</h1></body></html>\n"));
  }

  /** A response with status 200, content type JSON and this body, which need not be JSON. */
  public static Fault body(String body) {
    return body(200, "application/json; charset=utf-8", body);
  }

  /**
   * A response of a gateway with any body, such as a text with status 502.
   *
   * @param status 200 to 599, otherwise {@link IllegalArgumentException}; 204 and 304 are rejected
   *     because they have no body
   * @param contentType of one line, otherwise {@link IllegalArgumentException}
   */
  public static Fault body(int status, String contentType, String body) {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
    return of(
        Kind.GATEWAY_RESPONSE,
        FakeResponse.of(withBody(status), line("contentType", contentType), body));
  }

  /**
   * The regular response with another content type, such as {@code text/html}.
   *
   * @param contentType of one line, otherwise {@link IllegalArgumentException}
   */
  public static Fault contentType(String contentType) {
    return none().header("Content-Type", line("contentType", contentType));
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
    return none().after(delay);
  }

  /**
   * Adds a code and a JSON pointer to the error of {@link #status}, such as 422 with {@code
   * invalid_value} and {@code /data/attributes/birthdate}.
   *
   * @throws IllegalStateException if this is not an error of the API with one error
   */
  public Fault error(String code, String pointer) {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(pointer, "pointer");
    return withError(
        error -> {
          error.addProperty("code", code);
          error.add("source", Json.object("pointer", pointer));
        });
  }

  /**
   * Adds details to the error of {@link #status}.
   *
   * @throws IllegalStateException if this is not an error of the API with one error
   */
  public Fault details(String details) {
    Objects.requireNonNull(details, "details");
    return withError(error -> error.addProperty("details", details));
  }

  private Fault withError(Consumer<JsonObject> change) {
    JsonElement errors =
        JsonParser.parseString(apiResponse().bodyText()) instanceof JsonObject document
            ? document.get("errors")
            : null;
    if (!(errors instanceof JsonArray array)
        || array.size() != 1
        || !(array.get(0) instanceof JsonObject error)) {
      throw new IllegalStateException("only for an error of the API with one error");
    }
    change.accept(error);
    return with(apiResponse().withBody(Json.object("errors", array).toString()));
  }

  /**
   * Replaces the whole body of an error of the API. Unlike with {@link #body(String)}, the response
   * has the headers of the API and is stored under the idempotency key.
   *
   * @param json the body; it need not be JSON
   * @throws IllegalStateException if this is not an error of the API
   */
  public Fault json(String json) {
    return with(apiResponse().withBody(Objects.requireNonNull(json, "json")));
  }

  private FakeResponse apiResponse() {
    FakeResponse response = effect.response();
    if (response == null || effect.kind() != Kind.API_RESPONSE) {
      throw new IllegalStateException("only for Fault.status");
    }
    return response;
  }

  private Fault with(FakeResponse response) {
    return new Fault(
        new FaultEffect(
            effect.kind(), response, effect.delay(), effect.afterExecution(), effect.headers()));
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
    Map<String, String> all = new LinkedHashMap<>(effect.headers());
    all.put(name, line("value", value));
    return new Fault(
        new FaultEffect(
            effect.kind(),
            effect.response(),
            effect.delay(),
            effect.afterExecution(),
            Map.copyOf(all)));
  }

  private static String line(String name, String value) {
    Objects.requireNonNull(value, name);
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(name + " must be one line");
    }
    return value;
  }

  private static int withBody(int status) {
    if (status < 200 || status > 599 || status == 204 || status == 304) {
      throw new IllegalArgumentException("status must be from 200 to 599 and allow a body");
    }
    return status;
  }

  /**
   * Executes the operation first; this fault then replaces its response. With {@link
   * #dropConnection()} or {@link #html(int)} the caller is not notified that the request succeeded,
   * and the regular response is stored under the idempotency key. With {@link #status(int)} the
   * failure is stored.
   */
  public Fault afterExecution() {
    return new Fault(
        new FaultEffect(effect.kind(), effect.response(), effect.delay(), true, effect.headers()));
  }

  /**
   * Delays this fault. Closing the fake ends the delay.
   *
   * @param delay not negative, otherwise {@link IllegalArgumentException}
   */
  public Fault after(Duration delay) {
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("delay must not be negative");
    }
    return new Fault(
        new FaultEffect(
            effect.kind(), effect.response(), delay, effect.afterExecution(), effect.headers()));
  }

  @Override
  public String toString() {
    return effect.toString();
  }
}
