package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final SettableClock clock = new SettableClock();
  private final FakePersona persona = FakePersona.builder().rateLimit(3).clock(clock).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private void assertRateLimit(TestResponse response, int status, String remaining, String reset) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("RateLimit-Limit")).isEqualTo("3");
    assertThat(response.header("RateLimit-Remaining")).isEqualTo(remaining);
    assertThat(response.header("RateLimit-Reset")).isEqualTo(reset);
  }

  @Test
  void requestOverTheLimit_returns429UntilTheNextWindow() throws IOException {
    clock.advance(Duration.ofHours(1));
    assertRateLimit(client.get("/events"), 200, "2", "60");
    clock.advance(Duration.ofMillis(500));
    assertRateLimit(client.get("/events"), 200, "1", "60");
    clock.advance(Duration.ofSeconds(20));
    assertRateLimit(client.get("/events/none"), 404, "0", "40");
    TestResponse rejected = client.get("/events");
    assertRateLimit(rejected, 429, "0", "40");
    assertThat(rejected.error().keySet()).containsExactly("title");
    assertThat(rejected.header("Retry-After")).isNull();
    clock.advance(Duration.ofMillis(39_500));
    assertRateLimit(client.get("/events"), 200, "2", "60");
  }

  @Test
  void wrongKey_doesNotCount() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertRateLimit(client.get("/events", "Authorization", "Bearer x"), 401, "3", "60");
    }
    assertRateLimit(client.get("/events"), 200, "2", "60");
  }

  @Test
  void clockSetBack_startsANewWindow() throws IOException {
    for (int i = 0; i < 4; i++) {
      client.get("/events");
    }
    clock.advance(Duration.ofHours(-1));
    assertRateLimit(client.get("/events"), 200, "2", "60");
  }

  @Test
  void rejectedPost_doesNotUseItsIdempotencyKey() throws IOException {
    String body = "{\"data\":{\"attributes\":{\"template-id\":\"t\"}}}";
    for (int i = 0; i < 3; i++) {
      client.get("/events");
    }
    assertThat(client.post("/inquiries", body, "Idempotency-Key", "k").status()).isEqualTo(429);
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.post("/inquiries", body, "Idempotency-Key", "k").status()).isEqualTo(201);
  }
}
