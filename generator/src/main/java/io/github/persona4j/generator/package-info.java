/** The part of the code generation that is Java and not a template. */
@NullMarked
package io.github.persona4j.generator;

import org.jspecify.annotations.NullMarked;
