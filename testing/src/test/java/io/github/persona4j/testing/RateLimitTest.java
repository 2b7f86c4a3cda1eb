package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.Caller.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final SettableClock clock = new SettableClock();
  private final FakePersona persona = FakePersona.builder().rateLimit(3).clock(clock).start();
  private final Caller caller = new Caller(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private void standing(Reply reply, int status, String remaining, String reset) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("RateLimit-Limit")).isEqualTo("3");
    assertThat(reply.header("RateLimit-Remaining")).isEqualTo(remaining);
    assertThat(reply.header("RateLimit-Reset")).isEqualTo(reset);
  }

  @Test
  void requestOverTheLimit_isAnswered429UntilTheWindowTurns() throws IOException {
    clock.advance(Duration.ofHours(1));
    standing(caller.get("/events"), 200, "2", "60");
    clock.advance(Duration.ofMillis(500));
    standing(caller.get("/events"), 200, "1", "60");
    clock.advance(Duration.ofSeconds(20));
    standing(caller.get("/events/none"), 404, "0", "40");
    Reply refused = caller.get("/events");
    standing(refused, 429, "0", "40");
    assertThat(refused.error().keySet()).containsExactly("title");
    assertThat(refused.header("Retry-After")).isNull();
    clock.advance(Duration.ofMillis(39_500));
    standing(caller.get("/events"), 200, "2", "60");
  }

  @Test
  void wrongKey_doesNotCount() throws IOException {
    for (int i = 0; i < 5; i++) {
      standing(caller.get("/events", "Authorization", "Bearer x"), 401, "3", "60");
    }
    standing(caller.get("/events"), 200, "2", "60");
  }

  @Test
  void clockSetBack_opensANewWindow() throws IOException {
    for (int i = 0; i < 4; i++) {
      caller.get("/events");
    }
    clock.advance(Duration.ofHours(-1));
    standing(caller.get("/events"), 200, "2", "60");
  }

  @Test
  void refusedPost_leavesItsIdempotencyKeyUnused() throws IOException {
    String body = "{\"data\":{\"attributes\":{\"template-id\":\"t\"}}}";
    for (int i = 0; i < 3; i++) {
      caller.get("/events");
    }
    assertThat(caller.post("/inquiries", body, "Idempotency-Key", "k").status()).isEqualTo(429);
    clock.advance(Duration.ofMinutes(1));
    assertThat(caller.post("/inquiries", body, "Idempotency-Key", "k").status()).isEqualTo(201);
  }
}
