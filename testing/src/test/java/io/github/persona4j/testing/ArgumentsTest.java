package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that cannot work are rejected where they are given. */
class ArgumentsTest {
  private final FakePersona persona = FakePersona.start();

  @AfterEach
  void close() {
    persona.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/x", "x", "ftp://x", "http:///x", "http:x", "http://a b", "mailto:a"})
  void urlOfAWebhook_mustBeHttp(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.webhooks().to(url))
        .withMessageStartingWith("url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "\u007f", "é"})
  void key_mustFitIntoAHeader(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FakePersona.builder().apiKey(key))
        .withMessageStartingWith("apiKey");
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "", "localhost:80", "ftp://x", "http://x/", "//x"})
  void origin_mustBeOne(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FakePersona.builder().origin(origin))
        .withMessageStartingWith("origin");
  }

  @Test
  void durations_mustBePossible() {
    RegisteredWebhook webhook = persona.webhooks().to("http://localhost:1/").register();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> webhook.rotateSecret(Duration.ofSeconds(-1)))
        .withMessageStartingWith("overlap");
    Instant before = persona.clock().instant();
    for (Duration huge :
        new Duration[] {Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(1L << 40)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> persona.clock().advance(huge))
          .withMessageStartingWith("duration");
    }
    assertThat(persona.clock().instant()).isBefore(before.plusSeconds(60));
    persona.clock().advance(Duration.ofSeconds(1));
  }

  @Test
  void templateOfAStep_mustNotBeBlank() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationStep.selfie().template(" "))
        .withMessageStartingWith("id");
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 422})
  void secretOfAnArchivedWebhook_isRefusedLikeOtherMoves(int status) throws IOException {
    try (FakePersona fake = FakePersona.builder().illegalMoves(status).start()) {
      TestClient client = new TestClient(fake);
      String path = "/webhooks/" + fake.webhooks().to("http://localhost:1/").register().id();
      assertThat(client.post(path + "/rotate-secret", "").status()).isEqualTo(200);
      assertThat(client.post(path + "/archive", "").status()).isEqualTo(200);

      TestResponse rotate = client.post(path + "/rotate-secret", "");
      assertThat(rotate.status()).isEqualTo(status);
      assertThat(client.post(path + "/enable", "").status()).isEqualTo(status);
    }
  }

  @Test
  void graphQueryThatRunsAgain_isCompleted() throws IOException {
    TestClient client = new TestClient(persona);
    String id =
        client
            .post(
                "/graph-queries", "{\"data\":{\"attributes\":{\"graph-query-template-id\":\"g\"}}}")
            .data()
            .get("id")
            .getAsString();
    persona.clock().set(persona.clock().instant().plusSeconds(1));
    persona.move(id, "rerun");
    assertThat(client.get("/graph-queries/" + id).attributes().get("status").getAsString())
        .isEqualTo("submitted");

    persona.clock().advance(Duration.ofSeconds(1));

    assertThat(client.get("/graph-queries/" + id).attributes().get("status").getAsString())
        .isEqualTo("completed");
  }
}
