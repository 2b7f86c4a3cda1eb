/**
 * An in-process fake of the Persona API, for tests and experiments without a key.
 *
 * <p>Start with {@link io.github.persona4j.testing.FakePersona}. It listens on the loopback
 * interface only, contains invented data only, and does not depend on other modules of this
 * project. {@link io.github.persona4j.testing.models} does.
 */
@NullMarked
package io.github.persona4j.testing;

import org.jspecify.annotations.NullMarked;
