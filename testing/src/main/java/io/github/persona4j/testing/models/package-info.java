/**
 * Models as text for tests, with all their values. Needs {@code persona4j-api}, and the
 * representation for AssertJ needs AssertJ; this module brings neither, since the fake needs none.
 */
@NullMarked
package io.github.persona4j.testing.models;

import org.jspecify.annotations.NullMarked;
