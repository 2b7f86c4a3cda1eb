package io.github.persona4j.testing.internal.seed;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.Operation;
import io.github.persona4j.testing.internal.description.ResourceType;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.Ids;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One object of each type that the API has no operation to create, such as verifications, devices
 * and workflows: the examples of the description. Read when they are needed.
 */
final class Samples {
  /** Types that have seed data of their own, or of which objects appear in another way. */
  private static final Set<String> WITHOUT_SAMPLE =
      Set.of(
          "account-type",
          "event",
          "importer-pipeline",
          "importer-pipeline-run",
          "inquiry-template",
          "inquiry-template-translations",
          "inquiry-template-version",
          "workflow-run");

  private static final Instant CREATED = Instant.parse("2023-11-01T09:00:00Z");

  private Samples() {}

  static void addTo(ObjectStore store) {
    ApiDescription description = ApiDescription.get();
    Set<String> creatable = new HashSet<>(WITHOUT_SAMPLE);
    for (Operation operation : description.operations()) {
      if (operation.method().equals("POST") && !operation.path().contains("{")) {
        creatable.addAll(operation.dataTypes());
      }
    }
    for (ResourceType type : description.resourceTypes()) {
      if (type.hasSample() && !creatable.contains(type.type())) {
        JsonObject sample = type.sample();
        if (sample != null) {
          String id = sample.get("id").getAsString();
          if (store.find(id) != null) { // the examples of two types have the same
            id = Ids.of(type.idPrefix(), type.type());
          }
          store.add(StoredObject.lazy(type.type(), id, CREATED, new SampleContent(sample, store)));
        }
      }
    }
    JsonObject type = sample(description, "account-type");
    store.add(
        StoredObject.lazy("account-type", Account.TYPE, CREATED, new SampleContent(type, store)));
  }

  private static JsonObject sample(ApiDescription description, String name) {
    ResourceType type = description.resourceType(name);
    JsonObject sample = type == null ? null : type.sample();
    if (sample == null) {
      throw new IllegalStateException("The description has no example of " + name);
    }
    return sample;
  }

  /** The sample, with references only to objects that are in the store. */
  private record SampleContent(JsonObject sample, ObjectStore store)
      implements StoredObject.Content {
    @Override
    public JsonObject attributes() {
      return sample.getAsJsonObject("attributes");
    }

    @Override
    public JsonObject relationships() {
      JsonObject kept = new JsonObject();
      if (sample.get("relationships") instanceof JsonObject relationships) {
        for (Map.Entry<String, JsonElement> entry : relationships.entrySet()) {
          JsonElement data = entry.getValue().getAsJsonObject().get("data");
          kept.add(entry.getKey(), Json.object("data", kept(data)));
        }
      }
      return kept;
    }

    private JsonElement kept(JsonElement data) {
      if (data instanceof JsonArray references) {
        JsonArray kept = new JsonArray();
        for (JsonElement reference : references) {
          if (isKnown(reference)) {
            kept.add(reference);
          }
        }
        return kept;
      }
      return isKnown(data) ? data : JsonNull.INSTANCE;
    }

    private boolean isKnown(JsonElement reference) {
      return reference instanceof JsonObject object
          && store.find(object.get("id").getAsString()) != null;
    }
  }
}
