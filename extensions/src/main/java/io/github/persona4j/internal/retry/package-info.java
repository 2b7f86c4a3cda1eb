/** Retry rules, retry budget and rate limiter. Knows nothing of HTTP clients. */
@NullMarked
package io.github.persona4j.internal.retry;

import org.jspecify.annotations.NullMarked;
