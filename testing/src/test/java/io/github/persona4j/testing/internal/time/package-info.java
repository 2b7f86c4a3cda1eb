@NullMarked
package io.github.persona4j.testing.internal.time;

import org.jspecify.annotations.NullMarked;
