package io.github.persona4j.spring;

import io.github.persona4j.PersonaClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Adds the API to the health of the application, if that is wanted. */
@AutoConfiguration(after = PersonaAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnProperty("management.health.persona.enabled")
@ConditionalOnBean(PersonaClient.class)
class PersonaHealthAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = "personaHealthIndicator")
  HealthIndicator personaHealthIndicator(PersonaClient client, PersonaProperties properties) {
    HealthProbe probe = new HealthProbe(client, properties.health());
    return () -> {
      HealthProbe.Result result = probe.check();
      Health.Builder health = result.isUp() ? Health.up() : Health.down();
      return health.withDetails(result.details()).build();
    };
  }
}
