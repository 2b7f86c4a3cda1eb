package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Files in requests: a response has a link where a request has the bytes as Base64. */
final class Uploads {
  private static final String HOST = "https://files.withpersona.com/";

  private Uploads() {}

  /** Returns the value with links instead of files, at all depths of arrays. */
  static JsonElement stored(JsonElement value) {
    if (value instanceof JsonArray array) {
      JsonArray stored = new JsonArray(array.size());
      array.forEach(item -> stored.add(stored(item)));
      return stored;
    }
    if (value instanceof JsonObject object && isFile(object)) {
      String name = object.get("filename").getAsString();
      return Json.object(
          "filename",
          name,
          "url",
          HOST + URLEncoder.encode(name, StandardCharsets.UTF_8),
          "byte-size",
          size(object.get("data").getAsString()));
    }
    return value;
  }

  private static boolean isFile(JsonObject object) {
    return object.size() == 2
        && OperationCall.text(object, "filename") != null
        && OperationCall.text(object, "data") != null;
  }

  private static int size(String base64) {
    int end = base64.length();
    while (end > 0 && base64.charAt(end - 1) == '=') {
      end--;
    }
    return end * 3 / 4;
  }
}
