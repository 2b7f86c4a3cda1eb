package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.description.Operation;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations that follow from the description: list, retrieve, create, update and delete. */
final class GenericOperations {
  private final Operations operations;
  private final ObjectStore store;
  private final Pages pages;
  private final Filters filters;

  GenericOperations(Operations operations, ObjectStore store, Pages pages, Filters filters) {
    this.operations = operations;
    this.store = store;
    this.pages = pages;
    this.filters = filters;
  }

  /** Returns what executes an operation by its shape; null if it has no generic one. */
  @Nullable OperationHandler handler(Operation operation) {
    if (operation.dataTypes().isEmpty()) {
      return null;
    }
    boolean hasObject = operation.pathResource() != null;
    boolean collection = !operation.path().contains("{");
    String name = operation.name();
    OperationHandler handler = null;
    switch (operation.method()) {
      case "GET" -> {
        if (hasObject && operation.path().endsWith("}")) {
          handler = this::retrieve;
        } else if (collection && operation.pagination() != null) {
          handler = this::list;
        }
      }
      case "POST" -> handler = collection && name.startsWith("create") ? this::create : null;
      case "PATCH" -> handler = hasObject ? this::update : null;
      case "DELETE" -> {
        if (hasObject) {
          handler = name.startsWith("archive") ? this::archive : this::redact;
        }
      }
      default -> {}
    }
    return handler;
  }

  private OperationResult retrieve(OperationCall call) {
    return OperationResult.of(call.object());
  }

  private OperationResult list(OperationCall call) {
    Query query = call.query();
    String family = StoredObject.family(call.operation().dataTypes().iterator().next());
    return OperationResult.document(
        pages.page(
            call.request().path(),
            Pages.Wanted.of(query),
            family,
            filters.of(call.operation(), query)));
  }

  private OperationResult create(OperationCall call) {
    StoredObject draft = operations.drafts().empty(typeOf(call));
    return OperationResult.of(
        operations.create(operations.drafts().with(draft, call.attributes()), call));
  }

  /** Returns the type of the new object; where several are possible, the request has it. */
  private static String typeOf(OperationCall call) {
    Set<String> types = call.operation().dataTypes();
    if (types.size() == 1) {
      return types.iterator().next();
    }
    String type =
        call.body().get("data") instanceof JsonObject data
            ? OperationCall.text(data, "type")
            : null;
    if (type == null || !types.contains(type)) {
      throw ApiFailure.unprocessable("/data/type", "The type is unknown.");
    }
    return type;
  }

  private OperationResult update(OperationCall call) {
    return OperationResult.of(update(call.object(), call.attributes()));
  }

  StoredObject update(StoredObject object, JsonObject attributes) {
    StoredObject changed =
        operations.change(object, former -> operations.drafts().with(former, attributes));
    operations.record(changed, "updated-fields");
    if (!Objects.equals(object.status(), changed.status())
        || !Objects.equals(object.text("account-status"), changed.text("account-status"))) {
      operations.record(changed, "status-updated");
    }
    if (!Objects.equals(object.relatedId("case-queue"), changed.relatedId("case-queue"))) {
      operations.record(changed, "queue-updated");
    }
    return changed;
  }

  private OperationResult archive(OperationCall call) {
    StoredObject archived =
        store.update(
            call.object().id(),
            former ->
                former.attribute("archived-at") instanceof JsonNull
                    ? operations
                        .drafts()
                        .touched(former.with("status", "archived").with("archived-at", store.now()))
                    : former);
    return OperationResult.of(archived);
  }

  private OperationResult redact(OperationCall call) {
    StoredObject object = call.object();
    if (object.text("redacted-at") != null) {
      return OperationResult.of(object);
    }
    StoredObject redacted = operations.change(object, operations.drafts()::redacted);
    operations.record(redacted, "redacted");
    return OperationResult.of(redacted);
  }
}
