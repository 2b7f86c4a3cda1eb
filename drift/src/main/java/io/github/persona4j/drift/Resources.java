package io.github.persona4j.drift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The types of resources that the responses and webhooks of a description contain. */
final class Resources {
  private static final double SIMILAR = 0.65;

  private final SortedMap<String, Set<ObjectShape>> shapes = new TreeMap<>();
  private final Map<String, Set<String>> owners = new HashMap<>();

  /** The operations, webhooks and resources that there are. */
  private final Set<String> places = new HashSet<>();

  Resources(Description description) {
    description
        .operations()
        .forEach(
            (key, operation) ->
                operation
                    .responses()
                    .values()
                    .forEach(
                        response ->
                            response
                                .content()
                                .values()
                                .forEach(schema -> collect(key, schema, false))));
    description
        .webhooks()
        .forEach(
            (name, webhook) -> {
              if (webhook.body() != null) {
                webhook.body().content().values().forEach(s -> collect("webhook " + name, s, true));
              }
            });
  }

  /** Returns the types. */
  Set<String> types() {
    return shapes.keySet();
  }

  /** Returns the shapes of a type, usually one. */
  Set<ObjectShape> shapes(String type) {
    return shapes.getOrDefault(type, Set.of());
  }

  /** Returns the operations, webhooks and resources that contain the type. */
  Set<String> owners(String type) {
    return owners.getOrDefault(type, Set.of());
  }

  private void collect(String owner, Schema schema, boolean webhook) {
    places.add(owner);
    new Walk(owner, webhook).walk(schema, 0);
  }

  private final class Walk {
    private final String owner;
    private final boolean webhook;
    private final Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    Walk(String owner, boolean webhook) {
      this.owner = owner;
      this.webhook = webhook;
    }

    void walk(Schema schema, int depth) {
      if (depth > 100 || !seen.add(schema)) {
        return;
      }
      Shape shape = schema.shape();
      if (shape.array() != null) {
        walk(shape.array().items(), depth + 1);
      }
      for (ObjectShape object : shape.objects()) {
        Set<String> labels = object.isResource() ? object.labels("type") : Set.of();
        if (labels.isEmpty() || (webhook && labels.equals(Set.of("event")) && depth < 2)) {
          walkMembers(object, depth);
        } else {
          labels.forEach(label -> add(label, object));
        }
      }
    }

    private void add(String type, ObjectShape object) {
      owners.computeIfAbsent(type, t -> new TreeSet<>()).add(owner);
      if (shapes.computeIfAbsent(type, t -> new LinkedHashSet<>()).add(object)) {
        places.add("resource " + type);
        new Walk("resource " + type, false).walkMembers(object, 0);
      }
    }

    private void walkMembers(ObjectShape object, int depth) {
      object.properties().values().forEach(property -> walk(property, depth + 1));
      Schema additional = object.additional();
      if (additional != null) {
        walk(additional, depth + 1);
      }
    }
  }

  /**
   * Returns the new names of types that are gone: types at the same places with nearly the same
   * attributes and relationships.
   */
  static Map<String, String> renames(Resources old, Resources now) {
    List<String> gone = new ArrayList<>(old.types());
    gone.removeAll(now.types());
    List<String> added = new ArrayList<>(now.types());
    added.removeAll(old.types());
    Map<String, String> renames = new TreeMap<>();
    for (String type : gone) {
      String best = best(type, old, added, now);
      if (best != null && type.equals(best(best, now, gone, old))) {
        renames.put(type, best);
      }
    }
    return renames;
  }

  private static @Nullable String best(
      String type, Resources of, List<String> candidates, Resources in) {
    String best = null;
    double most = 0;
    for (String candidate : candidates) {
      double similarity = similarity(of.members(type), in.members(candidate));
      if (similarity > most && of.isWhere(type, in, candidate)) {
        most = similarity;
        best = candidate;
      }
    }
    return most >= SIMILAR ? best : null;
  }

  /** Whether most places of one type are places of the other, apart from new and gone places. */
  private boolean isWhere(String type, Resources other, String candidate) {
    Set<String> mine = new HashSet<>(owners(type));
    Set<String> others = new HashSet<>(other.owners(candidate));
    mine.retainAll(other.places);
    others.retainAll(places);
    return !mine.isEmpty() && similarity(mine, others) > 0.5;
  }

  private Set<String> members(String type) {
    Set<String> members = new HashSet<>();
    for (ObjectShape shape : shapes(type)) {
      for (String part : List.of("attributes", "relationships")) {
        Schema schema = shape.property(part);
        if (schema != null) {
          schema
              .shape()
              .objects()
              .forEach(
                  object -> object.properties().keySet().forEach(name -> members.add(part + name)));
        }
      }
    }
    return members;
  }

  static double similarity(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    int all = a.size() + b.size() - both.size();
    return all == 0 ? 1 : (double) both.size() / all;
  }
}
