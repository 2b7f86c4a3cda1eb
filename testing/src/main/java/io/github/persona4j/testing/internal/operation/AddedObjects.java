package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;

/** The operations that add objects to accounts and transactions, or remove them. */
final class AddedObjects {
  private static final String ACCOUNT = "account";
  private static final String RELATED_OBJECTS = "related-objects";

  private final Operations operations;
  private final ObjectStore store;

  AddedObjects(Operations operations, ObjectStore store) {
    this.operations = operations;
    this.store = store;
  }

  void register() {
    operations.on("accounts.addObjects", this::addToAccount);
    operations.on("accounts.removeObjects", this::removeFromAccount);
    operations.on("transactions.addObjects", this::addToTransaction);
    operations.on("transactions.removeObjects", this::removeFromTransaction);
  }

  /**
   * Returns the objects that {@code meta.object-ids} names.
   *
   * @throws ApiFailure with 404 if one does not exist
   */
  static List<StoredObject> named(OperationCall call, ObjectStore store) {
    List<StoredObject> objects = new ArrayList<>();
    if (call.meta().get("object-ids") instanceof JsonArray ids) {
      for (JsonElement id : ids) {
        StoredObject object = store.find(id.getAsString());
        if (object == null) {
          throw ApiFailure.notFound();
        }
        objects.add(object);
      }
    }
    return objects;
  }

  /** Changes an object by each of the objects of a request in turn. */
  static StoredObject each(
      List<StoredObject> objects, StoredObject former, BinaryOperator<StoredObject> change) {
    StoredObject changed = former;
    for (StoredObject object : objects) {
      changed = change.apply(changed, object);
    }
    return changed;
  }

  private OperationResult addToAccount(OperationCall call) {
    StoredObject account = call.object();
    List<StoredObject> objects = named(call, store);
    for (StoredObject object : objects) {
      if (!belongsToAccounts(object)) {
        throw ApiFailure.unprocessable(
            "/meta/object-ids", "An account cannot have an object of this type.");
      }
    }
    for (StoredObject object : objects) {
      StoredObject unused =
          store.update(object.id(), former -> former.withRelated(ACCOUNT, account));
    }
    return OperationResult.of(operations.touch(account));
  }

  private static boolean belongsToAccounts(StoredObject object) {
    return Objects.requireNonNull(ApiDescription.get().resourceType(object.type()))
        .relationships()
        .containsKey(ACCOUNT);
  }

  private OperationResult removeFromAccount(OperationCall call) {
    StoredObject account = call.object();
    for (StoredObject object : named(call, store)) {
      if (account.id().equals(object.relatedId(ACCOUNT))) {
        StoredObject unused =
            store.update(object.id(), former -> former.withRelated(ACCOUNT, (StoredObject) null));
      }
    }
    return OperationResult.of(operations.touch(account));
  }

  private OperationResult addToTransaction(OperationCall call) {
    return changeTransaction(call, (former, object) -> former.withAdded(RELATED_OBJECTS, object));
  }

  private OperationResult removeFromTransaction(OperationCall call) {
    return changeTransaction(call, (former, object) -> former.withRemoved(RELATED_OBJECTS, object));
  }

  private OperationResult changeTransaction(
      OperationCall call, BinaryOperator<StoredObject> change) {
    List<StoredObject> objects = named(call, store);
    return OperationResult.of(
        operations.change(call.object(), former -> each(objects, former, change)));
  }
}
