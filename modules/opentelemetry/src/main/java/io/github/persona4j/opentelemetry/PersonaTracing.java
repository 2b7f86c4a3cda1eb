package io.github.persona4j.opentelemetry;

import io.github.persona4j.ApiOperation;
import io.github.persona4j.CallListener;
import io.github.persona4j.PersonaClientBuilder;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates a span for each call of a client with OpenTelemetry:
 * <!-- code: examples/opentelemetry/src/test/java/io/github/persona4j/examples/opentelemetry/GuideSnippets.java#traces -->
 *
 * <pre>{@code
 * PersonaClient traced =
 *     PersonaTracing.of(openTelemetry)
 *         .withRequestIds(true) // optional: Request-Id as an attribute
 *         .addTo(PersonaClient.builder().apiKey(key))
 *         .build();
 * }</pre>
 *
 * <p>The span has the kind {@code CLIENT} and covers the call with all its attempts and waiting,
 * until the headers of the response have been received and, unless it is streamed, the body has
 * been read. Its parent is the span that is current on the thread that makes the call, also for
 * asynchronous calls. Names and attributes are those of the semantic conventions of OpenTelemetry
 * for HTTP:
 *
 * <ul>
 *   <li>The name is the method and the template of the path, such as {@code GET
 *       /api/v1/inquiries/{inquiry-id}}; without a template, the method alone.
 *   <li>{@code http.request.method}, {@code server.address}, {@code server.port} and {@code
 *       url.template} from the beginning.
 *   <li>{@code http.response.status_code} of the last response.
 *   <li>{@code http.request.resend_count}, the number of retries, if there were any.
 *   <li>{@code error.type} if the call failed, and then the status of the span is {@code ERROR}:
 *       the HTTP status for an error response, otherwise {@code connection}, {@code timeout},
 *       {@code stopped}, {@code malformed} or {@code fault}; see {@code CallReport.Failure}.
 *   <li>{@code url.full} is left out, because paths have IDs and queries can have personal data.
 * </ul>
 *
 * <p>Each failed attempt that is followed by another one is an event, {@code
 * persona.attempt.failed}, with {@code persona.attempt.number}, {@code persona.attempt.duration}
 * and {@code persona.attempt.wait} (the wait before the next attempt) in seconds, {@code
 * error.type} and {@code http.response.status_code}.
 *
 * <p>The span is propagated to Persona in the headers of the configured propagators, such as {@code
 * traceparent}, with every attempt. Other hosts and downloads of files do not get them. Baggage is
 * not propagated, because it can have personal data.
 *
 * <p>Immutable and thread-safe.
 */
public final class PersonaTracing {
  private static final Set<String> KNOWN_METHODS =
      Set.of(
          "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE");

  /** The path of an operation without a template. */
  private static final String NO_TEMPLATE = "{url}";

  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final boolean propagation;
  private final boolean requestIds;

  private PersonaTracing(
      Tracer tracer, TextMapPropagator propagator, boolean propagation, boolean requestIds) {
    this.tracer = tracer;
    this.propagator = propagator;
    this.propagation = propagation;
    this.requestIds = requestIds;
  }

  /**
   * Creates spans with the tracer provider and the propagators of an OpenTelemetry. Its
   * instrumentation scope is {@code io.github.persona4j}.
   */
  public static PersonaTracing of(OpenTelemetry openTelemetry) {
    Objects.requireNonNull(openTelemetry, "openTelemetry");
    return new PersonaTracing(
        openTelemetry.getTracer("io.github.persona4j"),
        openTelemetry.getPropagators().getTextMapPropagator(),
        true,
        false);
  }

  /** Returns a copy that propagates the span to Persona, or not. The default is true. */
  public PersonaTracing withPropagation(boolean propagation) {
    return new PersonaTracing(tracer, propagator, propagation, requestIds);
  }

  /**
   * Returns a copy that records the {@code Request-Id} of responses, which Persona's support asks
   * for, or not: of the last response as the attribute {@code http.response.header.request-id}, and
   * of earlier ones in their events. The default is false, because the conventions record headers
   * only if they are chosen.
   */
  public PersonaTracing withRequestIds(boolean requestIds) {
    return new PersonaTracing(tracer, propagator, propagation, requestIds);
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
    String method = KNOWN_METHODS.contains(operation.method()) ? operation.method() : null;
    String template = NO_TEMPLATE.equals(operation.path()) ? null : operation.path();
    SpanBuilder builder =
        tracer
            .spanBuilder(name(method, template))
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(SpanListener.METHOD, method == null ? "_OTHER" : method)
            .setAttribute(SpanListener.ADDRESS, operation.host())
            .setAttribute(SpanListener.PORT, (long) operation.port());
    if (method == null) {
      builder.setAttribute(SpanListener.ORIGINAL_METHOD, operation.method());
    }
    if (template != null) {
      builder.setAttribute(SpanListener.TEMPLATE, template);
    }
    Span span = builder.startSpan(); // below that of the caller, on whose thread this runs
    // Without the caller's baggage.
    return new SpanListener(
        span, Context.root().with(span), propagation ? propagator : null, requestIds);
  }

  private static String name(@Nullable String method, @Nullable String template) {
    String known = method == null ? "HTTP" : method;
    return template == null ? known : known + ' ' + template;
  }
}
