/**
 * What goes wrong, as unchecked exceptions: no answer ({@link
 * io.github.persona4j.error.PersonaConnectionException}), an answer that makes no sense ({@link
 * io.github.persona4j.error.MalformedResponseException}), or an answer that says no ({@link
 * io.github.persona4j.error.PersonaApiException} with one subclass a status).
 *
 * <p>Messages name the method, the path, the status, the request id and the titles of the errors.
 * They never hold query values, bodies, error details or the API key, so they may be logged.
 */
@NullMarked
package io.github.persona4j.error;

import org.jspecify.annotations.NullMarked;
