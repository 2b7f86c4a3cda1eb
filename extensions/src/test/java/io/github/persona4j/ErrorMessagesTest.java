package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of exceptions: what happened, where, and what to do. */
class ErrorMessagesTest {
  private static final String INVALID_FIELD =
      """
      {"errors":[{"title":"Invalid field","details":"Ada's birthdate is no date","code":"invalid_field",
        "source":{"pointer":"/data/attributes/fields/birthdate"}},{"code":"too_long"},
        {"source":{"pointer":"/data/attributes/tags/0"}},{"title":"Other"}]}
      """;

  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private String listFailure(PersonaClient client) {
    return message(() -> client.events().list());
  }

  private static String message(Runnable call) {
    PersonaException failure = catchThrowableOfType(PersonaException.class, call::run);
    assertThat(failure).isNotNull();
    return String.valueOf(failure.getMessage());
  }

  @Test
  void codesAndPointers_areShown_butTitlesAndDetailsOnlyOnRequest() {
    api.respond(422, INVALID_FIELD, "Request-Id", "req_1").respond(422, INVALID_FIELD);

    assertThat(message(() -> api.client().inquiries().create(MockApi.NEW_INQUIRY)))
        .isEqualTo(
            "POST /api/v1/inquiries failed with 422 [invalid_field at"
                + " /data/attributes/fields/birthdate, too_long, at /data/attributes/tags/0],"
                + " request req_1, not retried");
    try (PersonaClient client = api.builder().errorDetailsInMessages(true).build()) {
      assertThat(message(() -> client.inquiries().create(MockApi.NEW_INQUIRY)))
          .isEqualTo(
              "POST /api/v1/inquiries failed with 422 [invalid_field at"
                  + " /data/attributes/fields/birthdate, too_long, at /data/attributes/tags/0]:"
                  + " Invalid field (Ada's birthdate is no date); Other, not retried");
    }
  }

  @Test
  void details_areInMessagesOfEarlierAttemptsToo() {
    api.respond(503, "{\"errors\":[{\"title\":\"Busy\"}]}").respond(500, "");
    try (PersonaClient client =
        api.builder()
            .errorDetailsInMessages(true)
            .retryPolicy(RetryPolicy.builder().initialDelay(Duration.ofMillis(1)).build())
            .build()) {
      PersonaException failure =
          catchThrowableOfType(PersonaException.class, () -> client.events().list());
      assertThat(failure.getSuppressed()).hasSize(1);
      assertThat(failure.getSuppressed()[0]).hasMessage("GET /api/v1/events failed with 503: Busy");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "persona_sandbox_1 | check the API key (a sandbox key is in use)",
        "persona_production_1 | check the API key (a production key is in use)",
        "oat_1 | check the access token",
        "s3cret | check the API key",
      })
  void unauthorized_namesTheKindOfKey_butNotTheKey(String key, String advice) {
    api.respond(401, "{\"errors\":[{\"title\":\"s3cret\"}]}");
    try (PersonaClient client = api.builder().apiKey(key).build()) {
      assertThat(listFailure(client)).isEqualTo("GET /api/v1/events failed with 401; " + advice);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "req_s3cret_1", "Bearer s3cret"})
  void requestIdThatEchoesTheKey_isNotShown(String id) {
    api.respond(401, "", "Request-Id", id, "Content-Type", "text/" + id);
    try (PersonaClient client = api.builder().apiKey("s3cret").build()) {
      PersonaException failure =
          catchThrowableOfType(PersonaException.class, () -> client.events().list());
      assertThat(failure).hasMessage("GET /api/v1/events failed with 401; check the API key");
      assertThat(String.valueOf(failure.call())).isEqualTo("GET /api/v1/events returned 401");
    }
  }

  @Test
  void unauthorized_withoutKey_saysSo() {
    api.respond(401, "").respond(401, "");
    try (PersonaClient client = PersonaClient.builder().baseUrl(api.url()).build()) {
      assertThat(message(() -> client.oauth().createTokenByAuthorizationCode("x")))
          .isEqualTo(
              "POST /api/v1/oauth/token failed with 401; check the ID of the application and its"
                  + " signed assertion");
    }
    assertThat(message(() -> api.client().relay().generateClaim("r", "s", "PrivateToken t")))
        .endsWith("/generate-claim failed with 401; check the API key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | RateLimit-Remaining | 9 | check the permissions of the API key",
        "403 | Quota-Remaining | 0 | the creation quota is exhausted",
        "429 | RateLimit-Reset | 31 | the rate limit is exceeded and resets in 31 s, not retried",
        "429 | Retry-After | 120 | the rate limit is exceeded and resets in 120 s, not retried",
        "429 | Retry-After | Thu, 26 Nov 2026 | the rate limit is exceeded, not retried",
        "429 | X-None | 1 | the rate limit is exceeded, not retried",
        "429 | Quota-Remaining | 0 | the creation quota is exhausted, not retried",
      })
  void permissionsAndLimits_haveAdvice(int status, String header, String value, String advice) {
    api.respond(status, "", header, value);

    assertThat(listFailure(api.client()))
        .isEqualTo("GET /api/v1/events failed with " + status + "; " + advice);
  }

