package io.github.persona4j.webhook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Bodies of webhook requests. */
final class Bodies {
  private static final Pattern WORD = Pattern.compile("-(.)");

  private Bodies() {}

  /** Changes all names outside of {@code fields} to kebab, camel or snake casing. */
  static byte[] recased(byte[] body, String casing) {
    return switch (casing) {
      case "camel" -> recased(body, Bodies::camel);
      case "snake" -> recased(body, Bodies::snake);
      default -> recased(body, UnaryOperator.identity());
    };
  }

  static byte[] inquiry(String id, String name, String createdAt) {
    return event(
        id,
        name,
        createdAt,
        """
        {"type": "inquiry", "id": "inq_1", "attributes": {"status": "approved",
           "reference-id": "user-1", "redacted-at": null,
           "fields": {"name-first": {"type": "string", "value": "Ada"},
                      "loyalty_level": {"type": "integer", "value": 3}}},
         "relationships": {"account": {"data": {"type": "account", "id": "act_1"}},
           "inquiry-template": {"data": {"type": "inquiry-template", "id": "itmpl_1"}}}}
        """);
  }

  static byte[] inquiry(String id) {
    return inquiry(id, "inquiry.approved", "2026-01-28T10:15:30.000Z");
  }

  static byte[] event(String id, String name, String createdAt, String data) {
    return """
        {"data": {"type": "event", "id": "%s", "attributes": {"name": "%s", "created-at": "%s",
         "context": null, "payload": {"data": %s,
         "included": [{"type": "account", "id": "act_1", "attributes": {"reference-id": "user-1"}}]}}}}
        """
        .formatted(id, name, createdAt, data)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] recased(byte[] body, UnaryOperator<String> casing) {
    JsonElement json = JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
    return recased(json, casing).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonElement recased(JsonElement json, UnaryOperator<String> casing) {
    if (json instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        String name = entry.getKey();
        copy.add(
            casing.apply(name),
            name.equals("fields") ? entry.getValue() : recased(entry.getValue(), casing));
      }
      return copy;
    }
    if (json instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(item -> copy.add(recased(item, casing)));
      return copy;
    }
    return json;
  }

  private static String camel(String name) {
    return WORD.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  private static String snake(String name) {
    return name.replace('-', '_');
  }
}
