package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Inquiry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The searches of the example over a server that returns one result and keeps the request. */
class SearchInquiriesTest {
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private HttpServer server;
  private PersonaClient persona;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(exchange.getRequestURI() + " " + body);
          String type = exchange.getRequestURI().getPath().contains("inqu") ? "inquiry" : "account";
          String page =
              "{\"data\":[{\"type\":\"%s\",\"id\":\"1\",\"attributes\":{}}]}".formatted(type);
          byte[] response = page.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, response.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(response);
          }
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1";
    persona = PersonaClient.builder().apiKey("persona_sandbox_x").baseUrl(url).build();
  }

  @AfterEach
  void stop() {
    persona.close();
    server.stop(0);
  }

  @Test
  void openInquiries_areSearchedByReferenceAndStatus() throws Exception {
    List<Inquiry> found = SearchInquiries.openInquiries(persona, "user-42");

    assertThat(found).extracting(Inquiry::id).containsExactly("1");
    assertThat(requests.take())
        .isEqualTo(
            "/api/v1/inquiries/search {\"query\":{\"and\":["
                + "{\"attribute\":\"reference_id\",\"operator\":\"eq\",\"value\":\"user-42\"},"
                + "{\"not\":{\"attribute\":\"status\",\"operator\":\"eq\",\"value\":\"expired\"}}]},"
                + "\"sort\":{\"attribute\":\"created_at\",\"direction\":\"desc\"},"
                + "\"page\":{\"size\":100}}");
  }

  @Test
  void loyalAccounts_areSearchedByFields() throws Exception {
    List<Account> found = SearchInquiries.loyalAccounts(persona, LocalDate.of(2024, 1, 1));

    assertThat(found).extracting(Account::id).containsExactly("1");
    assertThat(requests.take())
        .isEqualTo(
            "/api/v1/accounts/search {\"query\":{\"and\":["
                + "{\"attribute\":\"fields.loyalty-level\",\"operator\":\"gte\",\"value\":3},"
                + "{\"attribute\":\"fields.member-since\",\"operator\":\"lt\","
                + "\"value\":\"2024-01-01\"}]},\"page\":{\"size\":100}}");
  }
}
