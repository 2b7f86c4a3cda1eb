package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.Ids;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An account; the fake has no operation on accounts, but inquiries include them. */
record Account(
    String id, Instant createdAt, @Nullable String referenceId, Supplier<JsonObject> fields) {

  JsonObject json() {
    return Json.resource(
        "account",
        id,
        Json.object(
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
            fields.get()),
        Json.object("account-type", Json.toOne("account-type", Ids.of("acttp", "User"))));
  }
}
