package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.internal.http.HeadersInterceptor;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import retrofit2.http.Headers;
import retrofit2.http.Url;

/** Headers that control the connection, wherever a user can set a header. */
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

  private static Interceptor settingHeader(String name, String value) {
    return chain -> chain.proceed(chain.request().newBuilder().header(name, value).build());
  }

  private static Interceptor addingHeader(String name, String value) {
    return chain -> chain.proceed(chain.request().newBuilder().addHeader(name, value).build());
  }

  private static void create(PersonaClient client) {
    client.inquiries().create(MockApi.NEW_INQUIRY);
  }

  private static void list(PersonaClient client) {
    client.events().list();
  }

  /** Checks that nothing reaches the server, for blocking and async calls. */
  private void checkRejected(PersonaClientBuilder builder, String message) {
    try (PersonaClient client = builder.build()) {
      assertThatIllegalArgumentException().isThrownBy(() -> list(client)).withMessage(message);
      assertThat(
              client.sendAsync(
                  client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none())))
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
    "Content-Encoding, gzip",
    "content-encoding, identity",
    "Expect, 100-continue",
    "HTTP2-Settings, AAMAAABkAAQCAAAAAAIAAAAA",
    "Keep-Alive, timeout=5",
    "Proxy-Connection, keep-alive",
    "te, trailers",
    "Trailer, X-Checksum",
    "UPGRADE, websocket",
  })
  void forbiddenHeader_isRejectedWhereverItIsSet(String name, String value) {
    String message = "The request header " + name + " is not sent by this client";

    checkRejected(api.builder().addInterceptor(settingHeader(name, value)), message);
    checkRejected(
        api.builder()
            .httpClient(
                new OkHttpClient.Builder().addInterceptor(settingHeader(name, value)).build()),
        message);
    checkRejected(
        api.builder()
            .httpClient(
                new OkHttpClient.Builder()
                    .addNetworkInterceptor(settingHeader(name, value))
                    .build()),
        message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestOptions.builder().header(name, value))
        .withMessageStartingWith("name: " + name);
    checkRejectedInInterface(name, value, message);
    assertThat(api.server().getRequestCount()).isZero();
  }

  /** With {@code @HeaderMap}; {@code @Header} makes no difference to the client. */
  private void checkRejectedInInterface(String name, String value, String message) {
    HttpUrl url = HttpUrl.get(api.url());
    PersonaClient client = api.client();
    HeadersApi headersApi = client.api(HeadersApi.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.send(headersApi.get(url, Map.of(name, value))))
        .withMessage(message);
    assertThat(client.sendAsync(headersApi.get(url, Map.of(name, value))))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOf(IllegalArgumentException.class)
        .withMessage(message);
  }

  @Test
  void forbiddenHeaderOfInterface_isRejected() {
    HttpUrl url = HttpUrl.get(api.url());
    HeadersApi headersApi = api.client().api(HeadersApi.class);
    for (Call<?> call : List.of(headersApi.get(url, "100-continue"), headersApi.encoded())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.client().send(call))
          .withMessageMatching(
              "The request header (Expect|Content-Encoding) is not sent by this client");
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  /** The check is before a connection is opened, so no server is needed. */
  @Test
  void forbiddenHeaderOfInterceptor_isRejectedWithoutConnection() throws IOException {
    HttpUrl closedServer;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedServer = HttpUrl.get("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (PersonaClient client =
        PersonaClient.builder()
            .apiKey(MockApi.KEY)
            .baseUrl(closedServer.toString())
            .addInterceptor(settingHeader("Content-Encoding", "gzip"))
            .build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> list(client))
          .withMessage("The request header Content-Encoding is not sent by this client");
    }
  }

  interface HeadersApi {
    @GET("encoded")
    @Headers("Content-Encoding: gzip")
    Call<ResponseBody> encoded();

    @GET
    Call<ResponseBody> get(@Url HttpUrl url, @Header("Expect") String expect);

    @GET
    Call<ResponseBody> get(@Url HttpUrl url, @HeaderMap Map<String, String> headers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Connection | upgrade | may only be close",
        "Connection | keep-alive | may only be close",
        "Connection | keep-alive, te | may only be close",
        "Host | files.example | must be that of the URL",
        "Content-Length | 5 | must be the length of the body",
        "Transfer-Encoding | chunked | is set by OkHttp alone",
      })
  void headerSetByOkHttp_withOtherValue_isRejected(String name, String value, String rule) {
    String message = "The request header " + name + " " + rule;

    checkRejected(api.builder().addInterceptor(settingHeader(name, value)), message);
    checkRejected(
        api.builder()
            .httpClient(
                new OkHttpClient.Builder()
                    .addNetworkInterceptor(settingHeader(name, value))
                    .build()),
        message);
    checkRejected(
        api.builder()
            .httpClient(
                new OkHttpClient.Builder()
                    .addNetworkInterceptor(addingHeader(name, value))
                    .build()),
        message);
  }

  /** OkHttp itself sets the same value; interceptors and interfaces must not. */
  @Test
  void connectionKeepAlive_isRejected() {
    String message = "The request header Connection may only be close";

    checkRejected(api.builder().addInterceptor(settingHeader("Connection", "Keep-Alive")), message);
    checkRejectedInInterface("Connection", "Keep-Alive", message);
    assertThat(api.server().getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length, 5, must be the length of the body",
    "Content-Length, x, must be the length of the body",
    "Transfer-Encoding, chunked, is set by OkHttp alone",
    "Transfer-Encoding, 'gzip, chunked', is set by OkHttp alone",
  })
  void contentLength_changedByNetworkInterceptor_isRejected(
      String name, String value, String rule) {
    for (Interceptor changing :
        new Interceptor[] {settingHeader(name, value), addingHeader(name, value)}) {
      OkHttpClient http = new OkHttpClient.Builder().addNetworkInterceptor(changing).build();
      try (PersonaClient client = api.builder().httpClient(http).build()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> create(client))
            .withMessage("The request header " + name + " " + rule);
      }
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  /** OkHttp overwrites a length that an interceptor sets, so it does no harm. */
  @Test
  void headersWithValuesOfOkHttp_areSent() throws Exception {
    String host = "127.0.0.1:" + api.server().getPort();
    api.respond(201, MockApi.INQUIRY).respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        api.builder()
            .addInterceptor(settingHeader("Connection", "close"))
            .addInterceptor(settingHeader("Host", host))
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
  void invalidHeaderValue_isRejectedWithoutShowingIt() {
    HttpUrl url = HttpUrl.get(api.url());
    HeadersApi headersApi = api.client().api(HeadersApi.class);

    for (String value :
        new String[] {"s3cret\r\nX: 1", "s3cret\n", "s3cr\u00e9t s3cret", "\0s3cret"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.client().send(headersApi.get(url, value)))
          .withMessage("Expect must be printable ASCII");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> api.client().send(headersApi.get(url, Map.of("X-Ok", "1", "X-A", value))))
          .withMessage("X-A must be printable ASCII");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.client().sendAsync(headersApi.get(url, Map.of("X-A", value))))
          .withMessage("X-A must be printable ASCII");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> headersApi.get(url, Map.of("X-A", value)).execute())
          .withMessage("X-A must be printable ASCII");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> api.client().send(headersApi.get(url, Map.of("X-A", " "))))
        .withMessage("X-A must not be blank");
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void userAgent_withInvalidJavaVersion_isValidHeaderValue() {
    assertThat(HeadersInterceptor.userAgent("17.0.1")).endsWith(" (Java 17.0.1)");
    for (String version : new String[] {"", " ", "17\r\nX: 1", "17\u00e9"}) {
      assertThat(HeadersInterceptor.userAgent(version))
          .endsWith(" (Java " + Runtime.version().feature() + ")");
    }
  }
}
