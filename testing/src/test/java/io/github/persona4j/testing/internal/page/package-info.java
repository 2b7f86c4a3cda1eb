@NullMarked
package io.github.persona4j.testing.internal.page;

import org.jspecify.annotations.NullMarked;
