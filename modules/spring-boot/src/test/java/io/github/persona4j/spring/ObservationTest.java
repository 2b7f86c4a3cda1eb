package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.micrometer.PersonaObservations;
import io.github.persona4j.opentelemetry.PersonaTracing;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ObservationTest {
  private final FakePersona persona = FakePersona.start();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final List<SpanData> created = new CopyOnWriteArrayList<>();
  private final List<String> observed = new CopyOnWriteArrayList<>();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  PersonaAutoConfiguration.class,
                  PersonaMetricsAutoConfiguration.class,
                  PersonaObservationAutoConfiguration.class,
                  PersonaTracingAutoConfiguration.class))
          .withPropertyValues(
              "persona.api-key=" + persona.apiKey(),
              "persona.base-url=" + persona.baseUrl(),
              "persona.retry.initial-delay=1ms")
          .withBean(MeterRegistry.class, () -> meters);

  private ApplicationContextRunner withRegistry(ApplicationContextRunner application) {
    return application.withBean(
        ObservationRegistry.class,
        () -> {
          ObservationRegistry registry = ObservationRegistry.create();
          registry.observationConfig().observationHandler(new Recorder());
          return registry;
        });
  }

  private ApplicationContextRunner withOpenTelemetry(ApplicationContextRunner application) {
    return application.withBean(
        OpenTelemetry.class,
        () ->
            OpenTelemetrySdk.builder()
                .setTracerProvider(
                    SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build());
  }

  private final class Recorder implements ObservationHandler<Observation.Context> {
    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    @Override
    public void onStop(Observation.Context context) {
      observed.add(context.getName() + " " + context.getContextualName());
    }
  }

  @AfterEach
  void close() {
    persona.close();
  }

  /** Makes a call, and checks that it is timed once, whatever else is recorded. */
  private void call(ApplicationContextRunner application) {
    application.run(
        context -> {
          context.getBean(PersonaClient.class).events().list();
          assertThat(meters.get("persona.calls").timer().count()).isEqualTo(1);
          created.addAll(spans.getFinishedSpanItems()); // before the end of the application
        });
  }

  @ParameterizedTest
  @CsvSource({
    // OpenTelemetry bean, persona.observation.enabled, persona.tracing.enabled: spans, observations
    "false,      ,      , 0, 1",
    "false,      , true , 0, 1",
    "false,      , false, 0, 0",
    "false, true ,      , 0, 1",
    "false, true , false, 0, 1",
    "false, false,      , 0, 0",
    "true ,      ,      , 1, 0",
    "true ,      , false, 0, 0",
    "true , true ,      , 0, 1",
    "true , true , false, 0, 1",
    "true , false,      , 1, 0",
    "true , false, false, 0, 0"
  })
  void call_isASpanOrAnObservation_andNeverBoth(
      boolean openTelemetry, String observation, String tracing, int spanCount, int observations) {
    ApplicationContextRunner application = withRegistry(runner);
    if (openTelemetry) {
      application = withOpenTelemetry(application);
    }
    if (observation != null) {
      application = application.withPropertyValues("persona.observation.enabled=" + observation);
    }
    if (tracing != null) {
      application = application.withPropertyValues("persona.tracing.enabled=" + tracing);
    }

    call(application);

    assertThat(created).hasSize(spanCount);
    assertThat(observed).hasSize(observations);
    assertThat(observed).allMatch("persona.call GET /api/v1/events"::equals);
  }

  @Test
  void applicationWithoutRegistry_hasSpansOrNothing() {
    call(runner);
    assertThat(created).isEmpty();
    meters.clear();

    call(withOpenTelemetry(runner));
    assertThat(created).hasSize(1);
  }

  @Test
  void openTelemetryWithoutOurTraces_leavesTheCallToObservations() {
    call(
        withOpenTelemetry(withRegistry(runner))
            .withClassLoader(new FilteredClassLoader(PersonaTracing.class)));

    assertThat(created).isEmpty();
    assertThat(observed).hasSize(1);
  }

  @Test
  void observationsThatCannotBe_failAtTheStart() {
    ApplicationContextRunner chosen =
        withOpenTelemetry(runner).withPropertyValues("persona.observation.enabled=true");
    for (ApplicationContextRunner application :
        List.of(
            chosen,
            new ApplicationContextRunner()
                .withConfiguration(
                    AutoConfigurations.of(
                        PersonaAutoConfiguration.class, PersonaObservationAutoConfiguration.class))
                .withPropertyValues(
                    "persona.api-key=" + persona.apiKey(), "persona.observation.enabled=true")
                .withClassLoader(new FilteredClassLoader("io.micrometer")))) {
      application.run(
          context ->
              assertThat(context)
                  .getFailure()
                  .rootCause()
                  .isInstanceOf(PersonaPropertyException.class)
                  .hasMessage(
                      "persona.observation.enabled: must not be true without an"
                          + " ObservationRegistry bean"));
    }
  }

  // ---- with all of Spring Boot, and Brave ----

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private static final class FinishedSpans extends SpanHandler {
    final List<MutableSpan> all = new CopyOnWriteArrayList<>();

    @Override
    public boolean end(TraceContext context, MutableSpan span, Cause cause) {
      return all.add(span);
    }
  }

  private ApplicationContextRunner withBrave(FinishedSpans finished) {
    return new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withClassLoader(new FilteredClassLoader("io.opentelemetry"))
        .withBean(SpanHandler.class, () -> finished)
        .withPropertyValues(
            "persona.api-key=" + persona.apiKey(),
            "persona.base-url=" + persona.baseUrl(),
            "persona.retry.initial-delay=1ms",
            "management.tracing.sampling.probability=1.0");
  }

  @Test
  void applicationWithBrave_hasOneSpanBelowItsOwn_andOneTimer() {
    FinishedSpans finished = new FinishedSpans();
    persona.failNext(Fault.status(503));

    withBrave(finished)
        .run(
            context -> {
              Observation.createNotStarted("work", context.getBean(ObservationRegistry.class))
                  .observe(() -> context.getBean(PersonaClient.class).events().list());
              assertThat(context.getBean(MeterRegistry.class).getMeters())
                  .extracting(Meter::getId)
                  .extracting(Meter.Id::getName)
                  .contains("persona.calls", "persona.retries", "work")
                  .doesNotContain("persona.call", "persona.call.active")
                  .noneMatch(name -> name.startsWith("persona.call."));
            });

    assertThat(finished.all).hasSize(2);
    MutableSpan call = finished.all.get(0);
    MutableSpan work = finished.all.get(1);
    assertThat(call.name()).isEqualTo("GET /api/v1/events");
    assertThat(call.kind()).isEqualTo(brave.Span.Kind.CLIENT);
    assertThat(call.parentId()).isEqualTo(work.id());
    assertThat(call.tags()).containsEntry("status", "200").containsEntry("outcome", "success");
    assertThat(call.annotations())
        .extracting(Map.Entry::getValue)
        .containsExactly("attempt failed: 503");
    assertThat(persona.requests())
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request.header("traceparent"))
                    .startsWith("00-" + call.traceId() + "-" + call.id() + "-"));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnObservations {
    @Bean
    PersonaClientCustomizer ownObservations(ObservationRegistry registry) {
      return builder -> PersonaObservations.of(registry).addTo(builder);
    }
  }

  @Test
  void observationsOfTheApplicationItself_keepTheirMeters() {
    FinishedSpans finished = new FinishedSpans();

    withBrave(finished)
        .withUserConfiguration(OwnObservations.class)
        .withPropertyValues("persona.observation.enabled=false")
        .run(
            context -> {
              context.getBean(PersonaClient.class).events().list();
              MeterRegistry all = context.getBean(MeterRegistry.class);
              assertThat(all.get("persona.call").timer().count()).isEqualTo(1);
              assertThat(all.get("persona.calls").timer().count()).isEqualTo(1);
            });

    assertThat(finished.all).hasSize(1);
  }

  @Test
  void failedCallWithBrave_isAnErrorWithoutPersonalData() {
    FinishedSpans finished = new FinishedSpans();
    persona.failNext(Fault.status(422).details("ada@example.com"));

    withBrave(finished)
        .withPropertyValues("persona.error-details-in-messages=true")
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(PersonaClient.class).events().list())
                    .hasMessageContaining("ada@example.com"));

    assertThat(finished.all).hasSize(1);
    MutableSpan call = finished.all.get(0);
    assertThat(String.valueOf(call.error()) + call.tag("error"))
        .contains("refused, status 422")
        .doesNotContain("ada@example.com");
    assertThat(call.toString()).doesNotContain("ada@example.com");
  }

  @Test
  void observationsOfSpringBoot_canBeRefusedByTheirName() {
    FinishedSpans finished = new FinishedSpans();

    withBrave(finished)
        .withPropertyValues("management.observations.enable.persona.call=false")
        .run(context -> context.getBean(PersonaClient.class).events().list());

    assertThat(finished.all).isEmpty();
    assertThat(persona.requests()).hasSize(1);
  }
}
