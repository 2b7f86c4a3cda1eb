/**
 * The exceptions of calls, all unchecked: no complete response ({@link
 * io.github.persona4j.error.PersonaConnectionException}), an invalid response ({@link
 * io.github.persona4j.error.MalformedResponseException}), or an error status ({@link
 * io.github.persona4j.error.PersonaApiException} and its subclasses).
 *
 * <p>Messages contain the method, the path, the status, the request ID and the titles of errors.
 * They contain no query values, bodies, error details or API keys, so they are safe to log.
 */
@NullMarked
package io.github.persona4j.error;

import org.jspecify.annotations.NullMarked;
