package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;

/**
 * The attribute that holds the state of a resource. If {@code before} is not empty, the attribute
 * is a timestamp instead: the state is {@code before} until that time, and {@code after} from then
 * on.
 */
record StateAttribute(String name, String before, String after) {
  static final StateAttribute STATUS = new StateAttribute("status", "", "");

  private boolean isTimestamp() {
    return !before.isEmpty();
  }

  /** Returns the state at this time, or an empty string if the resource has none. */
  String read(JsonObject attributes, Instant now) {
    JsonElement value = attributes.get(name);
    boolean absent = value == null || !value.isJsonPrimitive();
    if (isTimestamp()) {
      return absent || Instant.parse(value.getAsString()).isAfter(now) ? before : after;
    }
    return absent ? "" : value.getAsString();
  }

  void write(JsonObject attributes, String state) {
    if (!isTimestamp()) {
      attributes.add(name, new JsonPrimitive(state));
    }
  }
}
