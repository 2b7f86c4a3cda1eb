package io.github.persona4j.testing.internal.importer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.operation.Pages;
import io.github.persona4j.testing.internal.state.Transitions;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The operations on batch jobs. A job is pending for a second of the clock; then each row has
 * changed or created its object, or has an error. Thread-safe.
 */
public final class BatchJobOperations {
  private static final String TOKEN = "token";
  private static final String REFERENCE_ID = "reference-id";
  private static final String ACCOUNT_TYPE_ID = "account-type-id";
  private static final Set<String> KEYS = Set.of(TOKEN, REFERENCE_ID, ACCOUNT_TYPE_ID);
  private static final Duration TIME = Duration.ofSeconds(1);

  private final Operations operations;
  private final ObjectStore store;
  private final Transitions transitions;
  private final Timetable timetable;
  private final Map<String, List<StoredObject>> errors = new ConcurrentHashMap<>();

  public BatchJobOperations(
      Operations operations, ObjectStore store, Transitions transitions, Timetable timetable) {
    this.operations = operations;
    this.store = store;
    this.transitions = transitions;
    this.timetable = timetable;
  }

  /** Registers the operations. */
  public void register() {
    operations.on("batchJobs.create", this::create);
    operations.on("batchJobs.listErrors", this::listErrors);
  }

  private OperationResult create(OperationCall call) {
    if (!(call.attributes().get("rows") instanceof JsonArray rows) || rows.isEmpty()) {
      throw ApiFailure.unprocessable("/data/attributes/rows", "At least one row is required.");
    }
    StoredObject job = transitions.create(operations.drafts().empty("batch-job"));
    JsonArray copy = rows.deepCopy();
    timetable.after(TIME, () -> run(job, copy, call));
    return OperationResult.of(job);
  }

  private void run(StoredObject job, JsonArray rows, OperationCall call) {
    StoredObject current = store.find(job.id());
    if (current == null || !transitions.state(current).equals("pending")) {
      return; // it was canceled
    }
    store.write(
        () -> {
          StoredObject unused = transitions.apply(job, "start");
          List<StoredObject> failed = new ArrayList<>();
          for (int i = 0; i < rows.size(); i++) {
            String error = change(rows.get(i), call);
            if (error != null) {
              failed.add(error(i + 1, error));
            }
          }
          errors.put(job.id(), List.copyOf(failed));
          return transitions.apply(job, "complete");
        });
  }

  /** Changes or creates the object of a row; returns what is wrong with it, or null. */
  private @Nullable String change(JsonElement row, OperationCall call) {
    if (!(row instanceof JsonObject values)) {
      return "not an object";
    }
    String token = OperationCall.text(values, TOKEN);
    String reference = OperationCall.text(values, REFERENCE_ID);
    if (token == null && reference == null) {
      return "no token and no reference-id";
    }
    StoredObject object =
        token != null ? store.find(token) : store.accountByReference(String.valueOf(reference));
    boolean creates = object == null && token == null && values.has(ACCOUNT_TYPE_ID);
    try {
      if (creates) {
        StoredObject unused = operations.createAccount(values, call);
        return null;
      }
      if (object == null || !Set.of("account", "inquiry").contains(object.type())) {
        return "no such account or inquiry";
      }
      JsonObject attributes = values.deepCopy();
      KEYS.forEach(attributes::remove);
      StoredObject unused = operations.update(object, attributes);
      return null;
    } catch (ApiFailure e) {
      return String.valueOf(e.getMessage());
    }
  }

  private StoredObject error(int row, String details) {
    return StoredObject.of(
        "batch-job-error",
        store.newId("btje"),
        store.now(),
        Json.object("row-number", row, "details", details),
        new JsonObject());
  }

  private OperationResult listErrors(OperationCall call) {
    StoredObject job = call.object("batch-job");
    Pages.Wanted wanted = Pages.Wanted.of(call.query());
    List<StoredObject> all = errors.getOrDefault(job.id(), List.of());
    return OperationResult.document(operations.pages().page(call.request().path(), wanted, all))
        .withMeta("errors", List.of());
  }
}
