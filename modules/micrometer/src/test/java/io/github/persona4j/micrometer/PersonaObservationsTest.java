package io.github.persona4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.github.persona4j.CallReport;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.RetryPolicy;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.RequestReplySenderContext;
import io.micrometer.observation.transport.SenderContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Url;

class PersonaObservationsTest {
  private static final Map<String, String> TRACE_HEADERS =
      Map.of(
          "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "tracestate", "vendor=1",
          "b3", "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
          "X-B3-TraceId", "4bf92f3577b34da6a3ce929d0e0e4736");

  private final Recorder recorder = new Recorder();
  private final ObservationRegistry registry = ObservationRegistry.create();
  private final FakePersona persona = FakePersona.start();

  PersonaObservationsTest() {
    registry.observationConfig().observationHandler(recorder);
  }

  @AfterEach
  void stop() {
    persona.close();
  }

  /** Records what a handler gets, and sends headers as one of Micrometer Tracing does. */
  private static final class Recorder implements ObservationHandler<Observation.Context> {
    final List<Observation.Context> started = new CopyOnWriteArrayList<>();
    final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    final Map<Observation.Context, Map<String, String>> first = new ConcurrentHashMap<>();
    Map<String, String> headers = TRACE_HEADERS;

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    @Override
    @SuppressWarnings("unchecked") // as the handlers of Micrometer Tracing do
    public void onStart(Observation.Context context) {
      started.add(context);
      first.put(context, keyValues(context));
      if (context instanceof SenderContext<?>) {
        SenderContext<Object> sender = (SenderContext<Object>) context;
        headers.forEach((name, value) -> sender.getSetter().set(sender.getCarrier(), name, value));
      }
    }

    @Override
    public void onEvent(Observation.Event event, Observation.Context context) {
      events.add(event.getName() + " / " + event.getContextualName());
    }

    @Override
    public void onStop(Observation.Context context) {
      stopped.add(context);
    }

    Observation.Context only() {
      assertThat(started).hasSize(1);
      assertThat(stopped).containsExactlyElementsOf(started);
      return stopped.get(0);
    }
  }

