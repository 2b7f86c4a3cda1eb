package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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

  @Test
  void keyLimitBelowTheSharedOne_isReportedAndRejects() throws IOException {
    try (FakePersona fake =
        FakePersona.builder().rateLimit(100).keyRateLimit(2).clock(clock).start()) {
      TestClient own = new TestClient(fake);
      for (String remaining : List.of("1", "0")) {
        TestResponse response = own.get("/events");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("RateLimit-Limit")).isEqualTo("2");
        assertThat(response.header("RateLimit-Remaining")).isEqualTo(remaining);
      }
      assertThat(own.get("/events").status()).isEqualTo(429);
      assertThat(own.get("/events", "Authorization", "Bearer x").header("RateLimit-Remaining"))
          .isEqualTo("98"); // the rejected request did not count against the shared limit
    }
  }

  @Test
  void sharedLimitCloserThanThatOfTheKey_isReported() throws IOException {
    try (FakePersona fake =
        FakePersona.builder().rateLimit(2).keyRateLimit(100).clock(clock).start()) {
      assertThat(new TestClient(fake).get("/events").header("RateLimit-Limit")).isEqualTo("2");
    }
    try (FakePersona fake = FakePersona.builder().keyRateLimit(400).clock(clock).start()) {
      assertThat(new TestClient(fake).get("/events").header("RateLimit-Limit")).isEqualTo("400");
    }
  }

  @Test
  void creationQuota_countsCreatedObjectsUntilThePeriodEnds() throws IOException {
    String body = "{\"data\":{\"attributes\":{\"template-id\":\"t\"}}}";
    try (FakePersona fake =
        FakePersona.builder().creationQuota("POST /inquiries", 1).clock(clock).start()) {
      TestClient own = new TestClient(fake);
      assertThat(own.get("/inquiries").header("Quota-Limit")).isNull();
      assertThat(own.post("/inquiries", "{").header("Quota-Remaining")).isEqualTo("1");
      TestResponse created = own.post("/inquiries", body);
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.header("Quota-Limit")).isEqualTo("1");
      assertThat(created.header("Quota-Remaining")).isEqualTo("0");
      assertThat(created.header("Quota-Reset")).isEqualTo("2592000");
      TestResponse rejected = own.post("/inquiries", body);
      assertThat(rejected.status()).isEqualTo(429);
      assertThat(rejected.error().get("title").getAsString()).isEqualTo("Quota exceeded");
      clock.advance(Duration.ofDays(30));
      assertThat(own.post("/inquiries", body).status()).isEqualTo(201);
    }
  }

  @Test
  void invalidLimits_areRejected() {
    FakePersona.Builder builder = FakePersona.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.keyRateLimit(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.creationQuota("inquiries", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.creationQuota("POST /inquiries", -1));
  }
}
