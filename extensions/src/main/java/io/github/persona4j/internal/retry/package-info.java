/** Retry rules, retry budget and rate limiter. Independent of HTTP clients. */
@NullMarked
package io.github.persona4j.internal.retry;

import org.jspecify.annotations.NullMarked;
