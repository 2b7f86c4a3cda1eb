package io.github.persona4j.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.RetryPolicy;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.github.persona4j.testing.RecordedRequest;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.HTTP;
import retrofit2.http.Url;

class PersonaTracingTest {
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> RESEND_COUNT =
      AttributeKey.longKey("http.request.resend_count");
  private static final AttributeKey<List<String>> REQUEST_ID =
      AttributeKey.stringArrayKey("http.response.header.request-id");

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .setPropagators(
              ContextPropagators.create(
                  TextMapPropagator.composite(
                      W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
          .build();
  private final Tracer tracer = telemetry.getTracer("test");
  private final FakePersona persona = FakePersona.start();

  @AfterEach
  void stop() {
    persona.close();
    telemetry.close();
  }

  private PersonaClientBuilder builder() {
    return PersonaClient.builder()
        .apiKey(persona.apiKey())
        .baseUrl(persona.baseUrl())
        .retryPolicy(
            RetryPolicy.builder().maxRetries(2).initialDelay(Duration.ofMillis(1)).build());
  }

  private PersonaClient client() {
    return PersonaTracing.of(telemetry).addTo(builder()).build();
  }

  private SpanData span() {
    assertThat(exporter.getFinishedSpanItems()).hasSize(1);
    return exporter.getFinishedSpanItems().get(0);
  }

  private List<String> sent(String header) {
    return persona.requests().stream()
        .map(request -> String.valueOf(request.header(header)))
        .toList();
  }

  // ---- spans ----

  @Test
  void call_isAClientSpanByTheConventions() {
    try (PersonaClient client = client()) {
      client.events().list();
    }

    SpanData span = span();
    assertThat(span.getName()).isEqualTo("GET /api/v1/events");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    assertThat(span.getInstrumentationScopeInfo().getName()).isEqualTo("io.github.persona4j");
    assertThat(span.getAttributes().asMap())
        .isEqualTo(
            Attributes.builder()
                .put("http.request.method", "GET")
                .put("url.template", "/api/v1/events")
                .put("server.address", URI.create(persona.baseUrl()).getHost())
                .put("server.port", URI.create(persona.baseUrl()).getPort())
                .put("http.response.status_code", 200)
                .build()
                .asMap());
    assertThat(span.getEvents()).isEmpty();
  }

  static Stream<Named<Consumer<PersonaClient>>> calls() {
    return Stream.of(
        Named.of("blocking", client -> client.events().list()),
        Named.of("async", client -> client.async().events().list().join()),
        Named.of("raw", client -> client.raw().events().list()));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void retriedCall_hasAnEventForEachFailedAttempt(Consumer<PersonaClient> call) {
    persona.failNext(
        Fault.status(503).retryAfter(Duration.ZERO).after(Duration.ofMillis(50)),
        Fault.dropConnection());

    try (PersonaClient client = client()) {
      call.accept(client);
    }

    SpanData span = span();
    assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    assertThat(span.getAttributes().get(STATUS)).isEqualTo(200);
    assertThat(span.getAttributes().get(RESEND_COUNT)).isEqualTo(2);
    assertThat(span.getAttributes().get(ERROR_TYPE)).isNull();
    assertThat(span.getEvents())
        .extracting(EventData::getName)
        .containsExactly("persona.attempt.failed", "persona.attempt.failed");
    Attributes first = span.getEvents().get(0).getAttributes();
    assertThat(first.get(AttributeKey.longKey("persona.attempt.number"))).isEqualTo(1);
    assertThat(first.get(STATUS)).isEqualTo(503);
    assertThat(first.get(ERROR_TYPE)).isEqualTo("503");
    assertThat(first.get(AttributeKey.doubleKey("persona.attempt.duration"))).isBetween(0.05, 20.0);
    assertThat(first.get(AttributeKey.doubleKey("persona.attempt.wait"))).isBetween(0.0, 0.01);
    Attributes second = span.getEvents().get(1).getAttributes();
    assertThat(second.get(AttributeKey.longKey("persona.attempt.number"))).isEqualTo(2);
    assertThat(second.get(STATUS)).isNull();
    assertThat(second.get(ERROR_TYPE)).isEqualTo("connection");
  }

  @Test
  void failedCalls_areErrorsWithTheirType() {
    persona.failNext(
        Fault.status(403),
        Fault.body("{\"data\":["),
        Fault.dropConnection(),
        Fault.dropConnection(),
        Fault.dropConnection());

    try (PersonaClient client = client()) {
      for (int i = 0; i < 3; i++) {
        assertThat(catchThrowable(() -> client.events().list())).isNotNull();
      }
    }

    List<SpanData> spans = exporter.getFinishedSpanItems();
    assertThat(spans)
        .extracting(span -> span.getAttributes().get(ERROR_TYPE))
        .containsExactly("403", "malformed", "connection");
    assertThat(spans)
        .extracting(span -> span.getAttributes().get(STATUS))
        .containsExactly(403L, 200L, null);
    assertThat(spans)
        .allSatisfy(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(span.getStatus().getDescription()).isEmpty();
            });
  }

  @Test
  void idsAndKeys_areInNoSpan() {
    persona.failNext(Fault.status(503));

    try (PersonaClient client = client()) {
      assertThat(catchThrowable(() -> client.inquiries().retrieve("inq_doesNotExist"))).isNotNull();
    }

    SpanData span = span();
    assertThat(span.getName()).isEqualTo("GET /api/v1/inquiries/{inquiry-id}");
    assertThat(span.getAttributes().get(ERROR_TYPE)).isEqualTo("404");
    assertThat(span.getEvents()).hasSize(1);
    assertThat(span.toString()).doesNotContain("inq_doesNotExist", persona.apiKey());
    assertThat(span.getAttributes().get(REQUEST_ID)).isNull();
  }

  @Test
  void requestIds_areRecordedIfChosen() {
    persona.failNext(
        Fault.status(503).header("Request-Id", "req-1"),
        Fault.status(404).header("Request-Id", "req-2"));

    try (PersonaClient client =
        PersonaTracing.of(telemetry).withRequestIds(true).addTo(builder()).build()) {
      assertThat(catchThrowable(() -> client.events().list())).isNotNull();
    }

    assertThat(span().getAttributes().get(REQUEST_ID)).containsExactly("req-2");
    assertThat(span().getEvents().get(0).getAttributes().get(REQUEST_ID)).containsExactly("req-1");
  }

  // ---- parents ----

  @ParameterizedTest
  @MethodSource("calls")
  void currentSpanOfTheCaller_isTheParent(Consumer<PersonaClient> call) {
    Span work = tracer.spanBuilder("work").startSpan();

    try (PersonaClient client = client();
        Scope scope = work.makeCurrent()) {
      assertThat(scope).isNotNull();
      call.accept(client);
    }

    assertThat(span().getParentSpanId()).isEqualTo(work.getSpanContext().getSpanId());
    assertThat(span().getTraceId()).isEqualTo(work.getSpanContext().getTraceId());
  }

  @Test
  void concurrentAsyncCalls_haveTheParentOfTheirCaller() {
    Span one = tracer.spanBuilder("one").startSpan();
    Span two = tracer.spanBuilder("two").startSpan();

    try (PersonaClient client = client()) {
      CompletableFuture<?> first;
      CompletableFuture<?> second;
      try (Scope scope = one.makeCurrent()) {
        assertThat(scope).isNotNull();
        first = client.async().events().list();
      }
      try (Scope scope = two.makeCurrent()) {
        assertThat(scope).isNotNull();
        second = client.async().inquiries().list();
      }
      CompletableFuture.allOf(first, second).join();
    }

    assertThat(exporter.getFinishedSpanItems())
        .extracting(SpanData::getName, SpanData::getParentSpanId)
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple(
                "GET /api/v1/events", one.getSpanContext().getSpanId()),
            org.assertj.core.api.Assertions.tuple(
                "GET /api/v1/inquiries", two.getSpanContext().getSpanId()));
  }

  // ---- propagation ----

  @ParameterizedTest
  @MethodSource("calls")
  void everyAttempt_carriesTheSpanOfTheCall(Consumer<PersonaClient> call) {
    persona.failNext(Fault.status(503));

    try (PersonaClient client = client()) {
      call.accept(client);
    }

    String expected = "00-" + span().getTraceId() + "-" + span().getSpanId() + "-";
    assertThat(sent("traceparent"))
        .hasSize(2)
        .allSatisfy(header -> assertThat(header).startsWith(expected));
  }

  @Test
  void baggageOfTheCaller_isNotSent() {
    Baggage baggage = Baggage.builder().put("user", "ada@example.com").build();

    try (PersonaClient client = client();
        Scope scope = baggage.makeCurrent()) {
      assertThat(scope).isNotNull();
      client.events().list();
    }

    RecordedRequest request = persona.requests().get(0);
    assertThat(request.header("baggage")).isNull();
    assertThat(request.header("traceparent")).isNotNull();
  }

  @Test
  void propagation_canBeSwitchedOff() {
    try (PersonaClient client =
        PersonaTracing.of(telemetry).withPropagation(false).addTo(builder()).build()) {
      client.events().list();
    }

    assertThat(sent("traceparent")).containsExactly("null");
    assertThat(span().getName()).isEqualTo("GET /api/v1/events");
  }

  interface OwnApi {
    @GET
    Call<ResponseBody> whole(@Url HttpUrl url);

    @HTTP(method = "PURGE", path = "things")
    Call<Void> purge();
  }

  @Test
  void otherHost_getsNoTraceHeaders_andHasItsAddressInTheSpan() throws Exception {
    try (MockWebServer other = new MockWebServer();
        PersonaClient client = client()) {
      other.start();
      other.enqueue(new MockResponse.Builder().body("{}").build());
      client.api(OwnApi.class).whole(other.url("/things/s3cret?key=s3cret")).execute();

      mockwebserver3.RecordedRequest request = other.takeRequest(5, TimeUnit.SECONDS);
      assertThat(request).isNotNull();
      assertThat(request.getHeaders().names()).doesNotContain("traceparent", "baggage");
      SpanData span = span();
      assertThat(span.getName()).isEqualTo("GET");
      assertThat(span.getAttributes().get(AttributeKey.stringKey("url.template"))).isNull();
      assertThat(span.getAttributes().get(AttributeKey.longKey("server.port")))
          .isEqualTo(other.getPort());
      assertThat(span.toString()).doesNotContain("s3cret");
    }
  }

  @Test
  void unknownMethod_isOtherWithTheOriginal() {
    try (PersonaClient client = client()) {
      Throwable unused = catchThrowable(() -> client.api(OwnApi.class).purge().execute());
    }

    SpanData span = span();
    assertThat(span.getName()).isEqualTo("HTTP /api/v1/things");
    assertThat(span.getAttributes().get(AttributeKey.stringKey("http.request.method")))
        .isEqualTo("_OTHER");
    assertThat(span.getAttributes().get(AttributeKey.stringKey("http.request.method_original")))
        .isEqualTo("PURGE");
  }

  // ---- configuration ----

  @Test
  void noOpenTelemetry_changesNoCall() {
    try (PersonaClient client = PersonaTracing.of(OpenTelemetry.noop()).addTo(builder()).build()) {
      assertThat(client.events().list().items()).isNotEmpty();
    }

    assertThat(sent("traceparent")).containsExactly("null");
    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void otherListeners_areNotReplaced() {
    int[] ended = new int[1];

    try (PersonaClient client =
        PersonaTracing.of(telemetry)
            .addTo(builder().callListener(call -> ended[0]++))
            .callListener(call -> ended[0]++)
            .build()) {
      client.events().list();
    }

    assertThat(ended[0]).isEqualTo(2);
    assertThat(span().getName()).isEqualTo("GET /api/v1/events");
  }

  @Test
  void missingArguments_areRefusedWithTheirName() {
    assertThatNullPointerException()
        .isThrownBy(() -> PersonaTracing.of(missing()))
        .withMessage("openTelemetry");
    assertThatNullPointerException()
        .isThrownBy(() -> PersonaTracing.of(telemetry).addTo(missing()))
        .withMessage("builder");
  }

  // The null is the test.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T missing() {
    return null;
  }
}
