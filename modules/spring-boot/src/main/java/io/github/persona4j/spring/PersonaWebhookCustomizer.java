package io.github.persona4j.spring;

import io.github.persona4j.webhook.WebhookHandler;

/**
 * Changes the builder of the webhook handler, such as its executor or what is invoked with failed
 * events. All beans of this type are called, in the order of {@code @Order}. They are not called if
 * the application has a {@link WebhookHandler} bean of its own.
 *
 * <p>A handler that is added with {@code on} or {@code onAny} goes before the methods with {@link
 * PersonaWebhook}. {@code otherwise} is set already, since it invokes these methods.
 */
@FunctionalInterface
public interface PersonaWebhookCustomizer {
  /**
   * Changes the builder.
   *
   * @param builder has the settings of the properties
   */
  void customize(WebhookHandler.Builder builder);
}