  private static Map<String, String> keyValues(Observation.ContextView context) {
    return context.getLowCardinalityKeyValues().stream()
        .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  private PersonaClientBuilder builder() {
    return PersonaClient.builder()
        .apiKey(persona.apiKey())
        .baseUrl(persona.baseUrl())
        .retryPolicy(
            RetryPolicy.builder().maxRetries(2).initialDelay(Duration.ofMillis(1)).build());
  }

  private PersonaClient client() {
    return PersonaObservations.of(registry).addTo(builder()).build();
  }

  private List<String> sent(String header) {
    return persona.requests().stream()
        .map(request -> String.valueOf(request.header(header)))
        .toList();
  }

  static Stream<Named<Consumer<PersonaClient>>> calls() {
    return Stream.of(
        Named.of("blocking", client -> client.events().list()),
        Named.of("async", client -> client.async().events().list().join()),
        Named.of("raw", client -> client.raw().events().list()));
  }

  // ---- observations ----

  @Test
  void call_isOneObservationOfAClient() {
    try (PersonaClient client = client()) {
      client.inquiries().retrieve(persona.ids("inquiry").get(0));
    }

    Observation.Context context = recorder.only();
    assertThat(context.getName()).isEqualTo("persona.call");
    assertThat(context.getContextualName()).isEqualTo("GET /api/v1/inquiries/{inquiry-id}");
    assertThat(keyValues(context))
        .isEqualTo(
            Map.of(
                "operation", "inquiries.retrieve",
                "method", "GET",
                "uri", "/api/v1/inquiries/{inquiry-id}",
                "outcome", "success",
                "status", "200"));
    assertThat(context.getHighCardinalityKeyValues()).isEmpty();
    assertThat(context.getError()).isNull();
    assertThat(recorder.events).isEmpty();
    assertThat(context)
        .isInstanceOfSatisfying(
            RequestReplySenderContext.class,
            sender -> {
              assertThat(sender.getKind()).isEqualTo(Kind.CLIENT);
              assertThat(sender.getResponse())
                  .isInstanceOfSatisfying(
                      CallReport.class, report -> assertThat(report.attempts()).isEqualTo(1));
            });
  }

  @ParameterizedTest
  @MethodSource("calls")
  void retriedCall_hasAnEventForEachFailedAttempt(Consumer<PersonaClient> call) {
    persona.failNext(Fault.status(503), Fault.dropConnection());

    try (PersonaClient client = client()) {
      call.accept(client);
    }

    assertThat(keyValues(recorder.only())).containsEntry("outcome", "success");
    assertThat(recorder.only().getError()).isNull();
    assertThat(recorder.events)
        .containsExactly(
            "attempt.failed / attempt failed: 503", "attempt.failed / attempt failed: connection");
  }

  @Test
  void everyObservation_hasTheSameKeysFromTheBeginning() {
    persona.failNext(Fault.dropConnection(), Fault.dropConnection(), Fault.dropConnection());

    try (PersonaClient client = client()) {
      assertThat(catchThrowable(() -> client.events().list())).isNotNull();
    }

    Observation.Context context = recorder.only();
    assertThat(recorder.first.get(context))
        .isEqualTo(
            Map.of(
                "operation", "events.list",
                "method", "GET",
                "uri", "/api/v1/events",
                "outcome", "none",
                "status", "none"));
    assertThat(keyValues(context))
        .hasSize(5)
        .containsEntry("outcome", "connection")
        .containsEntry("status", "none");
  }

  @Test
  void failedCalls_areErrorsWithoutTheExceptionOfTheCall() {
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

    assertThat(recorder.stopped)
        .extracting(each -> Objects.requireNonNull(each.getError()).getMessage())
        .containsExactly("refused, status 403", "malformed, status 200", "connection");
    assertThat(recorder.stopped)
        .allSatisfy(
            each -> {
              Throwable error = Objects.requireNonNull(each.getError());
              assertThat(error.getCause()).isNull();
              assertThat(error.getStackTrace()).isEmpty();
              assertThat(error.getSuppressed()).isEmpty();
            });
  }

  @Test
  void idsAndKeys_areInNoObservation() {
    persona.failNext(Fault.status(503), Fault.status(422).details("ada@example.com"));

    try (PersonaClient client =
        PersonaObservations.of(registry).addTo(builder().errorDetailsInMessages(true)).build()) {
      Throwable failed = catchThrowable(() -> client.inquiries().retrieve("inq_doesNotExist"));
      assertThat(failed).hasMessageContaining("ada@example.com");
    }

    assertThat(recorder.events).hasSize(1);
    Observation.Context context = recorder.only();
    assertThat(keyValues(context)).containsEntry("status", "422");
    assertThat(context + " " + recorder.events + " " + context.getError())
        .contains("GET /api/v1/inquiries/{inquiry-id}")
        .doesNotContain("inq_doesNotExist", persona.apiKey(), "ada@example.com");
  }

  // ---- parents ----

  @ParameterizedTest
  @MethodSource("calls")
  void currentObservationOfTheCaller_isTheParent(Consumer<PersonaClient> call) {
    Observation work = Observation.start("work", registry);

    try (PersonaClient client = client();
        Observation.Scope scope = work.openScope()) {
      assertThat(scope).isNotNull();
      call.accept(client);
      assertThat(registry.getCurrentObservation()).isSameAs(work);
    }

    assertThat(parent(recorder.stopped.get(0))).isEqualTo("work");
  }

  @Test
  void concurrentAsyncCalls_haveTheParentOfTheirCaller() {
    Observation one = Observation.start("one", registry);
    Observation two = Observation.start("two", registry);

    try (PersonaClient client = client()) {
      CompletableFuture<?> first;
      CompletableFuture<?> second;
      try (Observation.Scope scope = one.openScope()) {
        assertThat(scope).isNotNull();
        first = client.async().events().list();
      }
      try (Observation.Scope scope = two.openScope()) {
        assertThat(scope).isNotNull();
        second = client.async().inquiries().list();
      }
      CompletableFuture.allOf(first, second).join();
      client.events().list();
    }

    assertThat(recorder.stopped)
        .extracting(each -> keyValues(each).get("operation"), PersonaObservationsTest::parent)
        .containsExactlyInAnyOrder(
            tuple("events.list", "one"),
            tuple("inquiries.list", "two"),
            tuple("events.list", null));
  }

  private static @Nullable String parent(Observation.Context context) {
    var parent = context.getParentObservation();
    return parent == null ? null : parent.getContextView().getName();
  }

  // ---- propagation ----

  @ParameterizedTest
  @MethodSource("calls")
  void everyAttempt_carriesTheHeadersOfTheHandler(Consumer<PersonaClient> call) {
    persona.failNext(Fault.status(503));

    try (PersonaClient client = client()) {
      call.accept(client);
    }

    TRACE_HEADERS.forEach(
        (name, value) -> assertThat(sent(name)).as(name).containsExactly(value, value));
  }

  @Test
  void baggageOfAHandler_isNotSent() {
    recorder.headers =
        Map.of("traceparent", "1", "baggage", "user=ada", "User-Email", "ada@example.com");

    try (PersonaClient client = client()) {
      client.events().list();
    }

    assertThat(sent("traceparent")).containsExactly("1");
    assertThat(sent("baggage")).containsExactly("null");
    assertThat(sent("user-email")).containsExactly("null");
  }

  @Test
  void propagation_canBeSwitchedOff() {
    try (PersonaClient client =
        PersonaObservations.of(registry).withPropagation(false).addTo(builder()).build()) {
      client.events().list();
    }

    assertThat(sent("traceparent")).containsExactly("null");
    assertThat(recorder.only().getName()).isEqualTo("persona.call");
  }

  interface OwnApi {
    @GET
    Call<ResponseBody> whole(@Url HttpUrl url);
  }

  @Test
  void otherHost_getsNoHeaders_andItsUriIsNone() throws Exception {
    try (MockWebServer other = new MockWebServer();
        PersonaClient client = client()) {
      other.start();
      other.enqueue(new MockResponse.Builder().body("{}").build());
      client.api(OwnApi.class).whole(other.url("/things/s3cret?key=s3cret")).execute();

      mockwebserver3.RecordedRequest request =
          Objects.requireNonNull(other.takeRequest(5, TimeUnit.SECONDS));
      assertThat(request.getHeaders().names()).doesNotContain("traceparent", "b3");
      Observation.Context context = recorder.only();
      assertThat(context.getContextualName()).isEqualTo("GET");
      assertThat(keyValues(context)).containsEntry("uri", "none").hasSize(5);
      assertThat(context.toString()).doesNotContain("s3cret");
    }
  }

  // ---- handlers and registries ----

  @Test
  void handlerOfMeters_timesTheCallByItsKeyValues() {
    MeterRegistry meters = new SimpleMeterRegistry();
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    persona.failNext(Fault.status(503), Fault.status(403));

    try (PersonaClient client = client()) {
      assertThat(catchThrowable(() -> client.events().list())).isNotNull();
      client.events().list();
    }

    assertThat(
            meters
                .get("persona.call")
                .tags("outcome", "refused", "status", "403", "error", "CallFailedException")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(meters.get("persona.call").tags("outcome", "success").timer().count()).isEqualTo(1);
    assertThat(meters.get("persona.call.attempt.failed").counter().count()).isEqualTo(1);
    assertThat(meters.getMeters())
        .allSatisfy(
            meter ->
                assertThat(meter.getId().getTags().stream().map(Tag::getKey))
                    .contains("operation", "method", "uri", "outcome", "status"));
  }

  @Test
  void handlerThatThrows_failsNoCall_andTheObservationStops() {
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }

              @Override
              public void onError(Observation.Context context) {
                throw new IllegalStateException("handler");
              }
            });
    persona.failNext(Fault.status(403));

