package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on accounts that are not generic. */
final class AccountOperations {
  private final Operations operations;
  private final ObjectStore store;
  private final EventLog events;

  AccountOperations(Operations operations, ObjectStore store, EventLog events) {
    this.operations = operations;
    this.store = store;
    this.events = events;
  }

  void register() {
    operations.on("accounts.create", this::create);
    operations.on("accounts.consolidate", this::consolidate);
    operations.on("accounts.runAction", this::runAction);
  }

  /** Creates an account, or updates the one that {@code meta.upsert-by} finds. */
  private OperationResult create(OperationCall call) {
    StoredObject existing = byKey(call, OperationCall.text(call.meta(), "upsert-by"));
    if (existing != null) {
      return OperationResult.of(operations.update(existing, call.attributes())).status(200);
    }
    StoredObject draft = withType(operations.drafts().empty("account"), call.attributes());
    return OperationResult.of(operations.create(draft, call)).status(201);
  }

  /**
   * Returns a new account with these attributes, of the type that they name or of the usual one.
   */
  StoredObject withType(StoredObject empty, JsonObject attributes) {
    StoredObject draft = operations.drafts().with(empty, attributes);
    String typeId = draft.relatedId("account-type");
    StoredObject type =
        typeId == null
            ? store.newest("account-type", candidate -> true)
            : store.find("account-type", typeId);
    return type == null
        ? draft
        : draft.withRelated("account-type", type).with("account-type-name", type.text("name"));
  }

  private @Nullable StoredObject byKey(OperationCall call, @Nullable String key) {
    if (key == null) {
      return null;
    }
    if (!key.equals("reference-id")) {
      throw ApiFailure.unprocessable("/meta/upsert-by", "The value must be reference-id.");
    }
    String reference = OperationCall.text(call.attributes(), "reference-id");
    if (reference == null) {
      throw ApiFailure.unprocessable(
          "/data/attributes/reference-id", "upsert-by needs a reference-id.");
    }
    return store.accountByReference(reference);
  }

  /** Moves what belongs to other accounts to this one. */
  private OperationResult consolidate(OperationCall call) {
    StoredObject target = call.object();
    List<StoredObject> sources = new ArrayList<>();
    if (call.meta().get("source-account-ids") instanceof JsonArray ids) {
      for (JsonElement id : ids) {
        StoredObject source = store.find("account", id.getAsString());
        if (source == null) {
          throw ApiFailure.notFound();
        }
        if (source.id().equals(target.id())) {
          throw ApiFailure.unprocessable(
              "/meta/source-account-ids", "An account cannot be consolidated with itself.");
        }
        sources.add(source);
      }
    }
    for (StoredObject source : sources) {
      for (StoredObject inquiry : store.all("inquiry")) {
        if (source.id().equals(inquiry.relatedId("account"))) {
          StoredObject unused =
              store.update(inquiry.id(), former -> former.withRelated("account", target));
        }
      }
      events.record("account.consolidated", source);
    }
    StoredObject changed = operations.touch(target);
    events.record("account.consolidated-with", changed);
    return OperationResult.of(changed);
  }

  private OperationResult runAction(OperationCall call) {
    StoredObject account = call.object();
    StoredObject run = operations.create(operations.drafts().empty("workflow-run"), call);
    return OperationResult.of(account).withMeta("workflow-run-id", run.id());
  }
}
