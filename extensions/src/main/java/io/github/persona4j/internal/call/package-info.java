/** Calls with their attempts, futures and listeners, and the mapping of failures to exceptions. */
@NullMarked
package io.github.persona4j.internal.call;

import org.jspecify.annotations.NullMarked;
