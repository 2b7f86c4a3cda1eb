package io.github.persona4j.spring;

import io.github.persona4j.opentelemetry.PersonaTracing;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Creates spans of the calls, if there is an OpenTelemetry, such as that of Micrometer Tracing. */
@AutoConfiguration
@ConditionalOnClass({OpenTelemetry.class, PersonaTracing.class})
@ConditionalOnProperty(name = CallSpans.ENABLED, matchIfMissing = true)
class PersonaTracingAutoConfiguration {
  @Bean
  CallSpans personaTracing(ObjectProvider<OpenTelemetry> openTelemetry, Environment environment) {
    return new CallSpans(openTelemetry, environment);
  }
}
