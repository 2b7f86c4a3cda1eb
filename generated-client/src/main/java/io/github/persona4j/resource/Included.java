package io.github.persona4j.resource;

import com.google.gson.annotations.JsonAdapter;
import io.github.persona4j.json.GsonAdapters;
import io.github.persona4j.json.JsonWritable;
import io.github.persona4j.json.UnexpectedTypeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The included resources of a response, which can be looked up by relationship.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#included -->
 *
 * <pre>{@code
 * Included<Resource> resources = Included.of(response.included());
 * Optional<Account> found = resources.related(inquiry.account());
 * }</pre>
 *
 * <p>A response includes only the resources that the query asks for, so a resource that is not
 * found here may still exist.
 *
 * <p>No resource is lost. One of a type that this client does not know is an {@code Unknown}: that
 * of the union that the relationship points to, such as {@code Verification.Unknown}, otherwise
 * {@code Resource.Unknown}. One of a class that the relationship does not point to is not among the
 * related resources, and {@link #find(ToOne)} returns it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the interface of all resources
 */
@JsonAdapter(GsonAdapters.class)
public final class Included<R extends Identified> implements JsonWritable {
  private final List<R> resources;
  private final Map<Key, R> byKey;

  private Included(List<R> resources, Map<Key, R> byKey) {
    this.resources = resources;
    this.byKey = byKey;
  }

  /**
   * Returns the included resources of a response.
   *
   * @param included the {@code included} member of the response; null, as in a response without it,
   *     means no resources. If a resource is included twice, the first one counts. What is not a
   *     resource with a type and an ID cannot be found, and does not affect the others
   */
  public static <R extends Identified> Included<R> of(
      @Nullable List<? extends @Nullable R> included) {
    List<R> resources = new ArrayList<>();
    Map<Key, R> byKey = new HashMap<>();
    List<? extends @Nullable R> received = included == null ? List.of() : included;
    for (int i = 0; i < received.size(); i++) {
      try {
        R resource = received.get(i);
        if (resource != null
            && byKey.putIfAbsent(new Key(resource.type(), resource.id()), resource) == null) {
          resources.add(resource);
        }
      } catch (UnexpectedTypeException e) {
        // Only the accessors of a value of another type fail.
      }
    }
    return new Included<>(resources, byKey);
  }

  /**
   * Returns the target of a relationship.
   *
   * @return the resource; empty if the relationship is empty, or if its target is not included or
   *     is of another class
   */
  public <T extends Identified> Optional<T> related(ToOne<T> relationship) {
    Optional<R> found = find(relationship);
    return found.isPresent() ? relationship.cast(found.get()) : relationship.embedded();
  }

  /**
   * Returns the targets of a relationship, in its order. Targets that are not included, or are of
   * another class, are left out: {@link #missing} has them.
   *
   * @return an unmodifiable list
   */
  public <T extends Identified> List<T> related(ToMany<T> relationship) {
    return Objects.requireNonNull(relationship, "relationship").targets().stream()
        .flatMap(target -> related(target).stream())
        .toList();
  }

  /**
   * Returns those targets of a relationship that are of a class, in its order.
   *
   * @param type such as {@code GovernmentIdVerification.class}
   * @return an unmodifiable list
   */
  public <T extends Identified> List<T> related(ToMany<? super T> relationship, Class<T> type) {
    Objects.requireNonNull(type, "type");
    return related(relationship).stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * Returns the targets that {@link #related(ToMany)} leaves out, in the order of the relationship.
   *
   * @return an unmodifiable list
   */
  public <T extends Identified> List<ToOne<T>> missing(ToMany<T> relationship) {
    return Objects.requireNonNull(relationship, "relationship").targets().stream()
        .filter(target -> related(target).isEmpty())
        .toList();
  }

  /** Finds the target of a relationship, of any class; empty if it is not included. */
  public Optional<R> find(ToOne<?> relationship) {
    String type = Objects.requireNonNull(relationship, "relationship").type();
    String id = relationship.id();
    return type == null || id == null ? Optional.empty() : find(type, id);
  }

  /**
   * Finds the resource with this type, such as {@code account}, and ID; empty if it is not
   * included.
   */
  public Optional<R> find(String type, String id) {
    return Optional.ofNullable(
        byKey.get(new Key(Objects.requireNonNull(type, "type"), Objects.requireNonNull(id, "id"))));
  }

  /** Returns all resources of a class, in the order of the response. Unmodifiable. */
  public <T extends R> List<T> all(Class<T> type) {
    Objects.requireNonNull(type, "type");
    List<T> found = new ArrayList<>();
    for (R resource : resources) {
      if (type.isInstance(resource)) {
        found.add(type.cast(resource));
      }
    }
    return List.copyOf(found);
  }

  /** Returns the resources as a list, as a response has them. */
  @Override
  public String toJson() {
    return resources.stream().map(Relationships::json).collect(Collectors.joining(",", "[", "]"));
  }

  /** Shows the number of resources and none of their values. */
  @Override
  public String toString() {
    return "Included{" + resources.size() + " resources}";
  }

  private record Key(String type, String id) {}
}
