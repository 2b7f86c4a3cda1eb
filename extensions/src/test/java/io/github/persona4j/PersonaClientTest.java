package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.Tag;
import retrofit2.http.Url;

/** What the client sends, and what its builder accepts. */
class PersonaClientTest {

  private MockApi api;

  /** A custom Retrofit interface. */
  interface CustomApi {
    @GET
    Call<ResponseBody> at(@Url HttpUrl url);

    @GET
    Call<ResponseBody> at(@Url HttpUrl url, @Header("Authorization") String authorization);

    @POST("things")
    Call<ResponseBody> post(@Tag RequestOptions options);

    @PATCH("things")
    Call<ResponseBody> patch(@Tag RequestOptions options);

    @DELETE("things")
    Call<ResponseBody> delete(@Tag RequestOptions options);
  }

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  // ---- headers ----

  @Test
  void everyRequest_hasKeyVersionInflectionAndUserAgent() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);

    api.client().events().list();

    RecordedRequest request = api.request();
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getTarget()).isEqualTo("/api/v1/events");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + MockApi.KEY);
    assertThat(request.getHeaders().get("Persona-Version")).isEqualTo("2025-12-08");
    assertThat(request.getHeaders().get("Key-Inflection")).isEqualTo("kebab");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("User-Agent"))
        .matches("persona4j/\\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\(Java [0-9][^)]*\\)")
        .endsWith("(Java " + System.getProperty("java.version") + ")");
    assertThat(request.getHeaders().names().stream().map(n -> n.toLowerCase(Locale.ROOT)))
        .doesNotContain("idempotency-key");
  }

  @Test
  void apiVersion_ofBuilder_isSent() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client = api.builder().apiVersion("2023-01-05").build()) {
      client.events().list();
    }

    assertThat(api.request().getHeaders().get("Persona-Version")).isEqualTo("2023-01-05");
  }

  @Test
  void headersOfOneCall_areSentWithHeadersOfClient() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);

    api.client()
        .events()
        .list(
            EventsApi.ListQuery.none(), RequestOptions.builder().header("X-Trace", "abc").build());

    RecordedRequest request = api.request();
    assertThat(request.getHeaders().get("X-Trace")).isEqualTo("abc");
    assertThat(request.getHeaders().get("Key-Inflection")).isEqualTo("kebab");
  }

  @Test
  void post_withoutIdempotencyKey_getsNewUuidEachTime() throws Exception {
    api.respond(201, MockApi.INQUIRY).respond(201, MockApi.INQUIRY);

    Inquiry created = api.client().inquiries().create(MockApi.NEW_INQUIRY).data();
    api.client().inquiries().create(MockApi.NEW_INQUIRY);

    assertThat(created.id()).isEqualTo("inq_1");
    String first = api.request().getHeaders().get("Idempotency-Key");
    String second = api.request().getHeaders().get("Idempotency-Key");
    assertThat(first).isNotNull().isNotEqualTo(second);
    assertThat(UUID.fromString(first).version()).isEqualTo(4);
  }

  @Test
  void post_withIdempotencyKeyOfCaller_sendsThatKey() throws Exception {
    api.respond(201, "{}");

    customApi().post(RequestOptions.builder().idempotencyKey("order-17").build()).execute();

    assertThat(api.request().getHeaders().values("Idempotency-Key")).containsExactly("order-17");
  }

  @Test
  void patch_sendsIdempotencyKeyOnlyIfGiven() throws Exception {
    api.respond(200, "{}").respond(200, "{}");

    customApi().patch(RequestOptions.none()).execute();
    customApi().patch(RequestOptions.builder().idempotencyKey("edit-1").build()).execute();

    assertThat(api.request().getHeaders().get("Idempotency-Key")).isNull();
    assertThat(api.request().getHeaders().get("Idempotency-Key")).isEqualTo("edit-1");
  }

  @Test
  void delete_neverSendsIdempotencyKey() throws Exception {
    api.respond(200, "{}");

    customApi().delete(RequestOptions.builder().idempotencyKey("x").build()).execute();

    assertThat(api.request().getHeaders().get("Idempotency-Key")).isNull();
  }

  @Test
  void customRetrofitInterface_sendsSameHeaders() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);

    assertThat(
            api.client()
                .api(EventsApi.class)
                .list(EventsApi.ListQuery.none(), RequestOptions.none())
                .execute()
                .body())
        .isNotNull();

    assertThat(api.request().getHeaders().get("Authorization")).isEqualTo("Bearer " + MockApi.KEY);
  }

  @Test
  void authorizationOfOperation_isKept() throws Exception {
    api.respond(200, "{}");

    customApi().at(url("/api/v1/x"), "PrivateToken token=abc").execute();

    assertThat(api.request().getHeaders().values("Authorization"))
        .containsExactly("PrivateToken token=abc");
  }

  // ---- where the key is sent ----

  @Test
  void requestToAnotherOrigin_hasNoKey() throws Exception {
    try (MockApi other = new MockApi()) {
      other.respond(200, "{}");

      customApi().at(HttpUrl.get(other.url())).execute();

      // toString() would hide this header.
      assertThat(other.request().getHeaders().values("Authorization")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectToAnotherHost_isNotFollowed(int status) throws Exception {
    try (MockApi other = new MockApi()) {
      api.respond(
          status, "", "Location", other.url().replace("127.0.0.1", "localhost") + "/events?a=b");
      EventsApi.ListQuery query =
          EventsApi.ListQuery.builder().filterObjectId("acct_secret").build();

      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> api.client().events().list(query))
          .withMessage(
              "GET /api/v1/events returned "
                  + status
                  + ": redirects are not followed; this one leads to the host localhost")
          .satisfies(e -> assertThat(e.status()).isEqualTo(status));

      assertThat(other.server().getRequestCount()).isZero();
      assertThat(api.server().getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void redirectWithinHost_isNotFollowed() {
    api.respond(307, "", "Location", "/api/v1/elsewhere");

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> api.client().events().list())
        .withMessageContaining("redirects are not followed");

    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void redirect_withHttpClientFollowingRedirects_isNotFollowed() throws Exception {
    try (MockApi other = new MockApi()) {
      api.respond(302, "", "Location", other.url());
      PersonaClient client = api.builder().httpClient(new okhttp3.OkHttpClient()).build();

      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> client.events().list());

      assertThat(other.server().getRequestCount()).isZero();
    }
  }

  // ---- builder ----

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, https://api.example.com/",
    "https://api.example.com/api/v1, https://api.example.com/api/v1/",
    "https://api.example.com/api/v1/, https://api.example.com/api/v1/",
    "http://localhost:8080/api, http://localhost:8080/api/",
    "http://127.0.0.1:1/, http://127.0.0.1:1/",
    "http://127.9.9.9, http://127.9.9.9/",
    "http://[::1]:8080, http://[::1]:8080/",
  })
  void safeBaseUrl_isAcceptedWithTrailingSlash(String input, String expected) {
    try (PersonaClient client = PersonaClient.builder().apiKey("k").baseUrl(input).build()) {
      assertThat(client.baseUrl()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://api.example.com, baseUrl must be https",
    "http://127.0.0.1.example.com, baseUrl must be https",
    "http://localhost.example.com, baseUrl must be https",
    "http://10.0.0.1, baseUrl must be https",
    "http://127.999.1.1, baseUrl must be https",
    "http://0.0.0.0, baseUrl must be https",
    "ftp://api.example.com, baseUrl must be an absolute http or https URL",
    "/api/v1, baseUrl must be an absolute http or https URL",
    "'', baseUrl must be an absolute http or https URL",
    "https://u:s3cret@api.example.com, baseUrl must not have a user or password",
    "https://api.example.com?k=s3cret, baseUrl must not have a query or fragment",
    "https://api.example.com#s3cret, baseUrl must not have a query or fragment",
  })
  void unsafeBaseUrl_throwsExceptionWithRule(String input, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().baseUrl(input))
        .withMessageStartingWith(rule)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void defaults_useRealApi() {
    try (PersonaClient client = PersonaClient.builder().apiKey("k").build()) {
      assertThat(client.baseUrl()).isEqualTo("https://api.withpersona.com/api/v1/");
      assertThat(client)
          .hasToString(
              "PersonaClient{baseUrl=https://api.withpersona.com/api/v1/, apiVersion=2025-12-08}");
    }
  }

  /** The rules are those of RequestOptions and are tested there. */
  @Test
  void invalidSettings_areRejectedBySetters() {
    PersonaClientBuilder builder = PersonaClient.builder();
    Map<String, Runnable> setters =
        Map.of(
            "apiKey", () -> builder.apiKey("s3cret\n"),
            "apiVersion", () -> builder.apiVersion("latest"),
            "callTimeout", () -> builder.callTimeout(Duration.ZERO),
            "connectTimeout", () -> builder.connectTimeout(Duration.ZERO),
            "readTimeout", () -> builder.readTimeout(Duration.ZERO),
            "writeTimeout", () -> builder.writeTimeout(Duration.ZERO));

    setters.forEach(
        (name, setter) ->
            assertThatIllegalArgumentException()
                .isThrownBy(setter::run)
                .withMessageStartingWith(name + " must be")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret")));
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void nullArguments_throwExceptionNamingThem() {
    PersonaClientBuilder builder = PersonaClient.builder();
    assertThatNullPointerException().isThrownBy(() -> builder.apiKey(null)).withMessage("apiKey");
    assertThatNullPointerException().isThrownBy(() -> builder.baseUrl(null)).withMessage("baseUrl");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.httpClient(null))
        .withMessage("httpClient");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.callTimeout(null))
        .withMessage("callTimeout");
  }

  @Test
  void builder_usedTwice_buildsIndependentClients() {
    PersonaClientBuilder builder = api.builder();
    PersonaClient first = builder.build();
    builder.baseUrl("https://api.example.com");
    try (PersonaClient second = builder.build()) {
      first.close();
      assertThat(first.baseUrl()).startsWith("http://127.0.0.1");
      assertThat(second.baseUrl()).isEqualTo("https://api.example.com/");
      assertThat(second.toString()).doesNotContain("closed");
    }
  }

  @Test
  void toString_neverShowsKey() {
    assertThat(api.client().toString() + api.builder()).doesNotContain(MockApi.KEY);
  }

  // ---- environment ----

  @Test
  void environment_withKeyAndUrl_buildsClient() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        PersonaClient.fromEnvironment(
            Map.of("PERSONA_API_KEY", "from-env", "PERSONA_BASE_URL", api.url()))) {
      client.events().list();
    }

    assertThat(api.request().getHeaders().get("Authorization")).isEqualTo("Bearer from-env");
  }

  @Test
  void environment_withoutUrl_usesDefaultUrl() {
    try (PersonaClient client =
        PersonaClient.fromEnvironment(Map.of("PERSONA_API_KEY", "k", "PERSONA_BASE_URL", ""))) {
      assertThat(client.baseUrl()).isEqualTo(PersonaClient.DEFAULT_BASE_URL);
    }
  }

  @Test
  void environment_withoutKey_throwsExceptionNamingVariable() {
    assertThatIllegalStateException()
        .isThrownBy(() -> PersonaClient.fromEnvironment(Map.of()))
        .withMessage("The environment variable PERSONA_API_KEY is not set");
    assertThatIllegalStateException()
        .isThrownBy(() -> PersonaClient.fromEnvironment(Map.of("PERSONA_API_KEY", " ")))
        .withMessageContaining("PERSONA_API_KEY");
  }

  @Test
  void environment_withInvalidValues_throwsExceptionNamingVariable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.fromEnvironment(Map.of("PERSONA_API_KEY", "s3cret\n")))
        .withMessageStartingWith("PERSONA_API_KEY cannot be used: apiKey must")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PersonaClient.fromEnvironment(
                    Map.of("PERSONA_API_KEY", "k", "PERSONA_BASE_URL", "http://example.com")))
        .withMessageStartingWith("PERSONA_BASE_URL cannot be used: baseUrl must be https");
  }

  // ---- accessors ----

  private CustomApi customApi() {
    return api.client().api(CustomApi.class);
  }

  private HttpUrl url(String path) {
    HttpUrl url = HttpUrl.get(api.url()).resolve(path);
    assertThat(url).isNotNull();
    return url;
  }
}
