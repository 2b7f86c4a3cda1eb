package io.github.persona4j.testing.internal.access;

import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The operations that create API keys, which can then be used. Thread-safe. */
public final class KeyOperations {
  private static final String TYPE = "api-key";
  private static final String CASING = "Key-Inflection";
  private static final String PREFIX = "persona_sandbox";

  private final Operations operations;
  private final ObjectStore store;
  private final InstantSource clock;

  public KeyOperations(Operations operations, ObjectStore store, InstantSource clock) {
    this.operations = operations;
    this.store = store;
    this.clock = clock;
  }

  /** Registers the operations. */
  public void register() {
    operations.on("apiKeys.create", this::create);
    operations.on("apiKeys.clone", this::copy);
  }

  /** Returns the object of a key that was created through the API and has not expired, or null. */
  public @Nullable StoredObject find(String key) {
    return store.newest(TYPE, object -> key.equals(object.text("value")) && isValid(object));
  }

  /** Returns the request with the casing that its key has as a setting, if it names none. */
  public ApiRequest withCasing(ApiRequest request) {
    StoredObject key = request.header(CASING) == null ? find(request.credential()) : null;
    String casing = key == null ? null : key.text("api-key-inflection");
    return casing == null || Inflection.named(casing) == null
        ? request
        : request.withHeader(CASING, casing);
  }

  private boolean isValid(StoredObject key) {
    Instant end = key.time("expires-at");
    return end == null || clock.instant().isBefore(end);
  }

  private OperationResult create(OperationCall call) {
    StoredObject draft =
        operations
            .drafts()
            .empty(TYPE)
            .with("api-key-inflection", "kebab")
            .with("api-version", "2025-12-08")
            .with("file-access-token-expires-in", 21_600);
    return add(operations.drafts().with(draft, call.attributes()), call);
  }

  private OperationResult copy(OperationCall call) {
    StoredObject former = call.object(TYPE);
    StoredObject draft = operations.drafts().empty(TYPE);
    return add(
        draft
            .withAll(former.attributes())
            .with("created-at", draft.createdAt())
            .with("expires-at", null)
            .with("last-used-at", null),
        call);
  }

  private OperationResult add(StoredObject draft, OperationCall call) {
    return OperationResult.of(operations.create(draft.with("value", store.newId(PREFIX)), call));
  }
}
