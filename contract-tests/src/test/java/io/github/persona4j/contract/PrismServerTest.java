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
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops Prism in the mode of the test run. */
class PrismServerTest {
  private static final Path SMALL =
      Settings.module().resolve("src/test/resources/descriptions/small.yaml");

  @BeforeEach
  void skipForExternalServers() {
    assumeTrue(Contract.SETTINGS.mode() != Mode.EXTERNAL, "the server is external");
  }

  @Test
  void invalidDescription_failsWithTheEndOfTheLog(@TempDir Path folder) throws IOException {
    Path broken =
        Files.writeString(
            folder.resolve("broken.yaml"),
            "openapi: 3.0.3\ninfo: {title: x, version: x}\npaths: {}\n");

    assertThatThrownBy(() -> start(broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the end of its log");
  }

  @Test
  void responseThatViolatesItsSchema_failsTheCall_andSoDoesACrashWithTheEndOfTheLog()
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
  void descriptionWithMissingFilesAndANestedForm_isMocked(@TempDir Path folder) throws IOException {
    Path entry =
        Files.writeString(
            folder.resolve("openapi.yaml"),
            """
            openapi: 3.0.3
            info: {title: Forms, version: "1"}
            paths:
              /forms: {$ref: paths/forms.yaml}
              /gone: {$ref: paths/gone.yaml}
            """);
    Path path = Files.createDirectory(folder.resolve("paths")).resolve("forms.yaml");
    Files.writeString(
        path,
        """
        post:
          parameters: [{$ref: ../parameters/gone.yaml}]
          requestBody:
            content:
              multipart/form-data:
                schema:
                  type: object
                  required: [data]
                  properties: {data: {$ref: '#/components/schemas/Data'}}
          responses:
            "200":
              description: An example without its schema.
              content:
                application/json: {schema: {$ref: ../schemas/gone.yaml}, example: {size: 1}}
        components:
          schemas:
            Data: {type: object, required: [file], properties: {file: {type: string}}}
        """);
    assertThat(Description.read(entry).unresolvable())
        .containsExactlyInAnyOrder(
            "openapi.yaml#/paths//gone refers to paths/gone.yaml",
            "forms.yaml#/post/parameters/0 refers to ../parameters/gone.yaml",
            "forms.yaml#/post/responses/200/content/application/json/schema refers to"
                + " ../schemas/gone.yaml");

    try (PrismServer prism = start(entry)) {
      assertThat(post(prism, "data[file]")).isEqualTo("{\"size\":1}");
      assertThat(post(prism, "file")).contains("required property 'data[file]'");
    }
  }

  @Test
  void closedPrism_hasNoProcesses() {
    PrismServer prism = start(SMALL);
    String baseUrl = prism.baseUrl();
    assertThat(PrismServer.responds(baseUrl)).isTrue();

    prism.close();

    assertThat(PrismServer.responds(baseUrl)).isFalse();
    assertThat(prism.exitReason()).isNotNull();
  }

  private static PrismServer start(Path description) {
    return PrismServer.start(Contract.SETTINGS, description);
  }

  private static int get(PrismServer prism, String path) throws IOException {
    List<Operation> operations = Operations.of(Description.read(SMALL));
    OkHttpClient http =
        Contract.plainHttp().newBuilder().addInterceptor(new Exchange(prism, operations)).build();
    Request request = new Request.Builder().url(prism.baseUrl() + path).build();
    try (Response response = http.newCall(request).execute()) {
      return response.code();
    }
  }

  /** Posts a form with one part. */
  private static String post(PrismServer prism, String part) throws IOException {
    MultipartBody form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart(part, "name")
            .build();
    Request request = new Request.Builder().url(prism.baseUrl() + "/forms").post(form).build();
    try (Response response = Contract.plainHttp().newCall(request).execute()) {
      return response.body().string();
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
