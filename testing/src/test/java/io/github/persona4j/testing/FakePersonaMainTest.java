package io.github.persona4j.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FakePersonaMainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private @Nullable FakePersona start(String arguments) {
    return FakePersonaMain.start(
        arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  @Test
  void options_areThoseOfTheFake() throws IOException {
    try (FakePersona persona =
        start("--port 0 --host localhost --api-key k --events 3 --inquiries 0 --seed 1 --drift")) {
      assertThat(persona).isNotNull();
      assertThat(out.toString(UTF_8)).contains(persona.baseUrl()).contains("Key       k\n");
      assertThat(err.toString(UTF_8)).isEmpty();
      TestClient client = new TestClient(persona);
      assertThat(client.get("/events?page%5Bsize%5D=100").items().size()).isLessThan(30);
      assertThat(client.get("/events").json().has("drift-member")).isTrue();
    }
  }

  @Test
  void origin_isThatOfClients() {
    try (FakePersona persona = start("--port 0 --origin http://fake.test:1 --any-host")) {
      assertThat(persona).isNotNull();
      assertThat(persona.baseUrl()).isEqualTo("http://fake.test:1/api/v1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nothing",
        "--port",
        "--port x",
        "--port 70000",
        "--rate-limit 0",
        "--host a..b"
      })
  void wrongOptions_areReportedWithTheHelp(String arguments) {
    assertThat(start(arguments)).isNull();
    assertThat(err.toString(UTF_8)).contains("--any-host");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void help_isPrinted() {
    assertThat(start("--help")).isNull();
    assertThat(out.toString(UTF_8)).contains("--any-host");
  }
}
