package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/**
 * With all of Spring Boot, and Micrometer Tracing over OpenTelemetry. Only here, because Spring
 * Boot 3 starts no application that has Brave, too.
 */
class ObservationWithOpenTelemetryTest {
  private final FakePersona persona = FakePersona.start();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final List<SpanData> created = new ArrayList<>();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @AfterEach
  void close() {
    persona.close();
  }

  @ParameterizedTest
  @CsvSource({"'', persona.attempt.failed", "true, attempt failed: 503"})
  void applicationWithOpenTelemetry_hasOneSpanBelowItsOwn(String observation, String event) {
    persona.failNext(Fault.status(503));

    new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withClassLoader(new FilteredClassLoader("brave"))
        .withBean(SpanProcessor.class, () -> SimpleSpanProcessor.create(spans))
        .withPropertyValues(
            "persona.api-key=" + persona.apiKey(),
            "persona.base-url=" + persona.baseUrl(),
            "persona.retry.initial-delay=1ms",
            "persona.observation.enabled=" + observation,
            "management.tracing.sampling.probability=1.0")
        .run(
            context -> {
              Observation.createNotStarted("work", context.getBean(ObservationRegistry.class))
                  .observe(() -> context.getBean(PersonaClient.class).events().list());
              created.addAll(spans.getFinishedSpanItems()); // before the end of the application
              assertThat(context.getBean(MeterRegistry.class).find("persona.call").timer())
                  .isNull();
            });

    assertThat(created).extracting(SpanData::getName).containsExactly("GET /api/v1/events", "work");
    SpanData call = created.get(0);
    assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(call.getParentSpanId()).isEqualTo(created.get(1).getSpanId());
    assertThat(call.getEvents()).extracting(EventData::getName).containsExactly(event);
    assertThat(persona.requests())
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request.header("traceparent"))
                    .startsWith("00-" + call.getTraceId() + "-" + call.getSpanId() + "-"));
  }
}
