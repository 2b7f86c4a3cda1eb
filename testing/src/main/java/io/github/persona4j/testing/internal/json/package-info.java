/** JSON trees of the fake: building, strict parsing and the casing of keys. */
@NullMarked
package io.github.persona4j.testing.internal.json;

import org.jspecify.annotations.NullMarked;
