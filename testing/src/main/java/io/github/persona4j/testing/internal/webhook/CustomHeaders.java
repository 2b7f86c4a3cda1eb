package io.github.persona4j.testing.internal.webhook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The additional headers of webhooks by their ids. They may be secret, and responses do not have
 * them. Thread-safe.
 */
public final class CustomHeaders {
  private final Map<String, Map<String, String>> byWebhook = new ConcurrentHashMap<>();

  /** Sets the headers of a webhook from a request; without effect if it has none. */
  void put(String webhookId, @Nullable JsonElement requested) {
    if (requested instanceof JsonObject object) {
      Map<String, String> headers = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> header : object.entrySet()) {
        if (header.getValue() instanceof JsonPrimitive value) {
          headers.put(header.getKey(), value.getAsString());
        }
      }
      byWebhook.put(webhookId, headers);
    }
  }

  void copy(String fromId, String toId) {
    byWebhook.put(toId, of(fromId));
  }

  Map<String, String> of(String webhookId) {
    return byWebhook.getOrDefault(webhookId, Map.of());
  }
}
