package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.persona4j.contract.Settings.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and ending a Prism, the way that the run uses. */
class PrismServerTest {
  private static final Path SMALL =
      Settings.module().resolve("src/test/resources/descriptions/small.yaml");

  @BeforeEach
  void onlyForServersOfOurOwn() {
    assumeTrue(Contract.SETTINGS.mode() != Mode.EXTERNAL, "the server is somebody else's");
  }

  @Test
  void brokenDescription_failsWithTheEndOfPrismsLog(@TempDir Path folder) throws IOException {
    Path broken =
        Files.writeString(
            folder.resolve("broken.yaml"),
            "openapi: 3.0.3\ninfo: {title: x, version: x}\npaths: {}\n");

    assertThatThrownBy(() -> start(broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the end of its log");
  }

  @Test
  void answerThatBreaksItsSchema_failsTheCall_andSoDoesACrashWithTheEndOfTheLog()
      throws IOException {
    try (PrismServer prism = start(SMALL)) {
      assertThat(get(prism, "/right")).isEqualTo(200);
      assertThatThrownBy(() -> get(prism, "/wrong"))
          .isInstanceOf(ContractViolation.class)
          .hasMessageStartingWith("things.wrong: ")
          .hasMessageContaining("must be integer");

      kill(prism);

      assertThatThrownBy(() -> get(prism, "/right"))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("things.right: ")
          .hasMessageContaining("the end of its log");
    }
  }

  @Test
  void closedPrism_leavesNothingRunning() {
    PrismServer prism = start(SMALL);
    String baseUrl = prism.baseUrl();
    assertThat(PrismServer.answers(baseUrl)).isTrue();

    prism.close();

    assertThat(PrismServer.answers(baseUrl)).isFalse();
    assertThat(prism.death()).isNotNull();
  }

  private static PrismServer start(Path description) {
    return PrismServer.start(Contract.SETTINGS, description);
  }

  private static int get(PrismServer prism, String path) throws IOException {
    List<Operation> operations = Operations.of(Description.read(SMALL));
    OkHttpClient http =
        Contract.plainHttp().newBuilder().addInterceptor(new Exchange(prism, operations)).build();
    Request request = new Request.Builder().url(prism.baseUrl() + path).build();
    try (Response answer = http.newCall(request).execute()) {
      return answer.code();
    }
  }

  private static void kill(PrismServer prism) {
    if (prism instanceof DockerPrism docker) {
      docker.kill();
    } else if (prism instanceof NodePrism node) {
      node.handle().destroyForcibly();
      node.handle().onExit().orTimeout(5, TimeUnit.SECONDS).join();
    }
  }
}
