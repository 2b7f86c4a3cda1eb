package io.github.persona4j.resource;

import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.UnionType;
import io.github.persona4j.json.UnknownResource;
import java.util.Objects;
import java.util.Optional;

/**
 * What a relationship points to.
 *
 * @param resource the class or interface of the resources
 * @param json how such a resource is read
 */
record Target<T extends Identified>(Class<T> resource, JsonType<T> json) {
  Target {
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(json, "json");
  }

  /**
   * Returns a resource as this target; empty if it is of another class. A resource of an unknown
   * type becomes the unknown member of a union, so that it is not lost.
   */
  Optional<T> cast(Identified found) {
    if (resource.isInstance(found)) {
      return Optional.of(resource.cast(found));
    }
    return json instanceof UnionType && found instanceof UnknownResource unknown
        ? Optional.of(unknown.json().as(json))
        : Optional.empty();
  }
}
