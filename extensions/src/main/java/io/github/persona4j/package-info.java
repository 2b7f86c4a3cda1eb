/**
 * An unofficial client for the Persona API: {@link io.github.persona4j.PersonaClient} is where to
 * start. Not affiliated with Persona.
 */
@NullMarked
package io.github.persona4j;

import org.jspecify.annotations.NullMarked;
