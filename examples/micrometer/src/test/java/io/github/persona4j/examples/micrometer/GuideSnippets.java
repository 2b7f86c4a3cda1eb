package io.github.persona4j.examples.micrometer;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.micrometer.PersonaMetrics;
import io.github.persona4j.micrometer.PersonaObservations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.observation.ObservationRegistry;

/** The code of docs/guides/observability.md, so that it compiles. */
final class GuideSnippets {
  private GuideSnippets() {}

  static PersonaClient measured(String key, MeterRegistry registry) {
    // region metrics
    PersonaClient measured =
        PersonaClient.builder()
            .apiKey(key)
            .callListener(PersonaMetrics.to(registry, Tags.of("client", "eu"))) // tags are optional
            .build();
    // endregion
    return measured;
  }

  static PersonaClient observed(String key, ObservationRegistry registry) {
    // region observations
    PersonaClient observed =
        PersonaObservations.of(registry).addTo(PersonaClient.builder().apiKey(key)).build();
    // endregion
    return observed;
  }
}
