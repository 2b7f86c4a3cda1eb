/** Small programs, one per task. Without a key they use an in-process fake of the API. */
@NullMarked
package io.github.persona4j.examples;

import org.jspecify.annotations.NullMarked;
