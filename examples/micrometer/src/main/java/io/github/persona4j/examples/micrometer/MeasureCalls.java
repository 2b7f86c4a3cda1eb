package io.github.persona4j.examples.micrometer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.micrometer.PersonaMetrics;
import io.github.persona4j.testing.FakePersona;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * An application whose calls of the Persona API are measured with Micrometer. {@code GET /events}
 * makes a call, and {@code GET /metrics} is what Prometheus reads.
 */
public final class MeasureCalls implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final PersonaClient persona;
  private final HttpServer server;

  private MeasureCalls(PersonaClientBuilder settings, int port) throws IOException {
    persona =
        settings.callListener(PersonaMetrics.to(registry, Tags.of("client", "example"))).build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/events", this::events);
    server.createContext("/metrics", exchange -> respond(exchange, 200, registry.scrape()));
  }

  /** Starts at the port 8080, with a fake of the API unless {@code PERSONA_API_KEY} is set. */
  public static void main(String[] args) throws IOException {
    String key = System.getenv("PERSONA_API_KEY");
    PersonaClientBuilder settings = PersonaClient.builder();
    if (key == null) {
      FakePersona fake = FakePersona.start();
      settings.apiKey(fake.apiKey()).baseUrl(fake.baseUrl());
    } else {
      settings.apiKey(key);
    }
    MeasureCalls application = start(settings, 8080);
    System.out.println("GET " + application.url() + "/events, then /metrics");
  }

  static MeasureCalls start(PersonaClientBuilder settings, int port) throws IOException {
    MeasureCalls application = new MeasureCalls(settings, port);
    application.server.start();
    return application;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void events(HttpExchange exchange) throws IOException {
    try {
      respond(exchange, 200, persona.events().list().items().size() + " events\n");
    } catch (PersonaException e) {
      respond(exchange, 502, "Persona: " + e.getMessage() + "\n");
    }
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
    registry.close();
  }
}
