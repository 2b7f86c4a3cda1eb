package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatePageTest {
  private final FakePersona persona = FakePersona.start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private HttpResponse<String> page(String query) throws IOException, InterruptedException {
    URI uri = URI.create(persona.origin() + "/" + query);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void page_needsNoKeyAndListsFamilies() throws Exception {
    persona.webhooks().to("http://localhost:1/hook").register();
    HttpResponse<String> response = page("?show=webhook");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(response.body())
        .startsWith("<!DOCTYPE html>")
        .contains(persona.baseUrl())
        .contains("/?show=webhook\" aria-current=\"page\">webhook<span>1</span>")
        .contains("enabled");
  }

  @Test
  void object_isShownAsJsonWithItsTextEscaped() throws Exception {
    RegisteredWebhook webhook =
        persona.webhooks().to("http://localhost:1/").blocklist("<script>&\"").register();

    assertThat(page("?show=webhook&id=" + webhook.id()).body())
        .contains("&lt;script&gt;&amp;\\&quot;")
        .doesNotContain("<script>");
    assertThat(page("?id=wbh_none").body()).contains("There is no object with this ID.");
    assertThat(page("?show=%3Cb%3E").body()).doesNotContain("<b>").contains("&lt;b&gt;");
  }

  @Test
  void object_isShownWithItsEvents_andEventsLeadToTheirObjects() throws Exception {
    String id = client.get("/inquiries").ids().get(0);

    assertThat(page("?id=" + id).body()).contains("<h2>Events</h2>").contains("inquiry.created");
    assertThat(page("").body()).contains("/?show=event&amp;id=" + id);
  }

  @Test
  void requests_areListed() throws Exception {
    TestResponse response = client.get("/inquiries/inq_none");
    assertThat(response.status()).isEqualTo(404);

    assertThat(page("?show=requests").body()).contains("GET /api/v1/inquiries/inq_none");
    assertThat(persona.requests()).hasSize(1); // not those for the page
    assertThat(page("?show=deliveries").body()).contains("None yet.");
    assertThat(persona.describe())
        .startsWith("FakePersona[")
        .contains("  GET /api/v1/inquiries/inq_none\n");
  }

  private int statusWithHost(String line) throws IOException {
    URI origin = URI.create(persona.origin());
    try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
      socket
          .getOutputStream()
          .write(("GET / HTTP/1.0\r\n" + line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(response.substring(9, 12));
    }
  }

  /** A site can let its own name point to this machine, but the browser sends that name. */
  @Test
  void page_isForHostsOfThisMachineOnly() throws IOException {
    for (String host :
        new String[] {"localhost", "127.0.0.1:80", "[::1]:9", "a.localhost:80", "10.0.0.7:8700"}) {
      assertThat(statusWithHost("Host: " + host + "\r\n")).as(host).isEqualTo(200);
    }
    for (String host : new String[] {"evil.example", "localhost.evil.example:80", "a b", ""}) {
      assertThat(statusWithHost("Host: " + host + "\r\n")).as(host).isEqualTo(403);
    }
    try (FakePersona named = FakePersona.builder().origin("https://fake.example").start()) {
      assertThat(named.origin()).isEqualTo("https://fake.example");
    }
  }
}
