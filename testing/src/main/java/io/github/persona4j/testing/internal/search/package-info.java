/** Searches: the query language, and the index that sees changes later than lists do. */
@NullMarked
package io.github.persona4j.testing.internal.search;

import org.jspecify.annotations.NullMarked;
