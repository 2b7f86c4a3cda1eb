/** Reads and writes the models of the Persona API with Jackson 2. */
@NullMarked
package io.github.persona4j.jackson;

import org.jspecify.annotations.NullMarked;
