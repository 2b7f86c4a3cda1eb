@NullMarked
package io.github.persona4j.testing.internal.access;

import org.jspecify.annotations.NullMarked;
