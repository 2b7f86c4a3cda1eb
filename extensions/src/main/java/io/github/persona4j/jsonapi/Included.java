package io.github.persona4j.jsonapi;

import io.github.persona4j.model.Resource;
import io.github.persona4j.model.ResourceIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The included resources of a response, which can be looked up by relationship.
 *
 * <pre>{@code
 * InquiryResponse response = client.inquiries().retrieve(id, query); // asks to include the account
 * Optional<Account> account =
 *     Included.of(response.included())
 *         .find(response.data().relationships().account().data(), Account.class);
 * }</pre>
 *
 * <p>Since API version 2025-10-27 a response includes only the resources that the query asks for,
 * so a resource that is not found here may still exist. A resource of a type that this client does
 * not know is a {@code Resource.Unknown}. Immutable and thread-safe.
 */
public final class Included {
  private final Map<Key, Resource> resources;

  private Included(Map<Key, Resource> resources) {
    this.resources = resources;
  }

  /**
   * Returns the included resources of a response.
   *
   * @param included the {@code included} member of the response; null, as in a response without it,
   *     means no resources
   */
  public static Included of(@Nullable List<? extends Resource> included) {
    Map<Key, Resource> byKey = new LinkedHashMap<>();
    if (included != null) {
      for (Resource resource : included) {
        byKey.putIfAbsent(new Key(resource.type(), resource.id()), resource);
      }
    }
    return new Included(byKey);
  }

  /**
   * Finds the resource with this type, such as {@code account}, and ID; empty if it is not
   * included.
   */
  public Optional<Resource> find(String type, String id) {
    return Optional.ofNullable(
        resources.get(
            new Key(Objects.requireNonNull(type, "type"), Objects.requireNonNull(id, "id"))));
  }

  /**
   * Finds the resource that a relationship refers to; empty if it is not included or is of another
   * class.
   *
   * @param identifier the data of the relationship; null, as in an empty relationship, finds
   *     nothing
   * @param type the class of the resource, such as {@code Account.class}
   */
  public <R extends Resource> Optional<R> find(
      @Nullable ResourceIdentifier identifier, Class<R> type) {
    Objects.requireNonNull(type, "type");
    return identifier == null
        ? Optional.empty()
        : find(identifier.type(), identifier.id()).filter(type::isInstance).map(type::cast);
  }

  /** Returns all resources of a class, in the order of the response. Unmodifiable. */
  public <R extends Resource> List<R> all(Class<R> type) {
    Objects.requireNonNull(type, "type");
    List<R> found = new ArrayList<>();
    for (Resource resource : resources.values()) {
      if (type.isInstance(resource)) {
        found.add(type.cast(resource));
      }
    }
    return List.copyOf(found);
  }

  /** Shows the number of resources and none of their values. */
  @Override
  public String toString() {
    return "Included{" + resources.size() + " resources}";
  }

  private record Key(String type, String id) {}
}
