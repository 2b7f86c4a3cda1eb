/** An application as users have it, to shrink and to observe. */
@NullMarked
package io.github.persona4j.packaging;

import org.jspecify.annotations.NullMarked;
