/** Files of the fake: photos and prints, and links to them that expire. */
@NullMarked
package io.github.persona4j.testing.internal.file;

import org.jspecify.annotations.NullMarked;
