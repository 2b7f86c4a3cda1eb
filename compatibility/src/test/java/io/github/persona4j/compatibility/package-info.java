/** Compares the published artifacts with the last release. */
@NullMarked
package io.github.persona4j.compatibility;

import org.jspecify.annotations.NullMarked;
