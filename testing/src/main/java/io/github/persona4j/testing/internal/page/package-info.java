/** The state of the fake for people: as text for failed tests, and as a page for browsers. */
@NullMarked
package io.github.persona4j.testing.internal.page;

import org.jspecify.annotations.NullMarked;
