/** The part of the code generation that is written in Java instead of templates. */
@NullMarked
package io.github.persona4j.generator;

import org.jspecify.annotations.NullMarked;
