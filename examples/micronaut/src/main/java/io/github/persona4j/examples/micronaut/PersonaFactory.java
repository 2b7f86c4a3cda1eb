package io.github.persona4j.examples.micronaut;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookVerifier;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/** Creates the client and the handler of webhooks from the configuration. */
// region micronaut
@Factory
final class PersonaFactory {
  @Singleton
  @Bean(preDestroy = "close")
  PersonaClient persona(
      @Value("${persona.api-key}") String apiKey,
      @Value("${persona.base-url:`https://api.withpersona.com/api/v1`}") String baseUrl) {
    return PersonaClient.builder().apiKey(apiKey).baseUrl(baseUrl).build();
  }

  // endregion

  @Singleton
  WebhookHandler webhook(
      @Value("${persona.webhook.secret}") String secret, ApprovedUsers approved) {
    return WebhookHandler.builder()
        .verifier(WebhookVerifier.of(secret))
        .on(
            EventName.INQUIRY_APPROVED,
            Inquiry.class,
            (event, inquiry) -> approved.add(inquiry.id()))
        .build();
  }
}
