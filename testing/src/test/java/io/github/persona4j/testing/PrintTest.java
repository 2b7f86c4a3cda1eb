package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrintTest {
  private final FakePersona persona = FakePersona.start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  @Test
  void print_isAPdfOfTheObject() throws IOException {
    String id = client.get("/inquiries").ids().get(0);
    TestResponse response = client.get("/inquiries/" + id + "/print");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(response.body())
        .startsWith("%PDF-1.4")
        .contains("(inquiry " + id + ") Tj")
        .contains("(status: ")
        .endsWith("%%EOF\n");
  }

  @Test
  void printOfNothing_isNotFound() throws IOException {
    for (String path : new String[] {"inquiries/inq_x", "reports/rep_x", "verifications/ver_x"}) {
      assertThat(client.get("/" + path + "/print").status()).isEqualTo(404);
    }
  }

  @Test
  void rateLimits_areThoseOfTheHeaders() throws IOException {
    try (FakePersona fake = FakePersona.builder().rateLimit(50).start()) {
      TestResponse response = new TestClient(fake).get("/rate-limits");

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("RateLimit-Remaining")).isEqualTo("49");
      assertThat(response.items())
          .singleElement()
          .satisfies(
              limit -> {
                assertThat(limit.get("type").getAsString()).isEqualTo("rate-limit/api");
                assertThat(limit.getAsJsonObject("attributes"))
                    .hasToString("{\"limit\":50,\"remaining\":49,\"seconds-to-reset\":60}");
              });
    }
  }
}
