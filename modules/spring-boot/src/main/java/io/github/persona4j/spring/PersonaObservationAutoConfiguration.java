package io.github.persona4j.spring;

import io.github.persona4j.micrometer.PersonaObservations;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Observes the calls, unless they are spans of an OpenTelemetry already: a call is never both. The
 * property decides otherwise.
 */
@AutoConfiguration
class PersonaObservationAutoConfiguration {
  static final String ENABLED = "persona.observation.enabled";

  private static PersonaPropertyException impossible() {
    return new PersonaPropertyException(
        ENABLED,
        "must not be true without an ObservationRegistry bean",
        "Add spring-boot-starter-actuator or define the bean, or remove the property.");
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({ObservationRegistry.class, PersonaObservations.class})
  @ConditionalOnProperty(name = ENABLED, matchIfMissing = true)
  static class Observations {
    @Bean
    PersonaClientCustomizer personaObservation(
        ObjectProvider<ObservationRegistry> registries,
        ObjectProvider<CallSpans> spans,
        Environment environment) {
      return builder -> {
        boolean chosen = environment.getProperty(ENABLED, Boolean.class, false);
        ObservationRegistry registry = registries.getIfUnique();
        if (chosen && registry == null) {
          throw impossible();
        }
        boolean wanted =
            chosen
                || (environment.getProperty(CallSpans.ENABLED, Boolean.class, true)
                    && spans.stream().noneMatch(CallSpans::areCreated));
        if (wanted && registry != null) {
          PersonaObservations.of(registry).addTo(builder);
        }
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("io.micrometer.observation.ObservationRegistry")
  @ConditionalOnProperty(name = ENABLED)
  static class NoObservations {
    @Bean
    PersonaClientCustomizer personaObservation() {
      return builder -> {
        throw impossible();
      };
    }
  }

  /** Calls are timed by {@code persona.calls} in every application, and only by that. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterFilter.class)
  @ConditionalOnProperty(name = ENABLED, matchIfMissing = true)
  static class Meters {
    @Bean
    MeterFilter personaObservationMeters() {
      return new MeterFilter() {
        @Override
        public MeterFilterReply accept(Meter.Id id) {
          return id.getName().equals("persona.call") || id.getName().startsWith("persona.call.")
              ? MeterFilterReply.DENY
              : MeterFilterReply.NEUTRAL;
        }
      };
    }
  }
}
