package io.github.persona4j.testing.internal.importer;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.MultipartForm;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.state.Change;
import io.github.persona4j.testing.internal.state.TargetList;
import io.github.persona4j.testing.internal.state.Transitions;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The operations that import CSV files. An importer is pending for a second of the clock; then each
 * row has become an object, or is counted as a duplicate or an error. Thread-safe.
 */
public final class ImportOperations {
  private static final String LIST_ITEMS = "list-items";
  private static final Duration TIME = Duration.ofSeconds(1);

  private final Operations operations;
  private final ObjectStore store;
  private final Transitions transitions;
  private final Timetable timetable;
  private final Map<String, List<String>> errors = new ConcurrentHashMap<>();

  public ImportOperations(
      Operations operations, ObjectStore store, Transitions transitions, Timetable timetable) {
    this.operations = operations;
    this.store = store;
    this.transitions = transitions;
    this.timetable = timetable;
  }

  /** Registers the operations. */
  public void register() {
    on("importAccounts", ImportFormat.accounts());
    on("importEmailAddresses", ImportFormat.emailAddresses());
    on("importGeolocations", ImportFormat.geolocations());
    on("importGovernmentIdNumbers", ImportFormat.governmentIdNumbers());
    on("importIpAddresses", ImportFormat.ipAddresses());
    on("importNames", ImportFormat.names());
    on("importPhoneNumbers", ImportFormat.phoneNumbers());
  }

  private void on(String name, ImportFormat format) {
    operations.on("importers." + name, call -> start(call, format));
  }

  /** Returns the errors of the rows of an importer, each with the number of its row; immutable. */
  public List<String> errors(String importerId) {
    return errors.getOrDefault(importerId, List.of());
  }

  private OperationResult start(OperationCall call, ImportFormat format) {
    boolean form = MultipartForm.isIn(call.request());
    String file = form ? part(call, "file") : base64(call);
    if (file == null) {
      throw ApiFailure.unprocessable("/data/attributes/file", "A CSV file is required.");
    }
    String listId = form ? part(call, "list-id") : OperationCall.text(call.attributes(), "list-id");
    boolean toList = format.objectType().startsWith("list-item/");
    if (toList) {
      StoredObject unused = TargetList.find(store, format.objectType(), listId);
    }
    StoredObject importer =
        transitions.create(
            operations
                .drafts()
                .empty("importer/" + format.objectType())
                .with("successful-count", 0)
                .with("duplicate-count", 0)
                .with("error-count", 0));
    timetable.after(TIME, () -> run(importer, format, file, toList ? listId : null));
    return OperationResult.of(importer);
  }

  private static @Nullable String part(OperationCall call, String name) {
    return MultipartForm.of(call.request()).text("data[attributes][" + name + "]");
  }

  private static @Nullable String base64(OperationCall call) {
    String data =
        call.attributes().get("file") instanceof JsonObject file
            ? OperationCall.text(file, "data")
            : null;
    try {
      return data == null
          ? null
          : new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiFailure.unprocessable("/data/attributes/file/data", "The file must be in base64.");
    }
  }

  private void run(
      StoredObject importer, ImportFormat format, String file, @Nullable String listId) {
    List<List<String>> rows;
    try {
      rows = rows(file);
    } catch (IllegalArgumentException e) {
      errors.put(importer.id(), List.of(String.valueOf(e.getMessage())));
      transitions.apply(importer, "error");
      return;
    }
    store.write(
        () -> {
          Import result = new Import(format, listId);
          for (int i = 1; i < rows.size(); i++) {
            result.add(i, rows.get(0), rows.get(i));
          }
          result.addToList();
          errors.put(importer.id(), List.copyOf(result.errors));
          return transitions.apply(
              importer,
              "finish",
              Change.none()
                  .with("successful-count", result.items.size())
                  .with("duplicate-count", result.duplicates)
                  .with("error-count", result.errors.size()));
        });
  }

  private static List<List<String>> rows(String file) {
    List<List<String>> rows = Csv.read(file);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("The file has no header.");
    }
    return rows;
  }

  /** One run over the rows of a file. */
  private final class Import {
    private final ImportFormat format;
    private final @Nullable String listId;
    private final List<StoredObject> existing;
    private final Set<List<@Nullable String>> keys = new HashSet<>();
    private final List<StoredObject> items = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int duplicates;

    Import(ImportFormat format, @Nullable String listId) {
      this.format = format;
      this.listId = listId;
      this.existing = existing();
      existing.forEach(object -> addKey(object.attributes()));
    }

    private List<StoredObject> existing() {
      StoredObject list = listId == null ? null : store.find(listId);
      return list == null
          ? store.all(format.objectType())
          : list.relatedIds(LIST_ITEMS).stream().map(store::find).filter(Objects::nonNull).toList();
    }

    void add(int number, List<String> header, List<String> row) {
      if (row.size() > header.size()) {
        errors.add("row " + number + ": more values than columns");
        return;
      }
      JsonObject attributes = attributes(header, row);
      String error = format.error(attributes);
      if (error != null) {
        errors.add("row " + number + ": " + error);
      } else if (!addKey(attributes)) {
        duplicates++;
      } else {
        StoredObject draft = operations.drafts().empty(format.objectType());
        StoredObject object = transitions.create(operations.drafts().with(draft, attributes));
        items.add(object);
      }
    }

    /** Adds all at once, because a list with many items takes long to change. */
    void addToList() {
      if (listId != null) {
        List<StoredObject> all = new ArrayList<>(existing);
        all.addAll(items);
        store.update(listId, list -> list.withRelated(LIST_ITEMS, all));
      }
    }

    /** Returns false if there is an object with this key. Objects without a key are all new. */
    private boolean addKey(JsonObject attributes) {
      List<@Nullable String> key = new ArrayList<>();
      for (String name : format.key()) {
        key.add(OperationCall.text(attributes, name));
      }
      return key.stream().allMatch(value -> value == null) || keys.add(key);
    }

    private JsonObject attributes(List<String> header, List<String> row) {
      JsonObject attributes = new JsonObject();
      for (int i = 0; i < row.size(); i++) {
        String name = Inflection.kebab(header.get(i).replace(' ', '-'));
        String value = row.get(i);
        if (!value.isEmpty()) {
          attributes.add(
              name,
              format.isNumber(name) && value.matches("-?\\d+(\\.\\d+)?")
                  ? new JsonPrimitive(new BigDecimal(value))
                  : Json.value(value));
        }
      }
      return attributes;
    }
  }
}
