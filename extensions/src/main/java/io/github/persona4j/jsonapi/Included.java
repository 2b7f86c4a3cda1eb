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
 * The resources that came along with an answer, to be found by what a relationship points to.
 *
 * <pre>{@code
 * InquiryResponse answer = client.inquiries().retrieve(id, query); // asks to include the account
 * Optional<Account> account =
 *     Included.of(answer.included())
 *         .find(answer.data().relationships().account().data(), Account.class);
 * }</pre>
 *
 * <p>Since API version 2025-10-27 nothing is included unless the query asks for it; what is missing
 * here may exist all the same. Resources of a type that this client does not know are found too, as
 * {@code Resource.Unknown}. Immutable and thread-safe.
 */
public final class Included {
  private final Map<Key, Resource> resources;

  private Included(Map<Key, Resource> resources) {
    this.resources = resources;
  }

  /**
   * Indexes the {@code included} part of an answer.
   *
   * @param included the resources; null, as in an answer without this part, stands for none
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

  /** The resource with this type, such as {@code account}, and id. */
  public Optional<Resource> find(String type, String id) {
    return Optional.ofNullable(
        resources.get(
            new Key(Objects.requireNonNull(type, "type"), Objects.requireNonNull(id, "id"))));
  }

  /**
   * The resource that a relationship points to, if it came along and is of this class.
   *
   * @param identifier the relationship's data; null, as in an empty relationship, finds nothing
   * @param type the class wanted, such as {@code Account.class}
   */
  public <R extends Resource> Optional<R> find(
      @Nullable ResourceIdentifier identifier, Class<R> type) {
    Objects.requireNonNull(type, "type");
    return identifier == null
        ? Optional.empty()
        : find(identifier.type(), identifier.id()).filter(type::isInstance).map(type::cast);
  }

  /** All resources of a class, in the order of the answer; unmodifiable. */
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

  /** Shows how many there are; nothing of them. */
  @Override
  public String toString() {
    return "Included{" + resources.size() + " resources}";
  }

  private record Key(String type, String id) {}
}
