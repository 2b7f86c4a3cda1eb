/** Time of the fake: a clock that can be moved, and tasks that are due at a time of it. */
@NullMarked
package io.github.persona4j.testing.internal.time;

import org.jspecify.annotations.NullMarked;
