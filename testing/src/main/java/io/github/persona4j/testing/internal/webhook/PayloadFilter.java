package io.github.persona4j.testing.internal.webhook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides whether a filter is a subset of a payload. Keys are compared as they are. */
final class PayloadFilter {
  private static final String OR = "$or";

  private PayloadFilter() {}

  static boolean accepts(JsonElement filter, @Nullable JsonElement payload) {
    if (filter instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        boolean accepted =
            entry.getKey().equals(OR)
                ? any(entry.getValue(), payload)
                : payload instanceof JsonObject given
                    && accepts(entry.getValue(), given.get(entry.getKey()));
        if (!accepted) {
          return false;
        }
      }
      return true;
    }
    if (filter instanceof JsonArray wanted) {
      return payload instanceof JsonArray given && containsAll(given, wanted);
    }
    return filter.equals(payload);
  }

  private static boolean any(JsonElement alternatives, @Nullable JsonElement payload) {
    if (alternatives instanceof JsonArray array) {
      for (JsonElement alternative : array) {
        if (accepts(alternative, payload)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean containsAll(JsonArray given, JsonArray wanted) {
    for (JsonElement item : wanted) {
      boolean found = false;
      for (JsonElement candidate : given) {
        found |= accepts(item, candidate);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }
}
