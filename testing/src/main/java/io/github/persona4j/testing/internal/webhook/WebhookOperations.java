package io.github.persona4j.testing.internal.webhook;

import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** The operations on webhooks that handle secrets. */
public final class WebhookOperations {
  private static final Duration DEFAULT_OVERLAP = Duration.ofDays(1);

  private WebhookOperations() {}

  /** Registers the operations. */
  public static void register(Operations operations, ObjectStore store, InstantSource clock) {
    operations.on("webhooks.rotateSecret", call -> rotate(call, store, clock));
  }

  private static OperationResult rotate(
      OperationCall call, ObjectStore store, InstantSource clock) {
    StoredObject webhook = call.object("webhook");
    if ("archived".equals(webhook.status())) {
      throw ApiFailure.of(409, "Conflict", "An archived webhook cannot be changed.");
    }
    Duration overlap =
        call.meta().get("expires-in-seconds") instanceof JsonPrimitive seconds
            ? Duration.ofSeconds(seconds.getAsLong())
            : DEFAULT_OVERLAP;
    StoredObject rotated =
        store.update(
            webhook.id(), old -> rotated(old, newSecret(store), clock.instant().plus(overlap)));
    return OperationResult.of(rotated);
  }

  /** Returns a new secret. */
  public static String newSecret(ObjectStore store) {
    return store.newId("wbhsec");
  }

  /** Returns a webhook whose secret is replaced; the former one is valid until a time. */
  public static StoredObject rotated(StoredObject webhook, String secret, Instant formerExpiresAt) {
    String former = Objects.requireNonNullElse(webhook.text("secret"), "");
    return webhook
        .with("secret", secret)
        .with(
            "secrets",
            List.of(
                Json.object("value", secret, "expires-at", null),
                Json.object("value", former, "expires-at", formerExpiresAt)));
  }
}
