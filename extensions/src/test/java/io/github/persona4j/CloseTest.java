package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.model.Event;
import io.github.persona4j.paging.Page;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** Closing a client. */
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
  void close_twice_hasNoEffect() {
    api.client().close();
    api.client().close();

    assertThat(api.client().toString()).endsWith(", closed}");
  }

  @Test
  void callAfterClose_throwsAndSendsNothing() {
    PersonaClient client = api.client();
    client.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> client.events().list())
        .withMessage("This PersonaClient is closed");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> MockApi.listEvents(client).execute())
        .withMessage("This PersonaClient is closed");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> enqueue(MockApi.listEvents(client)).get(5, TimeUnit.SECONDS))
        .withCauseInstanceOf(IOException.class);
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void close_duringCall_cancelsCall() throws Exception {
    api.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    CompletableFuture<@Nullable Page<Event>> call =
        CompletableFuture.supplyAsync(() -> api.client().events().list());
    api.request();

    api.client().close();

    assertThat(call)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(PersonaConnectionException.class);
  }

  @Test
  void close_releasesConnectionsAndThreads() throws Exception {
    OkHttpClient http = api.client().http();
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);
    enqueue(MockApi.listEvents(api.client())).get(5, TimeUnit.SECONDS);
    api.client().events().list();
    assertThat(http.connectionPool().connectionCount()).isPositive();

    api.client().close();

    assertThat(http.connectionPool().connectionCount()).isZero();
    assertThat(http.dispatcher().executorService().awaitTermination(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void manyClosedClients_leaveNoThreads() throws Exception {
    ClientThreads threads = new ClientThreads();

    for (int i = 0; i < 50; i++) {
      use(api);
    }

    // The other threads of OkHttp are few daemon threads, shared by all its clients.
    for (int i = 0; i < 100 && !threads.started().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(threads.started()).isEmpty();
  }

  @Test
  void customHttpClient_sharesItsPoolAndStaysOpen() throws Exception {
    OkHttpClient httpClient = new OkHttpClient();
    try {
      api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);
      PersonaClient client = api.builder().httpClient(httpClient).build();
      client.events().list();
      assertThat(httpClient.connectionPool().connectionCount()).isEqualTo(1);

      client.close();

      assertThat(httpClient.connectionPool().connectionCount()).isEqualTo(1);
      assertThat(httpClient.dispatcher().executorService().isShutdown()).isFalse();
      assertThat(httpClient.interceptors()).isEmpty();
      assertThatIllegalStateException().isThrownBy(() -> client.events().list());
      try (PersonaClient next = api.builder().httpClient(httpClient).build()) {
        next.events().list();
      }
      assertThat(api.request().getConnectionIndex()).isEqualTo(api.request().getConnectionIndex());
    } finally {
      httpClient.dispatcher().executorService().shutdown();
      httpClient.connectionPool().evictAll();
    }
  }

  /** Runs in a separate JVM, to prove that the program exits. */
  static final class Program {
    public static void main(String[] arguments) throws Exception {
      PersonaClient client = PersonaClient.builder().apiKey("k").baseUrl(arguments[0]).build();
      client.events().list();
      // Leaves a worker thread that lives for a minute.
      client.sendAsync(MockApi.listEvents(client)).get(5, TimeUnit.SECONDS);
      if (arguments[1].equals("close")) {
        client.close();
      }
      System.out.println("done");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "leave open"})
  void program_withOrWithoutClose_exits(String mode) throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);

    try (ChildJvm program = new ChildJvm(List.of(), Program.class, api.url(), mode)) {
      assertThat(program.line()).isEqualTo("done");
      program.awaitEnd();
    }
  }

  @Test
  void threadsOfClient_areDaemons() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    api.client().sendAsync(MockApi.listEvents(api.client())).get(5, TimeUnit.SECONDS);

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread) && !isServerThread(thread))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }

  private static boolean isServerThread(Thread thread) {
    return thread.getName().startsWith("MockWebServer");
  }

  private static void use(MockApi api) throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);
    try (PersonaClient client = api.builder().build()) {
      client.events().list();
      enqueue(MockApi.listEvents(client)).get(5, TimeUnit.SECONDS);
    }
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
