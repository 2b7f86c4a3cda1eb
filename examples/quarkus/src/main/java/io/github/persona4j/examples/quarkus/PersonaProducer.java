package io.github.persona4j.examples.quarkus;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookVerifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Creates the client and the handler of webhooks from the configuration. */
// region quarkus
class PersonaProducer {
  @Produces
  @Singleton
  PersonaClient persona(
      @ConfigProperty(name = "persona.api-key") String apiKey,
      @ConfigProperty(name = "persona.base-url") Optional<String> baseUrl) {
    var builder = PersonaClient.builder().apiKey(apiKey);
    baseUrl.ifPresent(builder::baseUrl);
    return builder.build();
  }

  void close(@Disposes PersonaClient persona) {
    persona.close();
  }

  // endregion

  // region webhooks
  @Produces
  @Singleton
  WebhookHandler webhook(
      @ConfigProperty(name = "persona.webhook.secret") String secret, ApprovedUsers approved) {
    return WebhookHandler.builder()
        .verifier(WebhookVerifier.of(secret))
        .on(
            EventName.INQUIRY_APPROVED,
            Inquiry.class,
            (event, inquiry) -> approved.add(inquiry.id()))
        .build();
  }
  // endregion
}
