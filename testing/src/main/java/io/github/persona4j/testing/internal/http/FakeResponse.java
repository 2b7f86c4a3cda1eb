package io.github.persona4j.testing.internal.http;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response of the fake. Immutable, so that a stored response can be sent again. */
public final class FakeResponse {
  private static final String JSON = "application/json; charset=utf-8";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private FakeResponse(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public static FakeResponse json(int status, JsonElement document) {
    return of(status, JSON, document.toString());
  }

  /** A response whose body should be JSON, but is sent as it is. */
  public static FakeResponse json(int status, String body) {
    return of(status, JSON, body);
  }

  public static FakeResponse of(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The body must not be changed afterwards. */
  public static FakeResponse of(int status, String contentType, byte[] body) {
    return new FakeResponse(status, Map.of("Content-Type", contentType), body);
  }

  /** A response without a body, such as 204. */
  public static FakeResponse empty(int status) {
    return new FakeResponse(status, Map.of(), new byte[0]);
  }

  public int status() {
    return status;
  }

  /** Returns the headers by name; unmodifiable. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the bytes, not a copy. */
  public byte[] body() {
    return body;
  }

  /** Returns whether the body is JSON by its content type. */
  public boolean isJson() {
    return headers.getOrDefault("Content-Type", "").startsWith("application/json");
  }

  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns a copy with another body of the same content type. */
  public FakeResponse withBody(String text) {
    return new FakeResponse(status, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a copy that also has these headers, except those that it has already. */
  public FakeResponse withDefaultHeaders(Map<String, String> defaults) {
    return withAll(defaults, headers);
  }

  /** Returns a copy with these headers, which replace headers of the same name. */
  public FakeResponse withHeaders(Map<String, String> replacements) {
    return withAll(headers, replacements);
  }

  private FakeResponse withAll(Map<String, String> first, Map<String, String> second) {
    Map<String, String> all = new LinkedHashMap<>(first);
    all.putAll(second);
    return new FakeResponse(status, Map.copyOf(all), body);
  }
}
