package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
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

  TagOperations(Operations operations) {
    this.operations = operations;
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
    StoredObject changed = operations.change(object, former -> former.with("tags", tags));
    added.forEach(tag -> operations.record(changed, "tag-added", Json.object("tag-name", tag)));
    removed.forEach(tag -> operations.record(changed, "tag-removed", Json.object("tag-name", tag)));
    operations.record(changed, "updated-tags", Json.object("added", added, "removed", removed));
    return OperationResult.of(changed);
  }
}
