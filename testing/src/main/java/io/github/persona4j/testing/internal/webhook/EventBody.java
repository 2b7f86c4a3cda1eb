package io.github.persona4j.testing.internal.webhook;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.LoggedEvent;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Creates the body that a webhook gets for an event, in its casing and within its allowlists. */
final class EventBody {
  private final ObjectStore store;

  EventBody(ObjectStore store) {
    this.store = store;
  }

  JsonObject of(LoggedEvent event, WebhookSettings settings) {
    JsonObject payload =
        Json.object(
            "data", event.object().json(),
            "included", included(event.object(), settings.included(event.name())));
    if (!settings.hasRelationships()) {
      payload.getAsJsonObject("data").remove("relationships");
    }
    new AttributeBlocklist(settings.blocklist()).apply(payload);
    JsonObject data =
        Json.event(event.id(), event.name(), event.createdAt(), payload, event.context());
    return settings.inflection().apply(Json.object("data", data)).getAsJsonObject();
  }

  private JsonArray included(StoredObject object, Set<String> relationships) {
    Map<String, JsonObject> included = new LinkedHashMap<>();
    for (String name : object.relationships().keySet()) {
      if (relationships.contains("*") || relationships.contains(name)) {
        for (String id : object.relatedIds(name)) {
          StoredObject related = store.find(id);
          if (related != null) {
            included.put(id, related.json());
          }
        }
      }
    }
    return Json.array(included.values());
  }
}
