@NullMarked
package io.github.persona4j.testing.internal.file;

import org.jspecify.annotations.NullMarked;
