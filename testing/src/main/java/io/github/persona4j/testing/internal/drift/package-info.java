/** What the API may add without a new version: attributes, values, types and event names. */
@NullMarked
package io.github.persona4j.testing.internal.drift;

import org.jspecify.annotations.NullMarked;
