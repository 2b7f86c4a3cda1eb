package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses and failures have the IDs of environment and organization. */
class EnvironmentHeadersTest {
  private static final String[] HEADERS = {
    "Persona-Environment-Id", "env_1", "persona-organization-id", "org_1"
  };

  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void success_hasEnvironmentAndOrganization() {
    api.respond(200, MockApi.EMPTY_PAGE, HEADERS);

    ApiResponse<EventPage> response = success();

    assertThat(response.environmentId()).isEqualTo("env_1");
    assertThat(response.organizationId()).isEqualTo("org_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent", "", " "})
  void absentOrBlankHeaders_areNull(String value) {
    if (value.equals("absent")) {
      api.respond(200, MockApi.EMPTY_PAGE).respond(404, "");
    } else {
      String[] blank = {"Persona-Environment-Id", value, "Persona-Organization-Id", value};
      api.respond(200, MockApi.EMPTY_PAGE, blank).respond(404, "", blank);
    }

    ApiResponse<EventPage> response = success();
    PersonaApiException failure = failure(PersonaApiException.class);

    assertThat(response.environmentId()).isNull();
    assertThat(response.organizationId()).isNull();
    assertThat(failure.environmentId()).isNull();
    assertThat(failure.organizationId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 409, 422, 429, 500, 503})
  void errorStatus_hasEnvironmentAndOrganization(int status) {
    api.respond(status, "{\"errors\":[]}", HEADERS);

    PersonaApiException failure = failure(PersonaApiException.class);

    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.environmentId()).isEqualTo("env_1");
    assertThat(failure.organizationId()).isEqualTo("org_1");
  }

  @Test
  void malformedResponse_hasEnvironmentAndOrganization() {
    api.respond(200, "<html>", HEADERS);

    MalformedResponseException failure = failure(MalformedResponseException.class);

    assertThat(failure.environmentId()).isEqualTo("env_1");
    assertThat(failure.organizationId()).isEqualTo("org_1");
  }

  @Test
  void truncatedResponse_hasEnvironmentAndOrganization() {
    api.respond(
        new MockResponse.Builder()
            .body("{\"data\":[" + " ".repeat(100_000))
            .addHeader("Persona-Environment-Id", "env_1")
            .addHeader("Persona-Organization-Id", "org_1")
            .onResponseBody(new SocketEffect.CloseSocket()));

    PersonaConnectionException failure = failure(PersonaConnectionException.class);

    assertThat(failure.environmentId()).isEqualTo("env_1");
    assertThat(failure.organizationId()).isEqualTo("org_1");
  }

  @Test
  void noResponse_hasNoEnvironmentOrOrganization() {
    api.respond(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));

    PersonaConnectionException failure = failure(PersonaConnectionException.class);

    assertThat(failure.environmentId()).isNull();
    assertThat(failure.organizationId()).isNull();
  }

  private ApiResponse<EventPage> success() {
    return api.client()
        .send(api.client().events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
  }

  private <E extends PersonaException> E failure(Class<E> type) {
    E failure = catchThrowableOfType(type, () -> api.client().events().list());
    assertThat(failure).isNotNull();
    return failure;
  }
}
