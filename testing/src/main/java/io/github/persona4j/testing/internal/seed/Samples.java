package io.github.persona4j.testing.internal.seed;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.ResourceType;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.Ids;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.Map;
import java.util.Objects;
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
          "batch-job-error",
          "event",
          "importer-pipeline",
          "importer-pipeline-run",
          "inquiry-template",
          "inquiry-template-translations",
          "inquiry-template-version",
          "webhook-event",
          "workflow-run");

  private Samples() {}

  static void addTo(ObjectStore store) {
    ApiDescription description = ApiDescription.get();
    for (ResourceType type : description.resourceTypes()) {
      String id = type.sampleId();
      if (id != null && !type.isCreated() && !WITHOUT_SAMPLE.contains(type.type())) {
        // The examples of several types have the same id.
        String unique = store.find(id) == null ? id : Ids.of(type.idPrefix(), type.type());
        add(store, type, unique);
      }
    }
    ResourceType accountType = description.resourceType("account-type");
    if (accountType != null) {
      add(store, accountType, Account.TYPE);
    }
  }

  private static void add(ObjectStore store, ResourceType type, String id) {
    store.add(StoredObject.lazy(type.type(), id, Catalog.CREATED, new SampleContent(type, store)));
  }

  /** The sample, with references only to objects that are in the store. */
  private record SampleContent(ResourceType type, ObjectStore store)
      implements StoredObject.Content {
    private JsonObject sample() {
      return Objects.requireNonNull(type.sample(), "sample");
    }

    @Override
    public JsonObject attributes() {
      return sample().getAsJsonObject("attributes");
    }

    @Override
    public JsonObject relationships() {
      JsonObject kept = new JsonObject();
      if (sample().get("relationships") instanceof JsonObject relationships) {
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
