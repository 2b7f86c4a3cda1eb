package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import mockwebserver3.RecordedRequest;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.Tag;
import retrofit2.http.Url;

/** Credentials of the API are sent to no other host, wherever they are set. */
class CredentialsGuardTest {
  private static final List<String> CREDENTIALS =
      List.of("Authorization", "Cookie", "Idempotency-Key");

  /** Where user code can set headers. */
  private enum Place {
    INTERCEPTOR {
      @Override
      void install(PersonaClientBuilder client, OkHttpClient.Builder http) {
        client.addInterceptor(ADD_CREDENTIALS);
      }
    },
    HTTP_CLIENT_INTERCEPTOR {
      @Override
      void install(PersonaClientBuilder client, OkHttpClient.Builder http) {
        http.addInterceptor(ADD_CREDENTIALS);
      }
    },
    HTTP_CLIENT_NETWORK_INTERCEPTOR {
      @Override
      void install(PersonaClientBuilder client, OkHttpClient.Builder http) {
        http.addNetworkInterceptor(ADD_CREDENTIALS);
      }
    },
    NEW_REQUEST {
      @Override
      void install(PersonaClientBuilder client, OkHttpClient.Builder http) {
        client.addInterceptor(
            chain ->
                chain.proceed(
                    withCredentials(
                        new Request.Builder() // without the tags of the original request
                            .url(chain.request().url())
                            .method(chain.request().method(), chain.request().body())
                            .build())));
      }
    },
    COOKIES {
      @Override
      void install(PersonaClientBuilder client, OkHttpClient.Builder http) {
        http.cookieJar(
            new CookieJar() {
              @Override
              public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {}

              @Override
              public List<Cookie> loadForRequest(HttpUrl url) {
                return List.of(
                    new Cookie.Builder().name("a").value("s3cret").domain(url.host()).build());
              }
            });
      }
    };

    abstract void install(PersonaClientBuilder client, OkHttpClient.Builder http);
  }

  private static final Interceptor ADD_CREDENTIALS =
      chain -> chain.proceed(withCredentials(chain.request()));

  private static Request withCredentials(Request request) {
    Request.Builder changed = request.newBuilder();
    CREDENTIALS.forEach(name -> changed.header(name, "s3cret"));
    return changed.header("X-Own", "kept").build();
  }

  interface CustomApi {
    @GET
    Call<ResponseBody> get(
        @Url HttpUrl url, @Header("Authorization") String token, @Tag RequestOptions options);

    @POST
    Call<ResponseBody> post(@Url HttpUrl url, @Body RequestBody body);
  }

