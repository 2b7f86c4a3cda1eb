package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
  private static final String BODY = "{\"data\":{\"attributes\":{\"name\":\"Back office\"}}}";

  private final SettableClock clock = new SettableClock();
  private final FakePersona persona = FakePersona.builder().clock(clock).keyRateLimit(3).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private int statusWith(String key) throws IOException {
    return client.get("/events", "Authorization", "Bearer " + key).status();
  }

  @Test
  void createdKey_isAcceptedWithALimitOfItsOwnUntilItExpires() throws IOException {
    JsonObject created = client.post("/api-keys", BODY).data();
    String key = created.getAsJsonObject("attributes").get("value").getAsString();
    assertThat(key).startsWith("persona_sandbox_").isNotEqualTo(persona.apiKey());

    for (int i = 0; i < 3; i++) {
      assertThat(statusWith(key)).isEqualTo(200);
    }
    assertThat(statusWith(key)).isEqualTo(429);
    assertThat(statusWith(persona.apiKey())).isEqualTo(200);

    String path = "/api-keys/" + created.get("id").getAsString();
    assertThat(client.post(path + "/expire", "{\"meta\":{\"expires-in-seconds\":60}}").status())
        .isEqualTo(200);
    clock.advance(Duration.ofSeconds(59));
    assertThat(statusWith(key)).isEqualTo(429);
    clock.advance(Duration.ofSeconds(1));
    assertThat(statusWith(key)).isEqualTo(401);
  }

  @Test
  void casingOfAKey_isThatOfItsResponsesUnlessTheyNameOne() throws IOException {
    String body = BODY.replace("\"Back office\"", "\"n\",\"api-key-inflection\":\"snake\"");
    String key = client.post("/api-keys", body).attributes().get("value").getAsString();
    String authorization = "Bearer " + key;

    assertThat(client.get("/inquiries", "Authorization", authorization).body())
        .contains("created_at");
    assertThat(
            client
                .get("/inquiries", "Authorization", authorization, "Key-Inflection", "camel")
                .body())
        .contains("createdAt");
    assertThat(client.get("/inquiries").body()).contains("created-at");
  }

  @Test
  void cloneOfAKey_isAnotherKey() throws IOException {
    JsonObject created = client.post("/api-keys", BODY).data();
    JsonObject copy =
        client.post("/api-keys/" + created.get("id").getAsString() + "/clone", "").attributes();

    assertThat(copy.get("name").getAsString()).isEqualTo("Back office");
    assertThat(copy.get("value")).isNotEqualTo(created.getAsJsonObject("attributes").get("value"));
    assertThat(statusWith(copy.get("value").getAsString())).isEqualTo(200);
  }
}
