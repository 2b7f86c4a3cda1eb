/** Receives webhooks with Spring MVC. */
@NullMarked
package io.github.persona4j.examples.springmvc;

import org.jspecify.annotations.NullMarked;
