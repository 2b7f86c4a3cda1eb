package consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.kotlin.FlowsKt;
import io.github.persona4j.micrometer.PersonaMetrics;
import io.github.persona4j.model.Event;
import io.github.persona4j.opentelemetry.PersonaTracing;
import io.github.persona4j.testing.FakePersona;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;

/** Lists the events of a fake, with metrics and traces, and converts them with Jackson 2 and 3. */
public final class FrameworksConsumer {
  private FrameworksConsumer() {}

  /** Fails if the artifacts are not complete. */
  public static void main(String[] args) throws JsonProcessingException {
    ObjectMapper jackson2 = JsonMapper.builder().findAndAddModules().build();
    var jackson3 = tools.jackson.databind.json.JsonMapper.builder().findAndAddModules().build();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    int same = 0;
    try (FakePersona fake = FakePersona.builder().events(7).inquiries(0).start();
        PersonaClient persona =
            PersonaTracing.of(OpenTelemetry.noop())
                .addTo(PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()))
                .callListener(PersonaMetrics.to(registry))
                .build()) {
      var flow = FlowsKt.asFlow(persona.async().events().listAll());
      for (Event event : persona.events().listAll()) {
        Event read = jackson2.readValue(jackson3.writeValueAsString(event), Event.class);
        same += read.equals(event) && flow != null ? 1 : 0;
      }
    }
    long calls = registry.get("persona.calls").timer().count();
    System.out.println(same + " events in " + calls + " call");
  }
}
