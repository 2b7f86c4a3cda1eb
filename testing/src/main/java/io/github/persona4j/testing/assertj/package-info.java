/** Assertions on the requests and deliveries of a fake. Needs AssertJ. */
@NullMarked
package io.github.persona4j.testing.assertj;

import org.jspecify.annotations.NullMarked;
