/** Reads and writes the models of the Persona API with Jackson 3. */
@NullMarked
package io.github.persona4j.jackson3;

import org.jspecify.annotations.NullMarked;
