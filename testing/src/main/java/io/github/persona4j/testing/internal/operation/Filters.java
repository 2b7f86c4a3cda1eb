package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.Operation;
import io.github.persona4j.testing.internal.description.Operation.Parameter;
import io.github.persona4j.testing.internal.description.ResourceType;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns the filter parameters of a list into a condition on objects. */
final class Filters {
  /** The longest ending of a plural: inquiry and inquiries. */
  private static final List<String> PLURALS = List.of("", "s", "es");

  private final ApiDescription description;
  private final ObjectStore store;

  Filters(ApiDescription description, ObjectStore store) {
    this.description = description;
    this.store = store;
  }

  /** Returns the condition that all filters of the query are met. */
  Predicate<StoredObject> of(Operation operation, Query query) {
    Predicate<StoredObject> all = object -> true;
    Parameter filter = operation.queryParameter("filter");
    if (filter == null) {
      return all;
    }
    for (String name : filter.schema().properties().keySet()) {
      if (name.equals("identifier")) {
        String key = query.get("filter[identifier][key]");
        String value = query.get("filter[identifier][value]");
        if (key != null && value != null) {
          all = all.and(object -> value.equals(fieldValue(object, key)));
        }
        continue;
      }
      String value = query.get("filter[" + name + ']');
      if (value != null) {
        all = all.and(condition(operation, name, value, query.list("filter[" + name + ']')));
      }
    }
    return all;
  }

  private Predicate<StoredObject> condition(
      Operation operation, String name, String value, @Nullable Set<String> list) {
    if (name.equals("created-at-start")) {
      Instant start = OffsetDateTime.parse(value).toInstant();
      return object -> !object.createdAt().isBefore(start);
    }
    if (name.equals("created-at-end")) {
      Instant end = OffsetDateTime.parse(value).toInstant();
      return object -> !object.createdAt().isAfter(end);
    }
    // A note may contain commas, and a list of values is separated by them.
    Predicate<String> wanted = text -> text.equals(value) || (list != null && list.contains(text));
    String type = operation.dataTypes().iterator().next();
    String family = StoredObject.family(type);
    ResourceType resource = description.resourceType(type);
    if (name.equals("id") || name.equals(family + "-id")) {
      return object -> wanted.test(object.id());
    }
    if (resource != null && !resource.attributes().containsKey(name) && name.endsWith("-id")) {
      String relationship = relationship(resource, name.substring(0, name.length() - 3));
      if (relationship != null) {
        return object -> object.relatedIds(relationship).stream().anyMatch(wanted);
      }
    }
    if (resource != null
        && name.equals("reference-id")
        && !resource.attributes().containsKey(name)) {
      String relationship = relationship(resource, "account");
      if (relationship != null) {
        return object -> isOfAccount(object, relationship, wanted);
      }
    }
    return object -> {
      String text = object.text(name);
      return text != null && wanted.test(text);
    };
  }

  /** Returns the relationship of this name, in the singular or the plural; null if none. */
  private static @Nullable String relationship(ResourceType resource, String singular) {
    Set<String> names = resource.relationships().keySet();
    for (String ending : PLURALS) {
      if (names.contains(singular + ending)) {
        return singular + ending;
      }
    }
    String plural = singular.replaceAll("y$", "ies");
    return names.contains(plural) ? plural : null;
  }

  private boolean isOfAccount(
      StoredObject object, String relationship, Predicate<String> wantedReference) {
    for (String id : object.relatedIds(relationship)) {
      StoredObject account = store.find("account", id);
      String reference = account == null ? null : account.text("reference-id");
      if (reference != null && wantedReference.test(reference)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the value of a field as text; null if it is absent or not a single value. */
  private static @Nullable String fieldValue(StoredObject object, String key) {
    if (!(object.attribute("fields") instanceof JsonObject fields)) {
      return null;
    }
    JsonElement value = fields.get(key) instanceof JsonObject field ? field.get("value") : null;
    return value instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
  }
}
