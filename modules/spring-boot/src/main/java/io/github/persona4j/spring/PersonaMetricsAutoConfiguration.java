package io.github.persona4j.spring;

import io.github.persona4j.micrometer.PersonaMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Records metrics of the calls, if there is a registry. */
@AutoConfiguration
@ConditionalOnClass({MeterRegistry.class, PersonaMetrics.class})
@ConditionalOnProperty(name = "persona.metrics.enabled", matchIfMissing = true)
class PersonaMetricsAutoConfiguration {
  @Bean
  PersonaClientCustomizer personaMetrics(ObjectProvider<MeterRegistry> registries) {
    return builder ->
        registries.ifUnique(registry -> builder.callListener(PersonaMetrics.to(registry)));
  }
}
