@NullMarked
package io.github.persona4j.testing.internal.store;

import org.jspecify.annotations.NullMarked;