  private final OkHttpClient.Builder http = new OkHttpClient.Builder();
  private MockApi api;
  private MockApi other;
  private MockApi third;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    other = new MockApi();
    third = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
    other.close();
    third.close();
  }

  private PersonaClient client(Place place) {
    PersonaClientBuilder client =
        api.builder().allowFilesFrom(origin(other)).allowFilesFrom(origin(third));
    place.install(client, http);
    return client.httpClient(http.build()).build();
  }

  private static String origin(MockApi server) {
    return "http://127.0.0.1:" + server.server().getPort();
  }

  private static HttpUrl url(MockApi server) {
    return HttpUrl.get(origin(server) + "/x");
  }

  private static void checkNoCredentials(RecordedRequest request) {
    for (String name : CREDENTIALS) {
      assertThat(request.getHeaders().values(name)).as(name).isEmpty();
    }
    assertThat(request.getHeaders().toString().toLowerCase(Locale.ROOT))
        .doesNotContain("s3cret", "persona_");
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void fileHostsAndRedirectTargets_receiveNoCredentials(Place place, @TempDir Path folder)
      throws Exception {
    other.respond(302, "", "Location", url(third).toString());
    third.respond(200, "photo");

    try (PersonaClient client = client(place)) {
      client.files().saveAs(url(other).toString(), folder.resolve("photo"));
    }

    RecordedRequest first = other.request();
    checkNoCredentials(first);
    checkNoCredentials(third.request());
    if (place != Place.COOKIES) {
      assertThat(first.getHeaders().get("X-Own")).isEqualTo("kept");
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void otherHosts_receiveNoCredentials(Place place) throws Exception {
    other.respond(200, "").respond(200, "");
    RequestBody body = RequestBody.create("{}", null);

    try (PersonaClient client = client(place)) {
      CustomApi customApi = client.api(CustomApi.class);
      RequestOptions options = RequestOptions.builder().header("X-Token", "kept").build();
      client.send(customApi.get(url(other), "s3cret", options)).body().close();
      client.send(customApi.post(url(other), body)).body().close();
    }

    RecordedRequest get = other.request();
    checkNoCredentials(get);
    assertThat(get.getHeaders().get("X-Token"))
        .isEqualTo(place == Place.NEW_REQUEST ? null : "kept");
    checkNoCredentials(other.request());
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void api_receivesCredentials(Place place) throws Exception {
    api.respond(201, MockApi.INQUIRY);

    try (PersonaClient client = client(place)) {
      client.inquiries().create(MockApi.NEW_INQUIRY);
    }

    RecordedRequest request = api.request();
    assertThat(request.getHeaders().get("Cookie")).contains("s3cret");
    if (place != Place.COOKIES) {
      assertThat(request.getHeaders().values("Authorization")).containsExactly("s3cret");
      assertThat(request.getHeaders().values("Idempotency-Key")).containsExactly("s3cret");
    }
  }

  private static HttpUrl to(Request request, String host, int port) {
    return request.url().newBuilder().host(host).port(port).build();
  }

  @Test
  void hostChangedByInterceptor_receivesNoCredentials() throws Exception {
    other.respond(200, MockApi.EMPTY_PAGE);
    int port = other.server().getPort();

    try (PersonaClient client =
        api.builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .url(to(chain.request(), "127.0.0.1", port))
                            .build()))
            .build()) {
      client.events().list();
    }

    checkNoCredentials(other.request());
  }

  @Test
  void redirectFollowedByInterceptor_sendsNoCredentials() throws Exception {
    api.respond(307, "", "Location", url(other).toString());
    other.respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        api.builder()
            .addInterceptor(
                chain -> {
                  okhttp3.Response response = chain.proceed(chain.request());
                  HttpUrl target = HttpUrl.get(String.valueOf(response.header("Location")));
                  response.close();
                  return chain.proceed(chain.request().newBuilder().url(target).build());
                })
            .build()) {
      client.events().list();
    }

    assertThat(api.request().getHeaders().get("Authorization")).contains(MockApi.KEY);
    checkNoCredentials(other.request());
  }

  @Test
  void authenticator_forOtherHost_sendsNoCredentials() throws Exception {
    other.respond(401, "").respond(401, "");
    http.authenticator(
        (route, response) ->
            response.priorResponse() == null ? withCredentials(response.request()) : null);

    try (PersonaClient client = api.builder().httpClient(http.build()).build()) {
      PersonaApiException refused =
          catchThrowableOfType(
              PersonaApiException.class,
              () ->
                  client.send(
                      client
                          .api(CustomApi.class)
                          .get(url(other), "s3cret", RequestOptions.none())));
      assertThat(refused.status()).isEqualTo(401);
    }

    checkNoCredentials(other.request());
    checkNoCredentials(other.request());
  }

  @Test
  void postToOtherHost_hasNoIdempotencyKey() throws Exception {
    other.respond(500, "");
    try (PersonaClient client = api.builder().build()) {
      PersonaApiException failed =
          catchThrowableOfType(
              PersonaApiException.class,
              () ->
                  client.send(
                      client
                          .api(CustomApi.class)
                          .post(url(other), RequestBody.create("{}", null))));

      assertThat(failed.idempotencyKey()).isNull();
    }
    checkNoCredentials(other.request());
  }
}
