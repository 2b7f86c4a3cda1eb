/** The objects of the fake and their ids. */
@NullMarked
package io.github.persona4j.testing.internal.store;

import org.jspecify.annotations.NullMarked;
