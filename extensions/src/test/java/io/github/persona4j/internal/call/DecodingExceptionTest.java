package io.github.persona4j.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.MockApi;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Converter;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;

/** Responses whose decoding fails with an unexpected exception. */
class DecodingExceptionTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  interface CustomApi {
    @GET("thing")
    Call<String> thing();
  }

  private final OkHttpClient http = new OkHttpClient();
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
    api.close();
  }

  /** A converter that fails after the first byte and does not close the body. */
  private static Converter.Factory failing(Supplier<Throwable> exception) {
    return new Converter.Factory() {
      @Override
      public @Nullable Converter<ResponseBody, ?> responseBodyConverter(
          Type type, Annotation[] annotations, Retrofit retrofit) {
        return body -> {
          assertThat(body.source().readByte()).isEqualTo((byte) 'x');
          if (exception.get() instanceof RuntimeException e) {
            throw e;
          }
          throw (Error) exception.get();
        };
      }
    };
  }

  static Stream<Throwable> exceptions() {
    return Stream.of(
        new ArrayIndexOutOfBoundsException("Index 16 out of bounds for length 16"),
        new NullPointerException(),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void failingConverter_throwsMalformedResponse_andReleasesConnection(Throwable exception)
      throws Exception {
    CustomApi customApi =
        new Retrofit.Builder()
            .baseUrl(api.url() + "/")
            .client(http)
            .addConverterFactory(DecodingException.guarding(failing(() -> exception)))
            .addCallAdapterFactory(new GuardedCall.Factory())
            .build()
            .create(CustomApi.class);
    api.respond(200, "xyz", "Request-Id", "r").respond(200, "xyz");

    Throwable blockingFailure = catchThrowable(() -> customApi.thing().execute());
    CompletableFuture<Throwable> asyncFailure = new CompletableFuture<>();
    customApi
        .thing()
        .enqueue(
            new Callback<>() {
              @Override
              public void onResponse(Call<String> call, Response<String> response) {
                asyncFailure.completeExceptionally(new AssertionError("decoded"));
              }

              @Override
              public void onFailure(Call<String> call, Throwable failure) {
                asyncFailure.complete(failure);
              }
            });

    assertThat(asyncFailure).succeedsWithin(TIMEOUT);
    for (Throwable failure : new Throwable[] {blockingFailure, asyncFailure.join()}) {
      assertThat(failure)
          .isInstanceOf(MalformedResponseException.class)
          .hasMessageEndingWith(
              "the response cannot be decoded (" + exception.getClass().getSimpleName() + ")")
          .hasCause(exception);
    }
    for (int i = 0; i < 100 && http.connectionPool().idleConnectionCount() < 1; i++) {
      Thread.sleep(10);
    }
    assertThat(http.connectionPool().connectionCount())
        .isEqualTo(http.connectionPool().idleConnectionCount());
  }

  /** An error of the JVM is not caused by the response. */
  @Test
  void jvmError_isThrownUnchanged() {
    OutOfMemoryError error = new OutOfMemoryError("thrown");
    CustomApi customApi =
        new Retrofit.Builder()
            .baseUrl(api.url() + "/")
            .client(http)
            .addConverterFactory(DecodingException.guarding(failing(() -> error)))
            .addCallAdapterFactory(new GuardedCall.Factory())
            .build()
            .create(CustomApi.class);
    api.respond(200, "xyz");

    assertThat(catchThrowable(() -> customApi.thing().execute())).isSameAs(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[],\"\u0000x\":1}",
        "{\"data\":[],\"links\":{},\"\u0000",
        "{\"data\":[],\"included\":[],\"jsonapi\":{},\"meta\":{},\"\u0000x\":{\"\u0000\":1}}",
      })
  void responseWithRawNul_isMalformed_blockingAndAsync(String body) {
    api.respond(200, body).respond(200, body);

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> api.client().events().list());
    assertThat(future())
        .failsWithin(TIMEOUT)
        .withThrowableThat()
        .withCauseInstanceOf(MalformedResponseException.class);
  }

  @Test
  void deeplyNestedResponse_isMalformed_blockingAndAsync() {
    String body = "{\"data\":[],\"deep\":" + "[".repeat(400_000);
    api.respond(200, body).respond(200, body);

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> api.client().events().list());
    assertThat(future())
        .failsWithin(TIMEOUT)
        .withThrowableThat()
        .withCauseInstanceOf(MalformedResponseException.class);
  }

  @Test
  void errorBodyWithRawNul_throwsExceptionOfStatus_blockingAndAsync() {
    String body = "{\"errors\":[],\"\u0000x\":1}";
    api.respond(404, body).respond(404, body);

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> api.client().events().list())
        .satisfies(e -> assertThat(e.errors()).isEmpty());
    assertThat(future())
        .failsWithin(TIMEOUT)
        .withThrowableThat()
        .withCauseInstanceOf(NotFoundException.class);
  }

  private CompletableFuture<ApiResponse<EventPage>> future() {
    return api.client()
        .sendAsync(
            api.client().events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
  }
}
