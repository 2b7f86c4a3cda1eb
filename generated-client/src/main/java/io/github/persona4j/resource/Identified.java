package io.github.persona4j.resource;

/** An object with a type and an ID: a resource, or the identifier of one in a relationship. */
public interface Identified {
  /** Returns the type as named by the API, such as {@code inquiry}. */
  String type();

  /** Returns the ID, which is unique within the type. */
  String id();
}
