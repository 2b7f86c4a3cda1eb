package io.github.persona4j.resource;

import io.github.persona4j.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What relationships to one and to many resources have in common. */
final class Relationships {
  private Relationships() {}

  /**
   * Returns whether a relationship without a target is absent from a response. One that is null is
   * present, like one whose data is null.
   */
  static boolean isOmitted(
      @Nullable JsonObject relationships, String name, @Nullable JsonObject relationship) {
    Objects.requireNonNull(name, "name");
    if (relationship != null) {
      return relationship.property("data") == null;
    }
    return relationships == null || relationships.property(name) == null;
  }
}
