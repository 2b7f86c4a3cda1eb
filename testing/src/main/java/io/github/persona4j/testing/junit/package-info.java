/** An extension for JUnit 5 and later that starts a fake for each test. Needs JUnit. */
@NullMarked
package io.github.persona4j.testing.junit;

import org.jspecify.annotations.NullMarked;
