@NullMarked
package io.github.persona4j.testing.junit;

import org.jspecify.annotations.NullMarked;
