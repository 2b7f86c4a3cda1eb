/** A Quarkus application that uses the client. */
@NullMarked
package io.github.persona4j.examples.quarkus;

import org.jspecify.annotations.NullMarked;
