/** An application that returns and accepts models as JSON with Jackson 2. */
@NullMarked
package io.github.persona4j.examples.jackson;

import org.jspecify.annotations.NullMarked;
