/** The examples as their users run them: in this process, and in one of their own. */
@NullMarked
package io.github.persona4j.examples;

import org.jspecify.annotations.NullMarked;
