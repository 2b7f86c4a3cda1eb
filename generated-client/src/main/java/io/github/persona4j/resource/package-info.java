/**
 * Resources and how they are related: {@link io.github.persona4j.resource.ToOne} and {@link
 * io.github.persona4j.resource.ToMany} are the relationships of a resource, {@link
 * io.github.persona4j.resource.Included} holds the related resources of a response.
 */
@NullMarked
package io.github.persona4j.resource;

import org.jspecify.annotations.NullMarked;
