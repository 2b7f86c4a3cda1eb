package io.github.persona4j.request;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation that returns the resource in its path, so that the client can detect responses
 * to other requests.
 *
 * <p>Operations that create a resource, or return one that only belongs to the resource in the
 * path, are not marked.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface PathResource {
  /** The path parameter with the ID of the resource, such as {@code inquiry-id}. */
  String parameter();

  /**
   * The type of the resource, such as {@code inquiry}; for types with a slash, such as those of
   * reports, the part before the slash.
   */
  String type();
}
