package io.github.persona4j.spring.test;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.spring.PersonaClientCustomizer;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.webhook.WebhookVerifier;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.util.StringUtils;

/** Starts a fake, and lets the client and the fake find each other. */
@AutoConfiguration
class FakePersonaAutoConfiguration {
  private static final Logger LOGGER = System.getLogger("io.github.persona4j.spring");

  private final String secret = "wbhsec_" + UUID.randomUUID();

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  FakePersona fakePersona() {
    return FakePersona.start();
  }

  @Bean
  DynamicPropertyRegistrar fakePersonaProperties(FakePersona persona) {
    return registry -> {
      registry.add("persona.base-url", persona::baseUrl);
      registry.add("persona.api-key", persona::apiKey);
      registry.add("persona.environment", () -> "sandbox");
      registry.add("persona.webhook.secrets", () -> secret);
    };
  }

  /** A client of the application that is built otherwise would call the real API. */
  @Bean
  SmartInitializingSingleton fakePersonaCheck(ListableBeanFactory beans, FakePersona persona) {
    return () ->
        beans
            .getBeansOfType(PersonaClient.class, false, false)
            .forEach(
                (name, client) -> {
                  if (!client.baseUrl().startsWith(persona.baseUrl())) {
                    throw new IllegalStateException(
                        "The PersonaClient bean "
                            + name
                            + " does not use the fake. Build it with an injected"
                            + " PersonaClientBuilder, or replace it in the test.");
                  }
                });
  }

  /** The last one, so that the fake replaces the API and the credentials of the application. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  PersonaClientCustomizer fakePersonaClient(FakePersona persona) {
    return builder -> builder.baseUrl(persona.baseUrl()).apiKey(persona.apiKey());
  }

  /** Accepts what the fake signs, also after a test has moved the clock of the fake. */
  @Bean
  @Primary // also if the application has one, for the secrets of production
  WebhookVerifier fakePersonaVerifier(FakePersona persona) {
    return WebhookVerifier.builder().secret(secret).clock(persona.clock()).build();
  }

  /** Registers the webhook when the port is known. */
  @Bean
  ApplicationListener<ContextRefreshedEvent> fakePersonaWebhook(
      ApplicationContext application, FakePersona persona) {
    return refreshed -> {
      Environment environment = application.getEnvironment();
      String port = environment.getProperty("local.server.port");
      String path = environment.getProperty("persona.webhook.path");
      if (refreshed.getApplicationContext() != application || !StringUtils.hasLength(path)) {
        return;
      }
      if (port == null) {
        LOGGER.log(
            Level.WARNING,
            "The fake delivers no events, because the application listens on no port; see"
                + " @SpringBootTest(webEnvironment = RANDOM_PORT)");
      } else {
        String prefix =
            environment.getProperty("server.servlet.context-path", "")
                + environment.getProperty("spring.mvc.servlet.path", "")
                + environment.getProperty("spring.webflux.base-path", "");
        String url = "http://127.0.0.1:" + port + prefix + path;
        persona.webhooks().to(url).secret(secret).register();
      }
    };
  }
}
