package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.api.OauthApi;
import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.BadRequestException;
import io.github.persona4j.file.Download;
import io.github.persona4j.model.AccessToken;
import io.github.persona4j.model.ClaimType;
import io.github.persona4j.model.CreateRelayChallengeRequest;
import io.github.persona4j.model.CreateRelayRequest;
import io.github.persona4j.model.ErrorObject;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.http.GET;

/** Which operations send the API key, and clients without one. */
class ClientWithoutKeyTest {
  private static final String NO_KEY =
      "This PersonaClient has no API key, and the operation needs one: set it in the builder or in"
          + " RequestOptions";
  private static final String TOKEN =
      "{\"access-token\":\"oat_1\",\"expires-in\":900,\"scope\":\"\",\"token-type\":\"Bearer\"}";
  private static final OauthApi.CreateTokenForm GRANT =
      OauthApi.CreateTokenForm.builder()
          .clientGrantType("client_credentials")
          .clientAssertionType("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
          .clientAssertion("a.b.c")
          .build();

  private MockApi api;
  private PersonaClient client;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    client = PersonaClient.builder().baseUrl(api.url()).retryPolicy(RetryPolicy.none()).build();
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  private String authorization() throws InterruptedException {
    return api.request().getHeaders().get("Authorization");
  }

  // ---- OAuth ----

  @Test
  void createToken_withoutKey_sendsNoAuthorization() throws Exception {
    api.respond(201, TOKEN).respond(201, TOKEN);

    AccessToken token = client.oauth().createToken(GRANT);
    RecordedRequest blockingRequest = api.request();
    AccessToken asyncToken =
        client
            .sendAsync(client.oauth().api().createToken(GRANT, RequestOptions.none()))
            .join()
            .body();
    RecordedRequest asyncRequest = api.request();

    assertThat(token.accessToken()).isEqualTo("oat_1");
    assertThat(asyncToken).isEqualTo(token);
    for (RecordedRequest request : List.of(blockingRequest, asyncRequest)) {
      assertThat(request.getTarget()).isEqualTo("/api/v1/oauth/token");
      assertThat(request.getHeaders().get("Authorization")).isNull();
      assertThat(request.getHeaders().get("Persona-Version")).isEqualTo("2025-12-08");
      assertThat(request.getHeaders().get("Idempotency-Key")).isNotBlank();
    }
  }

  @Test
  void oauthOperations_withKey_sendKey() throws Exception {
    api.respond(201, TOKEN).respond(201, "{\"code\":\"c\",\"expires-in\":599}");

    api.client().oauth().createToken(GRANT);
    assertThat(authorization()).isEqualTo("Bearer " + MockApi.KEY);
    api.client()
        .oauth()
        .authorize(
            OauthApi.AuthorizeForm.builder()
                .clientId("org_1")
                .responseType("code")
                .scope("inquiry.read:inq_1")
                .build());
    assertThat(authorization()).isEqualTo("Bearer " + MockApi.KEY);
  }

  @Test
  void createToken_withKeyInOptions_sendsThatKey() throws Exception {
    api.respond(201, TOKEN);

    client.oauth().createToken(GRANT, RequestOptions.builder().apiKey("other").build());

    assertThat(authorization()).isEqualTo("Bearer other");
  }

  @Test
  void authorize_withoutKey_throwsIllegalState() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                client
                    .oauth()
                    .authorize(
                        OauthApi.AuthorizeForm.builder()
                            .clientId("org_1")
                            .responseType("code")
                            .scope("inquiry.read:inq_1")
                            .build()))
        .withMessage(NO_KEY);
  }

  @Test
  void incompleteGrant_throwsExceptionNamingSettersAndFields() {
    assertThatIllegalStateException()
        .isThrownBy(() -> OauthApi.CreateTokenForm.builder().code("s3cret").build())
        .withMessage(
            "the form needs grantType (grant-type) and code, or clientGrantType (grant_type) and"
                + " clientAssertionType (client_assertion_type) and clientAssertion"
                + " (client_assertion)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"error_description", "error-description"})
  void oauthError_isListed(String description) {
    api.respond(
        401, "{\"error\":\"invalid_client\",\"" + description + "\":\"Zoe's assertion is old\"}");

    assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(() -> client.oauth().createToken(GRANT))
        .withMessageContaining("invalid_client")
        .withMessageNotContaining("Zoe")
        .satisfies(
            failure -> {
              assertThat(failure.errors()).hasSize(1);
              ErrorObject error = failure.errors().get(0);
              assertThat(error.code()).isEqualTo("invalid_client");
              assertThat(error.title()).isEqualTo("invalid_client");
              assertThat(error.details()).isEqualTo("Zoe's assertion is old");
              assertThat(error.toString()).doesNotContain("Zoe");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":1}", "{\"error\":{}}", "{\"error_description\":\"x\"}", "{}"})
  void errorOfAnotherFormat_isNotListed(String body) {
    api.respond(400, body);

    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> client.oauth().createToken(GRANT))
        .satisfies(failure -> assertThat(failure.errors()).isEmpty());
  }

  @Test
  void oauthError_withoutDescription_isListed() {
    api.respond(400, "{\"error\":\"invalid_scope\",\"error_description\":null}");

    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> client.oauth().createToken(GRANT))
        .satisfies(failure -> assertThat(failure.errors().get(0).details()).isNull());
  }

  // ---- a client without a key ----

  @Test
  void operationRequiringKey_withoutKey_failsForEveryCallType() throws Exception {
    api.respondToAll(new MockResponse.Builder().code(404));
    List<String> allowed = new ArrayList<>();
    for (ApiMethod operation : ApiMethod.operations()) {
      String name = operation.accessor().getName() + "." + operation.method().getName();
      Object[] arguments = operation.samples();
      if (isAllowed(operation, arguments)) {
        allowed.add(name);
        continue;
      }
      Call<?> call = operation.call(client, arguments);
      for (Throwable failure :
          List.of(
              catchThrowable(() -> operation.invoke(client, operation.samples())),
              catchThrowable(() -> client.send(call.clone())),
              asyncFailure(call.clone()),
              catchThrowable(() -> call.clone().execute()),
              MockApi.callbackFailure(call.clone()))) {
        assertThat(failure)
            .as(name)
            .isExactlyInstanceOf(IllegalStateException.class)
            .hasMessage(NO_KEY);
      }
    }

    assertThat(allowed)
        .containsExactlyInAnyOrder(
            "oauth.createToken", "relay.create", "relay.createChallenge", "relay.generateClaim");
    assertThat(api.server().getRequestCount()).isZero();
  }

  /** As with a closed client, the future fails and nothing is thrown directly. */
  private Throwable asyncFailure(Call<?> call) {
    Throwable failure = catchThrowable(client.sendAsync(call)::get);
    assertThat(failure).isExactlyInstanceOf(ExecutionException.class);
    return Objects.requireNonNull(failure.getCause());
  }

  @Test
  void missingKeyOrClosedClient_failsFuture() {
    Call<?> call = client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none());
    assertThat(client.sendAsync(call)).isCompletedExceptionally();
    client.close();
    assertThat(client.sendAsync(call.clone())).isCompletedExceptionally();
  }

  private boolean isAllowed(ApiMethod operation, Object[] arguments) {
    return catchThrowable(() -> operation.call(client, arguments).request()) == null;
  }

  @Test
  void keylessOperations_neverSendKey() throws Exception {
    String response = "{\"relay-token\":\"r\"}";
    CreateRelayRequest relay =
        CreateRelayRequest.builder()
            .claimType(ClaimType.of("age"))
            .encryptionKeyPem("-----BEGIN PUBLIC KEY-----")
            .build();
    CreateRelayChallengeRequest challenge =
        CreateRelayChallengeRequest.builder().claimType(ClaimType.of("age")).build();

    for (PersonaClient one : List.of(client, api.client())) {
      for (int i = 0; i < 3; i++) {
        api.respond(200, response);
      }
      one.send(one.relay().api().create(relay, RequestOptions.none()));
      assertThat(authorization()).isNull();
      one.send(one.relay().api().createChallenge(challenge, RequestOptions.none()));
      assertThat(authorization()).isNull();
      one.send(
          one.relay()
              .api()
              .generateClaim("r", "secret", "PrivateToken token=t", RequestOptions.none()));
      assertThat(authorization()).isEqualTo("PrivateToken token=t");
    }
  }

  @Test
  void keyInOptions_isSent() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);
    RequestOptions options = RequestOptions.builder().apiKey("oat_1").build();

    client.events().list(EventsApi.ListQuery.none(), options);
    assertThat(authorization()).isEqualTo("Bearer oat_1");
    client.withOptions(options).events().list();
    assertThat(authorization()).isEqualTo("Bearer oat_1");
    assertThatIllegalStateException().isThrownBy(() -> client.events().list()).withMessage(NO_KEY);
  }

  /** A custom Retrofit interface. */
  interface CustomApi {
    @GET("things")
    Call<ResponseBody> things();
  }

  @Test
  void customInterface_withoutKey_throwsIllegalState() {
    assertThatIllegalStateException()
        .isThrownBy(() -> client.api(CustomApi.class).things().execute())
        .withMessage(NO_KEY);
  }

  @Test
  void download_withoutKey_succeeds() throws Exception {
    api.respond(200, "photo");
    try (PersonaClient files =
        PersonaClient.builder()
            .baseUrl(api.url())
            .allowFilesFrom("http://127.0.0.1:" + api.server().getPort())
            .build()) {
      try (Download photo =
          files.files().download("http://127.0.0.1:" + api.server().getPort() + "/photo")) {
        assertThat(photo.stream().readAllBytes()).hasSize(5);
      }
    }
    assertThat(authorization()).isNull();
  }

  @Test
  void rateLimits_withoutKey_areNull() {
    assertThat(client.rateLimits().limit()).isNull();
    assertThat(client.rateLimits().remaining()).isNull();
  }

  @Test
  void expectedEnvironment_withoutKey_givesNoWarning() {
    List<String> warnings = new ArrayList<>();
    PersonaClient.builder()
        .expectEnvironment(Environment.PRODUCTION, warnings::add)
        .build()
        .close();

    assertThat(warnings).isEmpty();
  }
}
