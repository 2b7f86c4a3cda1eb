/**
 * Responses with their status, headers and rate limits, for callers that need more than the body.
 */
@NullMarked
package io.github.persona4j.response;

import org.jspecify.annotations.NullMarked;
