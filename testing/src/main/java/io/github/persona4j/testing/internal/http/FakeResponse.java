package io.github.persona4j.testing.internal.http;

import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response of the fake. Immutable, so that a stored response can be sent again. */
public record FakeResponse(int status, Map<String, String> headers, String body) {

  public static FakeResponse json(int status, JsonElement document) {
    return of(status, "application/json; charset=utf-8", document.toString());
  }

  public static FakeResponse of(int status, String contentType, String body) {
    return new FakeResponse(status, Map.of("Content-Type", contentType), body);
  }

  /** Returns a copy that also has these headers, except those that it has already. */
  public FakeResponse withDefaultHeaders(Map<String, String> defaults) {
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.putAll(headers);
    return new FakeResponse(status, all, body);
  }

  /** Returns a copy with these headers, which replace headers of the same name. */
  public FakeResponse withHeaders(Map<String, String> replacements) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(replacements);
    return new FakeResponse(status, all, body);
  }
}
