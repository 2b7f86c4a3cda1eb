package io.github.persona4j.testing;

import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer before it goes out. It does not change, so a stored answer can be sent again. */
record Answer(int status, Map<String, String> headers, String body) {

  static Answer json(int status, JsonElement document) {
    return text(status, "application/json; charset=utf-8", document.toString());
  }

  static Answer text(int status, String contentType, String text) {
    return new Answer(status, Map.of("Content-Type", contentType), text);
  }

  /** The same answer with more headers; those it already has are kept. */
  Answer withDefaultHeaders(Map<String, String> defaults) {
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.putAll(headers);
    return new Answer(status, all, body);
  }

  /** The same answer with these headers in the place of its own ones of the same name. */
  Answer withHeaders(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Answer(status, all, body);
  }
}
