package io.github.persona4j.spring;

import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.opentelemetry.PersonaTracing;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/** Creates spans of the calls with OpenTelemetry, unless it is chosen that they are observed. */
final class CallSpans implements PersonaClientCustomizer {
  static final String ENABLED = "persona.tracing.enabled";

  private final ObjectProvider<OpenTelemetry> openTelemetry;
  private final Environment environment;

  CallSpans(ObjectProvider<OpenTelemetry> openTelemetry, Environment environment) {
    this.openTelemetry = openTelemetry;
    this.environment = environment;
  }

  boolean areCreated() {
    return openTelemetry.getIfUnique() != null
        && !environment.getProperty(
            PersonaObservationAutoConfiguration.ENABLED, Boolean.class, false);
  }

  @Override
  public void customize(PersonaClientBuilder builder) {
    if (areCreated()) {
      openTelemetry.ifUnique(each -> PersonaTracing.of(each).addTo(builder));
    }
  }
}
