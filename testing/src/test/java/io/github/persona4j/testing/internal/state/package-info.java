@NullMarked
package io.github.persona4j.testing.internal.state;

import org.jspecify.annotations.NullMarked;
