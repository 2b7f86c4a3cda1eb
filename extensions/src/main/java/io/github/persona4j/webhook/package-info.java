/**
 * Webhooks: {@link io.github.persona4j.webhook.WebhookHandler} handles the requests that Persona
 * sends. {@link io.github.persona4j.webhook.WebhookVerifier} and {@link
 * io.github.persona4j.webhook.WebhookEvent}, which it uses, can also be used alone.
 *
 * <p>This package needs neither a client nor an HTTP server: it works on the bytes of the body and
 * the headers, as any server has them. Only {@link io.github.persona4j.webhook.JdbcProcessedEvents}
 * needs the module {@code java.sql}.
 */
@NullMarked
package io.github.persona4j.webhook;

import org.jspecify.annotations.NullMarked;
