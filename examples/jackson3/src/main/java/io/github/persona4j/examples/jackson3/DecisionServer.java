package io.github.persona4j.examples.jackson3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.Verification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves JSON that contains models of the API, and accepts it. The mapper finds the module of
 * {@code persona4j-jackson3} itself.
 *
 * <ul>
 *   <li>{@code GET /inquiries/ID} returns an inquiry that the client retrieves.
 *   <li>{@code POST /decisions} accepts a decision and returns it, with all that it contained.
 *   <li>{@code POST /events} accepts an event, as a webhook sends it or alone.
 * </ul>
 */
public final class DecisionServer implements AutoCloseable {
  /** A decision about an inquiry, of the application. */
  record Decision(
      String id,
      InquiryStatus status,
      Inquiry inquiry,
      List<Verification> verifications,
      @Nullable String note) {}

  /** What the application has understood of an event. */
  record Seen(String id, String name) {}

  private interface Action {
    Object run(HttpExchange exchange) throws IOException;
  }

  private final JsonMapper mapper = JsonMapper.builder().findAndAddModules().build();
  private final PersonaClient persona;
  private final HttpServer server;

  private DecisionServer(PersonaClient persona) throws IOException {
    this.persona = persona;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Starts on a free port of the loopback interface. */
  public static DecisionServer start(PersonaClient persona) throws IOException {
    DecisionServer server = new DecisionServer(persona);
    server.on("/inquiries/", server::inquiry);
    server.on("/decisions", exchange -> server.read(exchange, Decision.class));
    server.on("/events", exchange -> seen(server.read(exchange, Event.class)));
    server.server.start();
    return server;
  }

  /** Returns the port. */
  public int port() {
    return server.getAddress().getPort();
  }

  private Inquiry inquiry(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return persona.inquiries().retrieve(path.substring(path.lastIndexOf('/') + 1)).data();
  }

  private static Seen seen(Event event) {
    return new Seen(event.id(), Objects.requireNonNull(event.attributes().name()).value());
  }

  private <T> T read(HttpExchange exchange, Class<T> type) throws IOException {
    return mapper.readValue(exchange.getRequestBody(), type);
  }

  private void on(String path, Action action) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            int status = 200;
            Object body;
            try {
              body = action.run(exchange);
            } catch (JacksonException e) {
              status = 400;
              body = Map.of("error", e.getOriginalMessage());
            } catch (NotFoundException e) {
              status = 404;
              body = Map.of("error", "not found");
            }
            byte[] json = mapper.writeValueAsBytes(body);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, json.length);
            exchange.getResponseBody().write(json);
          }
        });
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
  }
}
