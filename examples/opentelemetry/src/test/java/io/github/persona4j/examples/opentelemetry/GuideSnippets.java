package io.github.persona4j.examples.opentelemetry;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.opentelemetry.PersonaTracing;
import io.opentelemetry.api.OpenTelemetry;

/** The code of docs/guides/observability.md, so that it compiles. */
final class GuideSnippets {
  private GuideSnippets() {}

  static PersonaClient traced(String key, OpenTelemetry openTelemetry) {
    // region traces
    PersonaClient traced =
        PersonaTracing.of(openTelemetry)
            .withRequestIds(true) // optional: Request-Id as an attribute
            .addTo(PersonaClient.builder().apiKey(key))
            .build();
    // endregion
    return traced;
  }
}