  @Test
  void longerOfTwoWaits_isShown() {
    api.respond(429, "", "Retry-After", "120", "RateLimit-Reset", "60");
    api.respond(429, "", "Retry-After", "3", "RateLimit-Reset", "60");

    assertThat(listFailure(api.client())).contains("resets in 120 s");
    assertThat(listFailure(api.client())).contains("resets in 60 s");
  }

  @Test
  void errorOfAGateway_isNotTakenForOneOfTheApi() {
    api.respond(404, "<html>", "Content-Type", "text/html; charset=utf-8");

    assertThat(listFailure(api.client()))
        .isEqualTo("GET /api/v1/events failed with 404 (text/html, not JSON), not retried");
  }

  @ParameterizedTest
  @CsvSource({"500, true", "503, true", "408, true", "409, false", "501, true"})
  void changingCall_statesWhetherItMayHaveBeenExecuted(int status, boolean executed) {
    api.respond(status, "").respond(status, "");

    assertThat(message(() -> api.client().inquiries().approve("inq_1")))
        .isEqualTo(
            "POST /api/v1/inquiries/inq_1/approve failed with "
                + status
                + ", not retried"
                + (executed ? "; the call may have been executed" : ""));
  }

  @Test
  void connectionFailure_statesWhetherTheCallMayHaveBeenExecuted() throws IOException {
    api.respond(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));
    assertThat(message(() -> api.client().inquiries().approve("inq_1")))
        .endsWith("; the call may have been executed");

    RequestOptions hurry = RequestOptions.builder().callTimeout(Duration.ofMillis(100)).build();
    api.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    assertThat(message(() -> api.client().withOptions(hurry).inquiries().approve("inq_1")))
        .endsWith("expired; the call may have been executed");
    api.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    assertThat(listFailure(api.client().withOptions(hurry))).endsWith("expired");

    api.server().close();
    assertThat(message(() -> api.client().inquiries().approve("inq_1")))
        .endsWith("; it was not executed");
    assertThat(listFailure(api.client())).doesNotContain("executed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada Example",
        "ada@example.com",
        "user-12345",
        "4111111111111111",
        "born-1985-12-10",
        "ssn-123-45-6789",
        "Ada.Lovelace",
        "persona_sandbox_3f2a1b4c-5d6e",
        "oat_4f9Kq2",
        "eyJhbGciOi.eyJzdWIi",
        "a\nb",
        "\u00e9",
        "",
        " ",
        "/x",
        "../x"
      })
  void valuesThatAreNoPlainNames_areNotShown(String value) {
    assertThat(shown(value, "/data/" + value)).isEqualTo("GET /api/v1/events failed with 400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "data", "/", "/data/", "//a", "/a b", "/1a", "/12345", "/data/0171/2345/6789"})
  void pointersThatAreNoPlainPaths_areNotShown(String pointer) {
    assertThat(shown(null, pointer)).isEqualTo("GET /api/v1/events failed with 400");
  }

  @Test
  void longCodesAndPointers_areNotShown_andCostNoTime() {
    assertThat(shown("a".repeat(65), "/a".repeat(101))).endsWith("failed with 400");
    assertThat(shown("a1".repeat(200_000), "/a-".repeat(200_000))).endsWith("failed with 400");
    assertThat(shown("a".repeat(64), "/a".repeat(16))).contains("aaa at /a/a");
  }

  @Test
  void randomErrors_giveOneLineWithoutLongNumbers() {
    Random random = new Random(15);
    String characters = "aZ09/-_. \n\"@\u00e9\u202e";
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(30); j > 0; j--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      assertThat(shown(text.toString(), "/" + text))
          .matches("GET /api/v1/events failed with 400( \\[[a-zA-Z0-9/_. -]+])?")
          .doesNotContainPattern("\\d{4}");
    }
  }

  private String shown(@Nullable String code, String pointer) {
    Map<String, JsonValue> error =
        Map.of(
            "code",
            code == null ? JsonValue.NULL : JsonValue.of(code),
            "source",
            JsonValue.of(Map.of("pointer", JsonValue.of(pointer))));
    api.respond(
        400, JsonValue.of(Map.of("errors", JsonValue.of(List.of(JsonValue.of(error))))).json());
    PersonaApiException failure =
        catchThrowableOfType(PersonaApiException.class, () -> api.client().events().list());
    assertThat(failure.errors()).hasSize(1);
    return String.valueOf(failure.getMessage()).replace(", not retried", "");
  }
}
