/**
 * An unofficial client for the Persona API. Start with {@link io.github.persona4j.PersonaClient}.
 * Not affiliated with Persona.
 */
@NullMarked
package io.github.persona4j;

import org.jspecify.annotations.NullMarked;
