package io.github.persona4j.examples.opentelemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.opentelemetry.PersonaTracing;
import io.github.persona4j.testing.FakePersona;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An application whose calls of the Persona API are traced with OpenTelemetry. {@code GET /events}
 * makes a call, whose span is below that of the request. The trace begins with the {@code
 * traceparent} of the request, if it has one.
 */
public final class TraceCalls implements AutoCloseable {
  private final OpenTelemetry telemetry;
  private final PersonaClient persona;
  private final HttpServer server;

  private TraceCalls(PersonaClientBuilder settings, OpenTelemetry telemetry, int port)
      throws IOException {
    this.telemetry = telemetry;
    persona = PersonaTracing.of(telemetry).withRequestIds(true).addTo(settings).build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/events", this::traced);
  }

  /**
   * Starts at the port 8080 and prints spans, with a fake of the API unless {@code PERSONA_API_KEY}
   * is set.
   */
  public static void main(String[] args) throws IOException {
    String key = System.getenv("PERSONA_API_KEY");
    PersonaClientBuilder settings = PersonaClient.builder();
    if (key == null) {
      FakePersona fake = FakePersona.start();
      settings.apiKey(fake.apiKey()).baseUrl(fake.baseUrl());
    } else {
      settings.apiKey(key);
    }
    TraceCalls application = start(settings, telemetry(new SpanPrinter(System.out)), 8080);
    System.out.println("GET " + application.url() + "/events");
  }

  /** Exports each span at once, which suits an example; use a batch processor otherwise. */
  static OpenTelemetry telemetry(SpanExporter exporter) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  static TraceCalls start(PersonaClientBuilder settings, OpenTelemetry telemetry, int port)
      throws IOException {
    TraceCalls application = new TraceCalls(settings, telemetry, port);
    application.server.start();
    return application;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a server that is instrumented does by itself. */
  private void traced(HttpExchange exchange) throws IOException {
    Context caller =
        telemetry
            .getPropagators()
            .getTextMapPropagator()
            .extract(Context.root(), exchange.getRequestHeaders(), TraceCalls::header);
    Span span =
        telemetry
            .getTracer("example")
            .spanBuilder("GET /events")
            .setSpanKind(SpanKind.SERVER)
            .setParent(caller)
            .startSpan();
    String text;
    int status = 200;
    try {
      text = caller.with(span).wrapSupplier(this::events).get();
    } catch (PersonaException e) {
      status = 502;
      text = "Persona: " + e.getMessage() + "\n";
    } finally {
      span.end();
    }
    respond(exchange, status, text);
  }

  private static @Nullable String header(@Nullable Headers headers, String name) {
    return headers == null ? null : headers.getFirst(name);
  }

  private String events() {
    String trace = Span.current().getSpanContext().getTraceId();
    return persona.events().list().items().size() + " events in trace " + trace + "\n";
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    persona.close();
  }
}
