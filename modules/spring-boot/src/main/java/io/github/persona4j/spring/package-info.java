/**
 * Auto-configuration of the client for Spring Boot: a {@link io.github.persona4j.PersonaClient}
 * from properties that begin with {@code persona}, and webhooks for methods with {@link
 * io.github.persona4j.spring.PersonaWebhook}.
 */
@NullMarked
package io.github.persona4j.spring;

import org.jspecify.annotations.NullMarked;
