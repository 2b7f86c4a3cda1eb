package io.github.persona4j.request;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation that returns the resource that its path names, so that the client can tell
 * when a response belongs to another request.
 *
 * <p>An operation that creates a resource, or returns one that merely belongs to the resource in
 * its path, is not marked.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface PathResource {
  /** The path parameter that holds the ID of the resource, such as {@code inquiry-id}. */
  String parameter();

  /**
   * The type of the resource, such as {@code inquiry}; of a family, such as {@code report}, the
   * part of the type that stands before the slash.
   */
  String type();
}
