/** A Micronaut application that uses the client. */
@NullMarked
package io.github.persona4j.examples.micronaut;

import org.jspecify.annotations.NullMarked;
