@NullMarked
package io.github.persona4j.testing.internal.drift;

import org.jspecify.annotations.NullMarked;
