/**
 * An in-process stand-in for the Persona API, for tests and for trying things out without a key.
 *
 * <p>Start with {@link io.github.persona4j.testing.FakePersona}. It speaks HTTP on the loopback
 * interface only, holds invented data only, and needs none of the other modules of this project.
 */
@NullMarked
package io.github.persona4j.testing;

import org.jspecify.annotations.NullMarked;
