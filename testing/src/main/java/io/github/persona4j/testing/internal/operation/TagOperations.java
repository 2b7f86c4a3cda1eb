package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.description.EventNames;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operations on tags. A tag is known by its name; an id of a tag is used as its name, since the
 * API has no operations on tags themselves.
 */
final class TagOperations {
  private static final List<String> APIS =
      List.of("accounts", "cases", "inquiries", "reports", "transactions");

  private final Operations operations;
  private final ObjectStore store;
  private final EventLog events;

  TagOperations(Operations operations, ObjectStore store, EventLog events) {
    this.operations = operations;
    this.store = store;
    this.events = events;
  }

  void register() {
    for (String api : APIS) {
      operations.on(api + ".addTag", this::add);
      operations.on(api + ".removeTag", this::remove);
      operations.on(api + ".setTags", this::set);
    }
  }

  private OperationResult add(OperationCall call) {
    Set<String> tags = tags(call.object());
    tags.add(one(call));
    return change(call.object(), tags);
  }

  private OperationResult remove(OperationCall call) {
    Set<String> tags = tags(call.object());
    tags.remove(one(call));
    return change(call.object(), tags);
  }

  private OperationResult set(OperationCall call) {
    Set<String> tags = new LinkedHashSet<>();
    boolean present = false;
    for (String name : List.of("tag-name", "tag-id")) {
      if (call.meta().get(name) instanceof JsonArray array) {
        present = true;
        array.forEach(tag -> tags.add(tag.getAsString()));
      }
    }
    if (!present) {
      throw missing();
    }
    return change(call.object(), tags);
  }

  private static String one(OperationCall call) {
    String name = OperationCall.text(call.meta(), "tag-name");
    String tag = name == null ? OperationCall.text(call.meta(), "tag-id") : name;
    if (tag == null) {
      throw missing();
    }
    return tag;
  }

  private static ApiFailure missing() {
    return ApiFailure.badRequest("meta must have a tag-name or a tag-id.");
  }

  private static Set<String> tags(StoredObject object) {
    Set<String> tags = new LinkedHashSet<>();
    @Nullable JsonElement value = object.attribute("tags");
    if (value instanceof JsonArray array) {
      array.forEach(tag -> tags.add(tag.getAsString()));
    }
    return tags;
  }

  private OperationResult change(StoredObject object, Set<String> tags) {
    Set<String> before = tags(object);
    List<String> added = new ArrayList<>(tags);
    added.removeAll(before);
    List<String> removed = new ArrayList<>(before);
    removed.removeAll(tags);
    if (added.isEmpty() && removed.isEmpty()) {
      return OperationResult.of(object);
    }
    StoredObject changed =
        store.update(object.id(), former -> operations.drafts().touched(former.with("tags", tags)));
    added.forEach(tag -> record(changed, "tag-added", Json.object("tag-name", tag)));
    removed.forEach(tag -> record(changed, "tag-removed", Json.object("tag-name", tag)));
    record(changed, "updated-tags", Json.object("added", added, "removed", removed));
    return OperationResult.of(changed);
  }

  private void record(StoredObject object, String action, JsonObject context) {
    String name = object.family() + '.' + action;
    if (EventNames.contains(name)) {
      events.record(name, object, context);
    }
  }
}