    try (PersonaClient client = client()) {
      assertThat(catchThrowable(() -> client.events().list())).hasMessageContaining("403");
    }

    assertThat(keyValues(recorder.only())).containsEntry("status", "403");
  }

  @Test
  void callsThatAPredicateRefuses_areMadeWithoutObservation() {
    registry
        .observationConfig()
        .observationPredicate((name, context) -> !name.equals("persona.call"));

    try (PersonaClient client = client()) {
      assertThat(client.events().list().items()).isNotEmpty();
    }

    assertThat(recorder.started).isEmpty();
    assertThat(sent("traceparent")).containsExactly("null");
  }

  @Test
  void registryWithoutHandlers_changesNoCall() {
    for (ObservationRegistry each :
        List.of(ObservationRegistry.NOOP, ObservationRegistry.create())) {
      try (PersonaClient client = PersonaObservations.of(each).addTo(builder()).build()) {
        assertThat(client.events().list().items()).isNotEmpty();
      }
    }

    assertThat(sent("traceparent")).containsExactly("null", "null");
  }

  @Test
  void otherListeners_areNotReplaced() {
    int[] ended = new int[1];

    try (PersonaClient client =
        PersonaObservations.of(registry)
            .addTo(builder().callListener(call -> ended[0]++))
            .callListener(call -> ended[0]++)
            .build()) {
      client.events().list();
    }

    assertThat(ended[0]).isEqualTo(2);
    assertThat(recorder.only().getName()).isEqualTo("persona.call");
  }

  @Test
  void missingArguments_areRefusedWithTheirName() {
    assertThatNullPointerException()
        .isThrownBy(() -> PersonaObservations.of(missing()))
        .withMessage("registry");
    assertThatNullPointerException()
        .isThrownBy(() -> PersonaObservations.of(registry).addTo(missing()))
        .withMessage("builder");
  }

  // The null is the test.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T missing() {
    return null;
  }
}
