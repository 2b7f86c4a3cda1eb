package io.github.persona4j.resource;

/**
 * A resource that one GET request retrieves by its ID. A client can fetch the target of a
 * relationship to such a resource.
 */
public interface Retrievable extends Identified {}
