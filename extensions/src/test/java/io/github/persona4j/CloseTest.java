package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.model.EventPage;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** What the end of a client does. */
class CloseTest {
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
  void close_twice_doesNothingMore() {
    api.client().close();
    api.client().close();

    assertThat(api.client().toString()).endsWith(", closed}");
  }

  @Test
  void callAfterClose_failsClearlyAndSendsNothing() {
    PersonaClient client = api.client();
    client.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> client.events().list())
        .withMessage("This PersonaClient is closed");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> client.api(EventsApi.class).list().execute())
        .withMessage("This PersonaClient is closed");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> enqueue(client.api(EventsApi.class).list()).get(5, TimeUnit.SECONDS))
        .withCauseInstanceOf(IOException.class);
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void close_whileACallWaits_cancelsIt() throws Exception {
    api.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    CompletableFuture<@Nullable EventPage> call =
        CompletableFuture.supplyAsync(() -> api.client().events().list());
    api.request();

    api.client().close();

    assertThat(call)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(PersonaConnectionException.class);
  }

  @Test
  void close_freesConnectionsAndThreads() throws Exception {
    OkHttpClient http = api.client().http();
    api.answer(200, MockApi.EMPTY_PAGE).answer(200, MockApi.EMPTY_PAGE);
    enqueue(api.client().api(EventsApi.class).list()).get(5, TimeUnit.SECONDS);
    api.client().events().list();
    assertThat(http.connectionPool().connectionCount()).isPositive();

    api.client().close();

    assertThat(http.connectionPool().connectionCount()).isZero();
    assertThat(http.dispatcher().executorService().awaitTermination(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void manyClients_madeUsedAndClosed_leaveNoThreads() throws Exception {
    int before = clientThreads();

    for (int i = 0; i < 50; i++) {
      use(api);
    }

    for (int i = 0; i < 100 && clientThreads() > before; i++) {
      Thread.sleep(50);
    }
    assertThat(clientThreads()).isLessThanOrEqualTo(before);
  }

  @Test
  void ownHttpClient_sharesItsPoolAndSurvivesClose() throws Exception {
    OkHttpClient own = new OkHttpClient();
    try {
      api.answer(200, MockApi.EMPTY_PAGE).answer(200, MockApi.EMPTY_PAGE);
      PersonaClient client = api.builder().httpClient(own).build();
      client.events().list();
      assertThat(own.connectionPool().connectionCount()).isEqualTo(1);

      client.close();

      assertThat(own.connectionPool().connectionCount()).isEqualTo(1);
      assertThat(own.dispatcher().executorService().isShutdown()).isFalse();
      assertThat(own.interceptors()).isEmpty();
      assertThatIllegalStateException().isThrownBy(() -> client.events().list());
      try (PersonaClient next = api.builder().httpClient(own).build()) {
        next.events().list();
      }
      assertThat(api.request().getConnectionIndex()).isEqualTo(api.request().getConnectionIndex());
    } finally {
      own.dispatcher().executorService().shutdown();
      own.connectionPool().evictAll();
    }
  }

  /** Run in a JVM of its own: the only proof that a program ends. */
  static final class Program {
    public static void main(String[] arguments) throws Exception {
      try (PersonaClient client =
          PersonaClient.builder().apiKey("k").baseUrl(arguments[0]).build()) {
        client.events().list();
        // Leaves a worker thread behind, which would otherwise hold the program for a minute.
        enqueue(client.api(EventsApi.class).list()).get(5, TimeUnit.SECONDS);
        System.out.println("done");
      }
    }
  }

  @Test
  void mainMethod_endsAtOnce() throws Exception {
    api.answer(200, MockApi.EMPTY_PAGE).answer(200, MockApi.EMPTY_PAGE);
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process program =
        new ProcessBuilder(
                List.of(
                    System.getProperty("java.home")
                        + File.separator
                        + "bin"
                        + File.separator
                        + "java",
                    "-cp",
                    classes,
                    Program.class.getName(),
                    api.url()))
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(program.inputReader().readLine()).isEqualTo("done");
      assertThat(program.waitFor(5, TimeUnit.SECONDS)).as("ends by itself").isTrue();
      assertThat(program.exitValue()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  private static void use(MockApi api) throws Exception {
    api.answer(200, MockApi.EMPTY_PAGE).answer(200, MockApi.EMPTY_PAGE);
    try (PersonaClient client = api.builder().build()) {
      client.events().list();
      enqueue(client.api(EventsApi.class).list()).get(5, TimeUnit.SECONDS);
    }
  }

  // The other threads of OkHttp are few, daemons, and shared by all its clients.
  private static int clientThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("persona4j"))
            .count();
  }

  private static <T> CompletableFuture<T> enqueue(Call<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    call.enqueue(
        new Callback<>() {
          @Override
          public void onResponse(Call<T> call, Response<T> response) {
            result.complete(response.body());
          }

          @Override
          public void onFailure(Call<T> call, Throwable failure) {
            result.completeExceptionally(failure);
          }
        });
    return result;
  }
}
