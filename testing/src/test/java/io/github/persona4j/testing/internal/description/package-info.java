@NullMarked
package io.github.persona4j.testing.internal.description;

import org.jspecify.annotations.NullMarked;
