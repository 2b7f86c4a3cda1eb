/** Receives webhooks with Spring WebFlux. */
@NullMarked
package io.github.persona4j.examples.springwebflux;

import org.jspecify.annotations.NullMarked;
