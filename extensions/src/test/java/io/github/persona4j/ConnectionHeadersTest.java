package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.api.Events;
import io.github.persona4j.internal.http.HeadersInterceptor;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.HeaderMap;
import retrofit2.http.Url;

/** Headers that govern the connection, wherever a user can set a header. */
class ConnectionHeadersTest {
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Interceptor setting(String name, String value) {
    return chain -> chain.proceed(chain.request().newBuilder().header(name, value).build());
  }

  private static Interceptor adding(String name, String value) {
    return chain -> chain.proceed(chain.request().newBuilder().addHeader(name, value).build());
  }

  private static void create(PersonaClient client) {
    client.inquiries().create(MockApi.NEW_INQUIRY);
  }

  private static void list(PersonaClient client) {
    client.events().list();
  }

  /** Nothing reaches the server, whether the call waits or not, with a body or without. */
  private void checkRefused(PersonaClientBuilder builder, String message) {
    try (PersonaClient client = builder.build()) {
      assertThatIllegalArgumentException().isThrownBy(() -> list(client)).withMessage(message);
      assertThat(
              client.sendAsync(
                  client.events().api().list(Events.ListQuery.none(), RequestOptions.none())))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOf(IllegalArgumentException.class)
          .withMessage(message);
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Expect, 100-continue",
    "HTTP2-Settings, AAMAAABkAAQCAAAAAAIAAAAA",
    "Keep-Alive, timeout=5",
    "Proxy-Connection, keep-alive",
    "te, trailers",
    "Trailer, X-Checksum",
    "UPGRADE, websocket",
  })
  void headerThatIsNeverSent_isRefused_whereverItIsSet(String name, String value) {
    String message = "The request header " + name + " is not sent by this client";

    checkRefused(api.builder().addInterceptor(setting(name, value)), message);
    checkRefused(
        api.builder()
            .httpClient(new OkHttpClient.Builder().addInterceptor(setting(name, value)).build()),
        message);
    checkRefused(
        api.builder()
            .httpClient(
                new OkHttpClient.Builder().addNetworkInterceptor(setting(name, value)).build()),
        message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestOptions.builder().header(name, value))
        .withMessageStartingWith("name: " + name);
    HttpUrl url = HttpUrl.get(api.url());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> api.client().send(api.client().api(ExpectingApi.class).get(url, "100-continue")))
        .withMessage("The request header Expect is not sent by this client");
    assertThat(api.server().getRequestCount()).isZero();
  }

  interface ExpectingApi {
    @GET
    Call<ResponseBody> get(@Url HttpUrl url, @Header("Expect") String expect);

    @GET
    Call<ResponseBody> get(@Url HttpUrl url, @HeaderMap java.util.Map<String, String> headers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Connection | upgrade | may only be close",
        "Connection | keep-alive, te | may only be close",
        "Host | files.example | must be that of the URL",
        "Content-Length | 5 | must be the length of the body",
        "Transfer-Encoding | chunked | is set by OkHttp alone",
      })
  void headerThatOkHttpSets_asAnotherThanItsOwn_isRefused(String name, String value, String rule) {
    String message = "The request header " + name + " " + rule;

    checkRefused(api.builder().addInterceptor(setting(name, value)), message);
    checkRefused(
        api.builder()
            .httpClient(
                new OkHttpClient.Builder().addNetworkInterceptor(setting(name, value)).build()),
        message);
    checkRefused(
        api.builder()
            .httpClient(
                new OkHttpClient.Builder().addNetworkInterceptor(adding(name, value)).build()),
        message);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length, 5, must be the length of the body",
    "Content-Length, x, must be the length of the body",
    "Transfer-Encoding, chunked, is set by OkHttp alone",
    "Transfer-Encoding, 'gzip, chunked', is set by OkHttp alone",
  })
  void lengthOfABody_changedOnTheNetwork_isRefused(String name, String value, String rule) {
    for (Interceptor changing : new Interceptor[] {setting(name, value), adding(name, value)}) {
      OkHttpClient http = new OkHttpClient.Builder().addNetworkInterceptor(changing).build();
      try (PersonaClient client = api.builder().httpClient(http).build()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> create(client))
            .withMessage("The request header " + name + " " + rule);
      }
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  /** OkHttp overwrites the length that an interceptor gives, so it breaks nothing. */
  @Test
  void headersAsOkHttpSetsThem_areSent() throws Exception {
    String host = "127.0.0.1:" + api.server().getPort();
    api.answer(201, MockApi.INQUIRY).answer(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        api.builder()
            .addInterceptor(setting("Connection", "close"))
            .addInterceptor(setting("Host", host))
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain.request().body() == null
                            ? chain.request()
                            : chain.request().newBuilder().header("Content-Length", "5").build()))
            .build()) {
      create(client);
      list(client);
    }

    RecordedRequest created = api.request();
    assertThat(created.getHeaders().get("Content-Length"))
        .isEqualTo(String.valueOf(MockApi.NEW_INQUIRY.toJson().length()));
    assertThat(created.getHeaders().values("Host")).containsExactly(host);
    assertThat(created.getHeaders().values("Connection")).containsExactly("close");
    assertThat(api.request().getConnectionIndex()).isNotEqualTo(created.getConnectionIndex());
  }

  @Test
  void valueThatNoHeaderCanHold_isRefusedWithoutShowingIt() {
    HttpUrl url = HttpUrl.get(api.url());
    ExpectingApi own = api.client().api(ExpectingApi.class);

    for (String value :
        new String[] {"s3cret\r\nX: 1", "s3cret\n", "s3cr\u00e9t s3cret", "\0s3cret"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.client().send(own.get(url, value)))
          .withMessage("Expect must be printable ASCII");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.client().send(own.get(url, java.util.Map.of("X-A", value))))
          .withMessage("header must be printable ASCII");
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void userAgent_isAHeaderValue_whateverTheJvmCallsItself() {
    assertThat(HeadersInterceptor.userAgent("17.0.1")).endsWith(" (Java 17.0.1)");
    for (String version : new String[] {"", " ", "17\r\nX: 1", "17\u00e9"}) {
      assertThat(HeadersInterceptor.userAgent(version))
          .endsWith(" (Java " + Runtime.version().feature() + ")");
    }
  }
}
