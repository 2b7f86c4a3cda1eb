@NullMarked
package io.github.persona4j.testing;

import org.jspecify.annotations.NullMarked;
