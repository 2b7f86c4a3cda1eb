/** Runs the examples as users do: in this process, and in their own. */
@NullMarked
package io.github.persona4j.examples;

import org.jspecify.annotations.NullMarked;
