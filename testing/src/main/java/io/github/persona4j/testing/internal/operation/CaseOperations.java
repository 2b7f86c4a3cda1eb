package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;

/** The operations on cases that do not change their status. */
final class CaseOperations {
  private static final Map<String, String> RELATIONSHIPS =
      Map.of(
          "account", "accounts",
          "inquiry", "inquiries",
          "report", "reports",
          "transaction", "txns",
          "verification", "verifications");

  private final Operations operations;
  private final ObjectStore store;
  private final EventLog events;

  CaseOperations(Operations operations, ObjectStore store, EventLog events) {
    this.operations = operations;
    this.store = store;
    this.events = events;
  }

  void register() {
    operations.on("cases.create", this::create);
    operations.on("cases.addObjects", this::addObjects);
    operations.on("cases.removeObjects", this::removeObjects);
    operations.on("cases.assign", this::assign);
  }

  private OperationResult create(OperationCall call) {
    StoredObject draft = operations.drafts().empty("case");
    draft = operations.drafts().with(draft, call.attributes());
    draft = AddedObjects.each(AddedObjects.named(call, store), draft, CaseOperations::withAdded);
    if (call.meta().get("sla-expires-in-seconds") instanceof JsonPrimitive seconds) {
      draft =
          draft.with("sla-expires-at", draft.createdAt().plusSeconds((long) seconds.getAsDouble()));
    }
    int number = store.count("case") + 1;
    return OperationResult.of(operations.create(draft.with("name", "Case " + number), call));
  }

  private OperationResult addObjects(OperationCall call) {
    return change(call, CaseOperations::withAdded);
  }

  private OperationResult removeObjects(OperationCall call) {
    return change(call, (former, object) -> former.withRemoved(relationship(object), object));
  }

  /** Changes a case by each of the objects of a request in turn. */
  private OperationResult change(OperationCall call, BinaryOperator<StoredObject> change) {
    List<StoredObject> objects = AddedObjects.named(call, store);
    StoredObject changed =
        operations.change(call.object(), former -> AddedObjects.each(objects, former, change));
    events.record("case.updated", changed);
    return OperationResult.of(changed);
  }

  private static StoredObject withAdded(StoredObject former, StoredObject object) {
    return former.withAdded(relationship(object), object);
  }

  private static String relationship(StoredObject object) {
    String relationship = RELATIONSHIPS.get(object.family());
    if (relationship == null) {
      throw ApiFailure.unprocessable(
          "/meta/object-ids", "A case cannot have an object of this type.");
    }
    return relationship;
  }

  private OperationResult assign(OperationCall call) {
    String email = Objects.requireNonNull(OperationCall.text(call.meta(), "user-email-address"));
    StoredObject user = user(email);
    StoredObject changed =
        operations.change(
            call.object(),
            former ->
                former
                    .with("assignee-id", user.id())
                    .with("assigned-at", store.now())
                    .with("assigner-id", null)
                    .with("assigner-type", "api-key"));
    events.record("case.assigned", changed);
    return OperationResult.of(changed);
  }

  /** Returns the user with this email address, who is added if there is none. */
  private StoredObject user(String email) {
    StoredObject existing = store.newest("user", user -> email.equals(user.text("email-address")));
    if (existing != null) {
      return existing;
    }
    StoredObject user =
        StoredObject.of(
            "user",
            store.newId("user"),
            store.now(),
            Json.object("email-address", email, "name-first", "Member", "name-last", "Added"),
            new JsonObject());
    store.add(user);
    return user;
  }
}
