/** The invented data that a fake starts with. It is the same on every run with the same sizes. */
@NullMarked
package io.github.persona4j.testing.internal.seed;

import org.jspecify.annotations.NullMarked;
