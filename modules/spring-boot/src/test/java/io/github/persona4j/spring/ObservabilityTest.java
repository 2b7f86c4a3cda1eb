package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ObservabilityTest {
  private final FakePersona persona = FakePersona.start();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  PersonaAutoConfiguration.class,
                  PersonaMetricsAutoConfiguration.class,
                  PersonaTracingAutoConfiguration.class))
          .withPropertyValues(
              "persona.api-key=" + persona.apiKey(),
              "persona.base-url=" + persona.baseUrl(),
              "persona.retry.initial-delay=1ms")
          .withBean(MeterRegistry.class, () -> registry)
          .withBean(OpenTelemetry.class, this::openTelemetry);

  private OpenTelemetry openTelemetry() {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build())
        .build();
  }

  @AfterEach
  void close() {
    persona.close();
  }

  @Test
  void retriedCall_isOneTimedCallAndOneSpan() {
    String id = persona.ids("inquiry").get(0);
    runner.run(
        context -> {
          persona.failNext(Fault.status(503));
          context.getBean(PersonaClient.class).inquiries().retrieve(id);

          Timer timer = registry.get("persona.calls").timer();
          assertThat(timer.count()).isEqualTo(1);
          assertThat(timer.getId().getTag("operation")).isEqualTo("inquiries.retrieve");
          assertThat(registry.get("persona.retries").counter().count()).isEqualTo(1);
          assertThat(registry.getMetersAsString()).doesNotContain(id);
          assertThat(spans.getFinishedSpanItems())
              .singleElement()
              .satisfies(
                  span -> {
                    assertThat(span.getName()).isEqualTo("GET /api/v1/inquiries/{inquiry-id}");
                    assertThat(span.getEvents()).hasSize(1);
                    assertThat(span.toString()).doesNotContain(id);
                  });
        });
  }

  @Test
  void disabledMetricsAndTraces_areNotRecorded() {
    runner
        .withPropertyValues("persona.metrics.enabled=false", "persona.tracing.enabled=false")
        .run(
            context -> {
              context.getBean(PersonaClient.class).events().list();
              assertThat(registry.getMeters()).isEmpty();
              assertThat(spans.getFinishedSpanItems()).isEmpty();
            });
  }

  @Test
  void applicationWithoutMicrometerAndOpenTelemetry_hasAClient() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                PersonaAutoConfiguration.class,
                PersonaMetricsAutoConfiguration.class,
                PersonaTracingAutoConfiguration.class))
        .withClassLoader(new FilteredClassLoader("io.micrometer", "io.opentelemetry"))
        .withPropertyValues("persona.api-key=" + persona.apiKey())
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(PersonaClient.class)
                    .doesNotHaveBean(PersonaClientCustomizer.class));
  }

  @Test
  void severalListeners_areAllNotified() {
    runner
        .withBean(
            PersonaClientCustomizer.class,
            () -> builder -> builder.callListener(call -> registry.counter("own").increment()))
        .run(
            context -> {
              context.getBean(PersonaClient.class).events().list();
              assertThat(registry.get("own").counter().count()).isEqualTo(1);
              assertThat(registry.get("persona.calls").timer().count()).isEqualTo(1);
              SpanData span = spans.getFinishedSpanItems().get(0);
              assertThat(span.getName()).isEqualTo("GET /api/v1/events");
            });
  }
}
