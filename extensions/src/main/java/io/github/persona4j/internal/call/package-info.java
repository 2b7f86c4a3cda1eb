/**
 * One call with its attempts, the futures and listeners of calls, and the mapping of failures to
 * exceptions.
 */
@NullMarked
package io.github.persona4j.internal.call;

import org.jspecify.annotations.NullMarked;
