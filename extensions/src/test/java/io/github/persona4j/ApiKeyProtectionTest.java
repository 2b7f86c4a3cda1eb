package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.request.RequestOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Tag;
import retrofit2.http.Url;

/** Where API keys are sent, and warnings about a key of the wrong environment. */
class ApiKeyProtectionTest {
  private static final RequestOptions OTHER_KEY =
      RequestOptions.builder().apiKey("persona_production_s3cret").build();

  private MockApi api;

  interface CustomApi {
    @GET
    Call<ResponseBody> at(@Url HttpUrl url, @Tag RequestOptions options);
  }

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  // ---- where keys are sent ----

  @Test
  void keysOfOptions_areSentToApiOnly() throws Exception {
    PersonaClient derived = api.client().withOptions(OTHER_KEY);
    try (MockApi other = new MockApi()) {
      for (int i = 0; i < 2; i++) {
        api.respond(200, "{}");
        other.respond(200, "{}");
      }
      for (MockApi server : List.of(api, other)) {
        HttpUrl url = HttpUrl.get(server.url());
        derived.send(derived.api(CustomApi.class).at(url, RequestOptions.none()));
        api.client().send(api.client().api(CustomApi.class).at(url, OTHER_KEY));
      }

      for (int i = 0; i < 2; i++) {
        assertThat(api.request().getHeaders().values("Authorization"))
            .containsExactly("Bearer persona_production_s3cret");
        assertThat(other.request().getHeaders().values("Authorization")).isEmpty();
      }
    }
  }

  @Test
  void relayToken_isNotInMessage() {
    api.respond(404, "{\"errors\":[]}").respond(200, "{");

    for (Class<? extends PersonaException> type :
        List.of(NotFoundException.class, MalformedResponseException.class)) {
      assertThatExceptionOfType(type)
          .isThrownBy(
              () ->
                  api.client().relay().generateClaim("rt_s3cret", "s3cret", "PrivateToken s3cret"))
          .withMessageStartingWith("POST /api/privacy/v1/relays/{relay-token}/generate-claim ")
          .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
    }
  }

  @Test
  void invalidHeaderValue_isRejectedWithoutShowingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> api.client().relay().generateClaim("rt_1", "s3cret\n", "PrivateToken token"))
        .withMessage("personaRelaySecret (Persona-Relay-Secret) must be printable ASCII");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> api.client().relay().generateClaim("rt_1", "s3cret", "Private\u00e9 s3cret"))
        .withMessage("authorization (Authorization) must be printable ASCII");
    for (String secret : List.of("s3cret\r\nX: 1", "s3cr\u00e9t s3cret", "s3cret\0", " ")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> generateClaim(secret, "PrivateToken token"))
          .withMessageMatching(
              "personaRelaySecret \\(Persona-Relay-Secret\\) must (be printable ASCII|not be"
                  + " blank)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> generateClaim("secret", secret))
          .withMessageMatching(
              "authorization \\(Authorization\\) must (be printable ASCII|not be blank)");
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  /** The same operation as a Retrofit call. */
  private void generateClaim(String secret, String authorization) {
    api.client()
        .send(
            api.client()
                .relay()
                .api()
                .generateClaim("rt_1", secret, authorization, RequestOptions.none()));
  }

  @Test
  void keysOfOptions_areNotSentToRedirectTarget() throws Exception {
    try (MockApi other = new MockApi()) {
      api.respond(307, "", "Location", other.url()).respond(307, "", "Location", other.url());
      PersonaClient derived = api.client().withOptions(OTHER_KEY);

      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> derived.events().list());
      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> api.client().events().list(EventsApi.ListQuery.none(), OTHER_KEY));

      assertThat(other.server().getRequestCount()).isZero();
      assertThat(api.server().getRequestCount()).isEqualTo(2);
    }
  }

  /** Even if host and port are the same, as after a typing mistake. */
  @Test
  void plainHttpUrl_withHttpsApi_receivesNoKey() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        PersonaClient client =
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl("https://127.0.0.1:" + server.getLocalPort())
                .build()) {
      CompletableFuture<List<String>> head =
          CompletableFuture.supplyAsync(() -> respondOnce(server));

      client
          .send(
              client
                  .api(CustomApi.class)
                  .at(HttpUrl.get("http://127.0.0.1:" + server.getLocalPort() + "/x"), OTHER_KEY))
          .body()
          .close();

      assertThat(head.join())
          .contains("GET /x HTTP/1.1")
          .noneMatch(line -> line.contains("Authorization") || line.contains("persona_"));
    }
  }

  private static List<String> respondOnce(ServerSocket server) {
    try (Socket socket = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                  .getBytes(StandardCharsets.ISO_8859_1));
      return head;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- expected environment ----

  @ParameterizedTest
  @CsvSource({
    "PRODUCTION, persona_sandbox_s3cret, has a key for SANDBOX",
    "SANDBOX, persona_production_s3cret, has a key for PRODUCTION",
    "PRODUCTION, persona_production_s3cret,",
    "SANDBOX, persona_sandbox_s3cret,",
    "SANDBOX, some-access-token,",
  })
  void keyOfOtherEnvironment_givesWarning(Environment expected, String key, String warning) {
    List<String> warnings = new ArrayList<>();

    PersonaClient.builder().apiKey(key).expectEnvironment(expected, warnings::add).build().close();

    if (warning == null) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings)
          .singleElement()
          .asString()
          .contains("is for " + expected, warning)
          .doesNotContain("s3cret");
    }
  }

  @Test
  void keyOfOptions_givesOneWarningForAllDerivedClients() {
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      api.respond(200, MockApi.EMPTY_PAGE);
    }

    try (PersonaClient client =
        api.builder().expectEnvironment(Environment.SANDBOX, warnings::add).build()) {
      client.events().list();
      assertThat(warnings).isEmpty();
      client.events().list(EventsApi.ListQuery.none(), OTHER_KEY);
      client.withOptions(OTHER_KEY).events().list();
    }

    assertThat(warnings).hasSize(1);
  }

  @Test
  void throwingWarning_doesNotAffectCall() {
    api.respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        api.builder()
            .expectEnvironment(
                Environment.PRODUCTION,
                warning -> {
                  throw new IllegalStateException(warning);
                })
            .build()) {
      assertThat(client.events().list().items()).isEmpty();
    }
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void expectEnvironment_withNull_throwsNullPointerException() {
    PersonaClientBuilder builder = PersonaClient.builder();

    assertThatNullPointerException()
        .isThrownBy(() -> builder.expectEnvironment(null, warning -> {}))
        .withMessage("environment");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.expectEnvironment(Environment.SANDBOX, null))
        .withMessage("warning");
  }
}
