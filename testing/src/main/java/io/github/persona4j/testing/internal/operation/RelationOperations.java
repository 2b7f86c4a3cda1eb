package io.github.persona4j.testing.internal.operation;

import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The operations on relations between accounts and transactions. A relation has a key, which the
 * type of the account or transaction defines; the fake accepts any.
 */
final class RelationOperations {
  private record Relation(String sourceId, String key, String targetId, Instant createdAt) {}

  private final Operations operations;
  private final ObjectStore store;
  private final List<Relation> relations = new ArrayList<>();

  RelationOperations(Operations operations, ObjectStore store) {
    this.operations = operations;
    this.store = store;
  }

  void register() {
    for (String api : List.of("accounts", "transactions")) {
      operations.on(api + ".addRelation", this::add);
      operations.on(api + ".removeRelation", this::remove);
    }
    operations.on("accounts.listRelations", this::list);
  }

  private OperationResult add(OperationCall call) {
    StoredObject source = call.object();
    StoredObject target = target(call);
    String key = key(call);
    if (find(source, key, target) == null) {
      synchronized (relations) {
        relations.add(new Relation(source.id(), key, target.id(), store.now()));
      }
      if (source.type().equals("transaction")) {
        source = store.update(source.id(), former -> former.withAdded("related-objects", target));
      }
      record(source, "added-relation", key, target);
    }
    return OperationResult.of(source);
  }

  private OperationResult remove(OperationCall call) {
    StoredObject source = call.object();
    StoredObject target = target(call);
    String key = key(call);
    Relation relation = find(source, key, target);
    if (relation != null) {
      boolean linked;
      synchronized (relations) {
        relations.remove(relation);
        String id = source.id();
        linked =
            relations.stream()
                .anyMatch(other -> other.sourceId.equals(id) && other.targetId.equals(target.id()));
      }
      if (source.type().equals("transaction") && !linked) {
        source = store.update(source.id(), former -> former.withRemoved("related-objects", target));
      }
      record(source, "removed-relation", key, target);
    }
    return OperationResult.of(source);
  }

  private OperationResult list(OperationCall call) {
    StoredObject source = call.object("account");
    Query query = call.query();
    String key = Objects.requireNonNullElse(query.get("filter[key]"), "");
    Instant start = time(query.get("filter[created-at-start]"));
    Instant end = time(query.get("filter[created-at-end]"));
    List<StoredObject> related = new ArrayList<>();
    synchronized (relations) {
      for (Relation relation : relations) {
        StoredObject target = store.find(relation.targetId);
        if (target != null
            && relation.sourceId.equals(source.id())
            && relation.key.equals(key)
            && (start == null || !relation.createdAt.isBefore(start))
            && (end == null || !relation.createdAt.isAfter(end))) {
          related.add(0, target); // newest first
        }
      }
    }
    return OperationResult.document(
        operations
            .pages()
            .page(call.request().path(), new Pages.Wanted(null, null, Pages.MAX_SIZE), related));
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }

  private @Nullable Relation find(StoredObject source, String key, StoredObject target) {
    Relation found = null;
    synchronized (relations) {
      for (Relation relation : relations) {
        if (relation.sourceId.equals(source.id())
            && relation.key.equals(key)
            && relation.targetId.equals(target.id())) {
          found = relation;
        }
      }
    }
    return found;
  }

  private static String key(OperationCall call) {
    return Objects.requireNonNull(OperationCall.text(call.meta(), "relation-schema-key"));
  }

  private StoredObject target(OperationCall call) {
    String id = Objects.requireNonNull(OperationCall.text(call.meta(), "target-object-id"));
    StoredObject target = store.find(id);
    if (target == null) {
      throw ApiFailure.notFound();
    }
    if (!target.type().equals("account") && !target.type().equals("transaction")) {
      throw ApiFailure.unprocessable(
          "/meta/target-object-id", "The object must be an account or a transaction.");
    }
    return target;
  }

  private void record(StoredObject source, String action, String key, StoredObject target) {
    operations.record(
        source,
        action,
        Json.object("relation-schema-key", key, "target-" + target.type() + "-id", target.id()));
  }
}
