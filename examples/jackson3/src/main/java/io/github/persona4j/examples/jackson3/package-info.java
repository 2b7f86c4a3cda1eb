/** An application that returns and accepts models as JSON with Jackson 3. */
@NullMarked
package io.github.persona4j.examples.jackson3;

import org.jspecify.annotations.NullMarked;
