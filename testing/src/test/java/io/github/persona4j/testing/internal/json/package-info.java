@NullMarked
package io.github.persona4j.testing.internal.json;

import org.jspecify.annotations.NullMarked;
