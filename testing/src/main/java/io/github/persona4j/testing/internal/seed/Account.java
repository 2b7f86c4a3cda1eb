package io.github.persona4j.testing.internal.seed;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.Ids;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A seeded account. */
record Account(String id, Instant createdAt, String referenceId, Supplier<JsonObject> fields)
    implements StoredObject.Content {

  /** The type of all seeded accounts. */
  static final String TYPE = Ids.of("acttp", "User");

  StoredObject stored() {
    return StoredObject.lazy("account", id, createdAt, this);
  }

  @Override
  public @Nullable JsonElement attribute(String name) {
    return name.equals("reference-id") ? Json.value(referenceId) : attributes().get(name);
  }

  @Override
  public JsonObject relationships() {
    return Json.object("account-type", Json.toOne("account-type", TYPE));
  }

  @Override
  public JsonObject attributes() {
    return Json.object(
        "reference-id",
        referenceId,
        "account-type-name",
        "User",
        "account-status",
        "Default",
        "created-at",
        createdAt,
        "updated-at",
        createdAt,
        "redacted-at",
        null,
        "tags",
        List.of(),
        "fields",
        fields.get());
  }
}
