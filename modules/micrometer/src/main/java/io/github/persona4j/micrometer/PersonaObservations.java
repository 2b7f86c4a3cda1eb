package io.github.persona4j.micrometer;

import io.github.persona4j.ApiOperation;
import io.github.persona4j.CallListener;
import io.github.persona4j.CallReport;
import io.github.persona4j.PersonaClientBuilder;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.Objects;

/**
 * Observes each call of a client with a registry of Micrometer, whose handlers make spans, metrics
 * or logs of it:
 * <!-- code: examples/micrometer/src/test/java/io/github/persona4j/examples/micrometer/GuideSnippets.java#observations -->
 *
 * <pre>{@code
 * PersonaClient observed =
 *     PersonaObservations.of(registry).addTo(PersonaClient.builder().apiKey(key)).build();
 * }</pre>
 *
 * <p>The observation has the name {@code persona.call} and covers the call with all its attempts
 * and waiting, until the headers of the response have been received and, unless it is streamed, the
 * body has been read. Its parent is the observation that is current on the thread that makes the
 * call, also for asynchronous calls. Its contextual name, which is that of a span, is the method
 * and the template of the path, such as {@code GET /api/v1/inquiries/{inquiry-id}}; without a
 * template, the method alone.
 *
 * <p>Each observation has these key values, all of low cardinality. What is unknown is {@code
 * none}.
 *
 * <ul>
 *   <li>{@code operation}: the name of the operation, such as {@code events.list}
 *   <li>{@code method}: the HTTP method
 *   <li>{@code uri}: the template of the path
 *   <li>{@code outcome}: {@code success} or a value of {@link CallReport.Failure} in lower case
 *   <li>{@code status}: the HTTP status of the last response
 * </ul>
 *
 * <p>Each failed attempt that is followed by another one is an event, {@code attempt.failed}, with
 * a contextual name such as {@code attempt failed: 503} or {@code attempt failed: timeout}. A call
 * that failed has an error whose message is the outcome and the status, and not the exception of
 * the call. So handlers get no ID, key or other argument of a call.
 *
 * <p>The context is a {@link io.micrometer.observation.transport.RequestReplySenderContext
 * RequestReplySenderContext} of the kind {@code CLIENT}. Its response is the {@link CallReport}.
 * What handlers put into its carrier when the observation starts is sent to Persona with every
 * attempt, if it is a header of W3C Trace Context or B3: {@code traceparent}, {@code tracestate},
 * {@code b3} or {@code X-B3-...}. Baggage is not sent, because it can have personal data. Other
 * hosts and downloads of files do not get the headers.
 *
 * <p>A handler such as {@code DefaultMeterObservationHandler} makes the timer {@code persona.call}
 * of the observations, beside the timer {@code persona.calls} of {@link PersonaMetrics}. An
 * application needs one of them.
 *
 * <p>Immutable and thread-safe.
 */
public final class PersonaObservations {
  /** The path of an operation without a template. */
  private static final String NO_TEMPLATE = "{url}";

  private final ObservationRegistry registry;
  private final boolean propagation;

  private PersonaObservations(ObservationRegistry registry, boolean propagation) {
    this.registry = registry;
    this.propagation = propagation;
  }

  /** Observes calls with the handlers, filters and predicates of a registry. */
  public static PersonaObservations of(ObservationRegistry registry) {
    return new PersonaObservations(Objects.requireNonNull(registry, "registry"), true);
  }

  /** Returns a copy that sends the headers of traces to Persona, or not. The default is true. */
  public PersonaObservations withPropagation(boolean propagation) {
    return new PersonaObservations(registry, propagation);
  }

  /**
   * Adds this to a client that is being built. It replaces no other listener.
   *
   * @return the same builder
   */
  public PersonaClientBuilder addTo(PersonaClientBuilder builder) {
    return Objects.requireNonNull(builder, "builder").callListenerFactory(this::started);
  }

  private CallListener started(ApiOperation operation) {
    boolean template = !NO_TEMPLATE.equals(operation.path());
    CallContext context = new CallContext();
    Observation observation =
        Observation.createNotStarted("persona.call", () -> context, registry)
            .contextualName(template ? operation.toString() : operation.method())
            .lowCardinalityKeyValue("operation", operation.name())
            .lowCardinalityKeyValue("method", operation.method())
            .lowCardinalityKeyValue("uri", template ? operation.path() : CallValues.NONE)
            .lowCardinalityKeyValue(ObservationListener.OUTCOME, CallValues.NONE)
            .lowCardinalityKeyValue(ObservationListener.STATUS, CallValues.NONE)
            .start(); // below that of the caller, on whose thread this runs
    return new ObservationListener(
        observation, context, propagation ? context.headers() : Map.of());
  }
}
