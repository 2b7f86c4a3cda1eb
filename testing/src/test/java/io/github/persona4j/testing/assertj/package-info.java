@NullMarked
package io.github.persona4j.testing.assertj;

import org.jspecify.annotations.NullMarked;
