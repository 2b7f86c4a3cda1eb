package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.Tag;

/** Options of a client, of a derived client, and of one call. */
class OptionsTest {
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static void list(PersonaClient client, RequestOptions options) {
    assertThat(client.events().list(EventsApi.ListQuery.none(), options).items()).isEmpty();
  }

  @Test
  void optionsOfCall_overrideKeyVersionAndHeaders() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);

    list(
        api.client(),
        RequestOptions.builder()
            .apiKey("other")
            .apiVersion("2023-01-05")
            .header("X-Trace", "1")
            .build());
    list(api.client(), RequestOptions.none());

    RecordedRequest first = api.request();
    assertThat(first.getHeaders().get("Authorization")).isEqualTo("Bearer other");
    assertThat(first.getHeaders().get("Persona-Version")).isEqualTo("2023-01-05");
    assertThat(first.getHeaders().get("X-Trace")).isEqualTo("1");
    RecordedRequest second = api.request();
    assertThat(second.getHeaders().get("Authorization")).isEqualTo("Bearer " + MockApi.KEY);
    assertThat(second.getHeaders().get("Persona-Version")).isEqualTo("2025-12-08");
    assertThat(second.getHeaders().get("X-Trace")).isNull();
  }

  @Test
  void derivedClient_hasItsOptionsAndSharesConnections() throws Exception {
    for (int i = 0; i < 3; i++) {
      api.respond(200, MockApi.EMPTY_PAGE);
    }
    PersonaClient derived =
        api.client()
            .withOptions(RequestOptions.builder().apiKey("other").header("X-Team", "a").build())
            .withOptions(RequestOptions.builder().apiVersion("2023-01-05").build());

    list(derived, RequestOptions.builder().header("X-Trace", "1").build());
    list(derived, RequestOptions.builder().apiKey("third").build());
    list(api.client(), RequestOptions.none());

    RecordedRequest first = api.request();
    assertThat(first.getHeaders().get("Authorization")).isEqualTo("Bearer other");
    assertThat(first.getHeaders().get("Persona-Version")).isEqualTo("2023-01-05");
    assertThat(first.getHeaders().get("X-Team")).isEqualTo("a");
    assertThat(first.getHeaders().get("X-Trace")).isEqualTo("1");
    assertThat(api.request().getHeaders().get("Authorization")).isEqualTo("Bearer third");
    RecordedRequest third = api.request();
    assertThat(third.getHeaders().get("Authorization")).isEqualTo("Bearer " + MockApi.KEY);
    assertThat(third.getConnectionIndex()).isEqualTo(first.getConnectionIndex());
    assertThat(third.getExchangeIndex()).isEqualTo(2);
    assertThat(derived.toString()).contains("2023-01-05").doesNotContain("other");
  }

  @Test
  void closedDerivedClient_doesNotCloseOriginal_butIsClosedWithIt() {
    api.respond(200, MockApi.EMPTY_PAGE);
    PersonaClient one = api.client().withOptions(RequestOptions.none());
    PersonaClient two = api.client().withOptions(RequestOptions.none());

    one.close();

    assertThatIllegalStateException().isThrownBy(() -> one.events().list());
    list(api.client(), RequestOptions.none());
    api.client().close();
    assertThatIllegalStateException().isThrownBy(() -> two.events().list());
  }

  @Test
  void optionsOfBuilder_applyToEveryCall() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        api.builder().options(RequestOptions.builder().header("X-Team", "a").build()).build()) {
      list(client, RequestOptions.none());
    }

    assertThat(api.request().getHeaders().get("X-Team")).isEqualTo("a");
  }

  @Test
  void builderChangedAfterBuild_doesNotChangeClient() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);
    PersonaClientBuilder builder =
        api.builder().options(RequestOptions.builder().header("X-Team", "a").build());

    try (PersonaClient client = builder.build()) {
      builder
          .apiKey("other")
          .apiVersion("2023-01-05")
          .baseUrl("http://127.0.0.1:9/api/v1")
          .options(RequestOptions.none())
          .addInterceptor(
              chain -> {
                throw new IllegalStateException("of another client");
              });
      list(client, RequestOptions.none());
    }

    RecordedRequest request = api.request();
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + MockApi.KEY);
    assertThat(request.getHeaders().get("Persona-Version")).isEqualTo("2025-12-08");
    assertThat(request.getHeaders().get("X-Team")).isEqualTo("a");
  }

  @Test
  void idempotencyKeyForAllCalls_throwsIllegalArgument() {
    RequestOptions options = RequestOptions.builder().idempotencyKey("k").build();

    assertThatIllegalArgumentException().isThrownBy(() -> api.client().withOptions(options));
    assertThatIllegalArgumentException().isThrownBy(() -> PersonaClient.builder().options(options));
  }

  @Test
  void readTimeout_ofOneCall_isApplied() {
    api.respond(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS));
    RequestOptions options = RequestOptions.builder().readTimeout(Duration.ofMillis(100)).build();

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> list(api.client(), options))
        .satisfies(e -> assertThat(e.isTimeout()).isTrue());
  }

  /** Opens real connections and records their connect timeouts. */
  private static final class RecordingSocketFactory extends SocketFactory {
    final List<Integer> timeouts = new CopyOnWriteArrayList<>();

    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
          timeouts.add(timeout);
          super.connect(endpoint, timeout);
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void connectTimeout_ofOneCall_isApplied() {
    RecordingSocketFactory sockets = new RecordingSocketFactory();
    OkHttpClient httpClient =
        new OkHttpClient.Builder()
            .socketFactory(sockets)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .build();
    RequestOptions options = RequestOptions.builder().connectTimeout(Duration.ofSeconds(3)).build();
    for (int i = 0; i < 3; i++) {
      api.respond(200, MockApi.EMPTY_PAGE, "Connection", "close");
    }

    try (PersonaClient client = api.builder().httpClient(httpClient).build();
        PersonaClient limited =
            api.builder().httpClient(httpClient).connectTimeout(Duration.ofSeconds(4)).build()) {
      list(client, RequestOptions.none());
      list(client, options);
      list(limited, RequestOptions.none());
    } finally {
      httpClient.dispatcher().executorService().shutdown();
    }

    assertThat(sockets.timeouts).containsExactly(httpClient.connectTimeoutMillis(), 3000, 4000);
  }

  /**
   * Posts more than all buffers hold to a server that reads nothing. An expired call timeout would
   * throw another exception.
   */
  @Test
  void writeTimeout_ofOneCall_isApplied() throws Exception {
    RequestOptions options =
        RequestOptions.builder()
            .writeTimeout(Duration.ofMillis(150))
            .callTimeout(Duration.ofSeconds(10))
            .build();
    RequestBody large = RequestBody.create(new byte[32 * 1024 * 1024]);

    try (ServerSocket silentServer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        PersonaClient client =
            api.builder().baseUrl("http://127.0.0.1:" + silentServer.getLocalPort()).build()) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.send(client.api(CustomApi.class).post(large, options)))
          .withCauseInstanceOf(SocketTimeoutException.class)
          .satisfies(e -> assertThat(e.isTimeout()).isTrue());
    }
  }

  interface CustomApi {
    @POST("things")
    Call<ResponseBody> post(@Body RequestBody body, @Tag RequestOptions options);
  }

  @Test
  void callTimeout_ofBuilderOrHttpClient_isApplied() {
    api.respond(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS))
        .respond(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS));
    OkHttpClient httpClient =
        new OkHttpClient.Builder().callTimeout(Duration.ofMillis(100)).build();

    try (PersonaClient first = api.builder().callTimeout(Duration.ofMillis(100)).build();
        PersonaClient second = api.builder().httpClient(httpClient).build()) {
      for (PersonaClient client : List.of(first, second)) {
        assertThatExceptionOfType(PersonaConnectionException.class)
            .isThrownBy(() -> client.events().list())
            .satisfies(e -> assertThat(e.isTimeout()).isTrue());
      }
    } finally {
      httpClient.dispatcher().executorService().shutdown();
      httpClient.connectionPool().evictAll();
    }
  }

  @Test
  void interceptor_seesEachAttempt() {
    api.respond(503, "").respond(200, MockApi.EMPTY_PAGE);
    List<String> versions = new ArrayList<>();

    try (PersonaClient client =
        api.builder()
            .retryPolicy(RetryPolicy.standard())
            .time(new TestTimeSource())
            .addInterceptor(
                chain -> {
                  versions.add(String.valueOf(chain.request().header("Persona-Version")));
                  return chain.proceed(chain.request());
                })
            .build()) {
      list(client, RequestOptions.none());
    }

    assertThat(versions).containsExactly("2025-12-08", "2025-12-08");
  }

  @Test
  void proxy_isUsed() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);
    Proxy proxy = api.server().getProxyAddress();

    try (PersonaClient client =
        api.builder().baseUrl("http://127.0.0.2:9/api/v1").proxy(proxy).build()) {
      list(client, RequestOptions.none());
    }

    assertThat(api.request().getTarget()).isEqualTo("http://127.0.0.2:9/api/v1/events");
  }
}
