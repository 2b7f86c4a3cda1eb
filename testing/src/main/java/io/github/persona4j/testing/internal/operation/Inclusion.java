package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.Operation;
import io.github.persona4j.testing.internal.description.ResourceType;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the objects that {@code include} requests, at most one level of nesting deep. */
final class Inclusion {
  private static final int MAX_DEPTH = 2;

  private final ApiDescription description;
  private final ObjectStore store;

  Inclusion(ApiDescription description, ObjectStore store) {
    this.description = description;
    this.store = store;
  }

  /**
   * Returns the requested paths of relationships in kebab casing; null if nothing is requested.
   *
   * @throws ApiFailure with 400 if a resource does not have a relationship, or if a path is too
   *     long
   */
  @Nullable List<List<String>> paths(Operation operation, Query query) {
    Set<String> list = query.list("include");
    if (list == null) {
      return null;
    }
    List<List<String>> paths = new ArrayList<>();
    for (String item : list) {
      List<String> path = new ArrayList<>();
      for (String name : item.split("\\.", -1)) {
        path.add(Inflection.kebab(name));
      }
      if (path.size() > MAX_DEPTH) {
        throw ApiFailure.badRequest("include allows one level of nesting.");
      }
      check(operation.dataTypes(), path);
      paths.add(path);
    }
    return paths;
  }

  private void check(Set<String> types, List<String> path) {
    Set<String> current = types;
    for (String name : path) {
      Set<String> next = new LinkedHashSet<>();
      boolean known = current.isEmpty();
      for (String type : current) {
        ResourceType resource = description.resourceType(type);
        if (resource == null) {
          known = true; // nothing is known of it
        } else if (resource.relationships().containsKey(name)) {
          known = true;
          next.addAll(resource.relatedTypes(name));
        }
      }
      if (!known) {
        throw ApiFailure.badRequest(
            "include names a relationship that the resource does not have.");
      }
      current = next;
    }
  }

  /** Returns the resources; each once, with those between an object and a nested one. */
  JsonArray included(StoredObject object, List<List<String>> paths) {
    Map<String, StoredObject> found = new LinkedHashMap<>();
    for (List<String> path : paths) {
      List<StoredObject> current = List.of(object);
      for (String name : path) {
        List<StoredObject> next = new ArrayList<>();
        for (StoredObject from : current) {
          for (String id : from.relatedIds(name)) {
            StoredObject related = store.find(id);
            if (related != null) {
              next.add(related);
              found.put(id, related);
            }
          }
        }
        current = next;
      }
    }
    return Json.array(found.values().stream().map(StoredObject::json).toList());
  }
}
