package io.github.persona4j.internal.call;

import io.github.persona4j.json.SafeText;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.resource.Identified;
import io.github.persona4j.resource.ToMany;
import io.github.persona4j.resource.ToOne;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Retrieves the targets of relationships with one request each, one after the other. Checks all
 * targets before anything is sent. Thread-safe.
 */
public final class RelationshipFetcher {
  private final Retrieval.Finder retrievals;
  private final OperationRunner runner;

  public RelationshipFetcher(Retrieval.Finder retrievals, OperationRunner runner) {
    this.retrievals = retrievals;
    this.runner = runner;
  }

  /** Retrieves the target of a relationship; empty if the relationship is empty. */
  public <T extends Identified> Optional<T> fetch(ToOne<T> relationship, RequestOptions options) {
    return fetchEach(one(relationship), options).stream().findFirst();
  }

  /** Retrieves the targets of a relationship, in its order. */
  public <T extends Identified> List<T> fetch(ToMany<T> relationship, RequestOptions options) {
    return fetchEach(many(relationship), options);
  }

  /** Like {@link #fetch(ToOne, RequestOptions)}, without waiting. */
  public <T extends Identified> CompletableFuture<Optional<T>> start(
      ToOne<T> relationship, RequestOptions options) {
    List<ToOne<T>> targets = one(relationship);
    List<Retrieval<?>> retrievals = retrievals(targets, options);
    if (targets.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return start(retrievals.get(0), targets.get(0), Optional::of);
  }

  /** Like {@link #fetch(ToMany, RequestOptions)}, without waiting. */
  public <T extends Identified> CompletableFuture<List<T>> start(
      ToMany<T> relationship, RequestOptions options) {
    List<ToOne<T>> targets = many(relationship);
    return new FetchSequence<>(this, targets, retrievals(targets, options)).start();
  }

  /** Makes one call without waiting. */
  <B, T extends Identified, R> CompletableFuture<R> start(
      Retrieval<B> retrieval, ToOne<T> target, Function<T, R> result) {
    return runner.start(
        retrieval.call(), body -> result.apply(target.target().cast(retrieval.data().apply(body))));
  }

  private <T extends Identified> List<T> fetchEach(List<ToOne<T>> targets, RequestOptions options) {
    List<Retrieval<?>> retrievals = retrievals(targets, options);
    List<T> resources = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      resources.add(targets.get(i).target().cast(run(retrievals.get(i))));
    }
    return List.copyOf(resources);
  }

  private <B> Identified run(Retrieval<B> retrieval) {
    return retrieval.data().apply(runner.run(retrieval.call()));
  }

  private static <T extends Identified> List<ToOne<T>> one(ToOne<T> relationship) {
    return Objects.requireNonNull(relationship, "relationship").isEmpty()
        ? List.of()
        : List.of(relationship);
  }

  private static <T extends Identified> List<ToOne<T>> many(ToMany<T> relationship) {
    return Objects.requireNonNull(relationship, "relationship").targets();
  }

  /** The calls for targets, none of which is empty. */
  private <T extends Identified> List<Retrieval<?>> retrievals(
      List<ToOne<T>> targets, RequestOptions options) {
    Objects.requireNonNull(options, "options");
    List<Retrieval<?>> found = new ArrayList<>();
    for (ToOne<T> target : targets) {
      found.add(retrieval(target, options));
    }
    return found;
  }

  private Retrieval<?> retrieval(ToOne<?> target, RequestOptions options) {
    String type = Objects.requireNonNull(target.type());
    Retrieval<?> retrieval = retrievals.find(type, Objects.requireNonNull(target.id()), options);
    if (!target.target().isAssignableFrom(retrieval.resource())) {
      throw new IllegalArgumentException(
          "relationship: a target has the type "
              + SafeText.of(type)
              + ", which is not that of "
              + target.target().getSimpleName());
    }
    return retrieval;
  }
}
