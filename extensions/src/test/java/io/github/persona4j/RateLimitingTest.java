package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;

/** Rate limiting of the calls of a client. */
class RateLimitingTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final TestTimeSource time = new TestTimeSource();
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void respondWith(int remaining) {
    api.respond(
        200,
        MockApi.EMPTY_PAGE,
        "RateLimit-Limit",
        "300",
        "RateLimit-Remaining",
        Integer.toString(remaining),
        "RateLimit-Reset",
        "20");
  }

  @Test
  void lowLimit_isReportedAndDelaysNextCall() {
    respondWith(0);
    respondWith(299);
    List<RateLimits> notifications = new ArrayList<>();

    try (PersonaClient client =
        api.builder().time(time).onLowRateLimit(notifications::add).build()) {
      client.events().list();
      assertThat(client.rateLimits().remaining()).isZero();
      assertThat(client.rateLimits().resetSeconds()).isEqualTo(20);
      client.events().list();
      assertThat(client.rateLimits().remaining()).isEqualTo(299);
    }

    assertThat(notifications).hasSize(1);
    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(21));
  }

  @Test
  void asyncCalls_areRateLimited() {
    respondWith(0);
    respondWith(299);
    respondWith(0);
    RequestOptions shortTimeout =
        RequestOptions.builder().callTimeout(Duration.ofSeconds(5)).build();

    try (PersonaClient client = api.builder().time(time).build()) {
      list(client).join();
      ApiResponse<EventPage> second = list(client).join();
      list(client).join();

      assertThat(time.pauses()).containsExactly(Duration.ofSeconds(21));
      assertThat(second.waited()).isEqualTo(Duration.ofSeconds(21));
      assertThat(second.attempts()).isEqualTo(1);
      assertThat(second.rateLimits().remaining()).isEqualTo(299);
      assertThat(list(client.withOptions(shortTimeout)))
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isTimeout()).isTrue();
                assertThat(e.attempts()).isZero();
                assertThat(e.waited()).isEqualTo(Duration.ofSeconds(5));
              });
    }

    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  private static CompletableFuture<ApiResponse<EventPage>> list(PersonaClient client) {
    return client.sendAsync(MockApi.listEvents(client));
  }

  @Test
  void eachKey_hasItsOwnLimits_sharedByDerivedClients() {
    respondWith(0);
    respondWith(200);
    RequestOptions other = RequestOptions.builder().apiKey("other").build();

    try (PersonaClient client = api.builder().time(time).build()) {
      client.events().list();
      client.withOptions(other).events().list();

      assertThat(client.withOptions(RequestOptions.none()).rateLimits().remaining()).isZero();
      assertThat(client.withOptions(other).rateLimits().remaining()).isEqualTo(200);
    }

    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void deadlineBeforePermit_failsCallWithoutRequest() {
    respondWith(0);
    RequestOptions shortTimeout =
        RequestOptions.builder().callTimeout(Duration.ofSeconds(5)).build();

    try (PersonaClient client = api.builder().time(time).build()) {
      client.events().list();

      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.withOptions(shortTimeout).events().list())
          .satisfies(
              e -> {
                assertThat(e.isTimeout()).isTrue();
                assertThat(e.attempts()).isZero();
                assertThat(e.waited()).isEqualTo(Duration.ofSeconds(5));
              });
    }

    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void maxWaitExceeded_sendsCall() {
    respondWith(0);
    respondWith(0);

    try (PersonaClient client =
        api.builder().time(time).maxRateLimiterWait(Duration.ofSeconds(5)).build()) {
      client.events().list();
      ApiResponse<EventPage> second = client.send(MockApi.listEvents(client));

      assertThat(second.attempts()).isEqualTo(1);
      assertThat(second.waited()).isEqualTo(Duration.ofSeconds(5));
    }

    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(5));
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void callsThatAreNotSent_useNoPermits() throws Exception {
    respondWith(100);
    AtomicBoolean failing = new AtomicBoolean();
    Interceptor failingInterceptor =
        chain -> {
          if (failing.get()) {
            throw new IOException("not sent");
          }
          return chain.proceed(chain.request());
        };
    try (PersonaClient client =
        api.builder().time(time).addInterceptor(failingInterceptor).build()) {
      client.events().list();
      failing.set(true);
      for (int i = 0; i < 150; i++) {
        assertThatExceptionOfType(PersonaConnectionException.class)
            .isThrownBy(() -> client.events().list());
      }
      assertThat(client.rateLimits().remaining()).isEqualTo(100);

      failing.set(false);
      api.server().close();
      for (int i = 0; i < 150; i++) {
        assertThatExceptionOfType(PersonaConnectionException.class)
            .isThrownBy(() -> client.events().list());
      }
      // The first of them used the old connection, and may have been counted.
      assertThat(client.rateLimits().remaining()).isBetween(99L, 100L);
    }
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void brokenCall_isCountedUntilNextReport() {
    respondWith(0);
    api.respond(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));
    respondWith(250);
    respondWith(249);

    try (PersonaClient client = api.builder().time(time).maxRateLimiterWait(SHORT).build()) {
      client.events().list();
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.events().list());
      assertThat(client.rateLimits().remaining()).isZero();
      client.events().list();
      assertThat(client.rateLimits().remaining()).isEqualTo(250);
      client.events().list();
    }

    assertThat(time.pauses()).containsExactly(SHORT, SHORT);
  }

  @Test
  void changedLimit_isNewestOne() {
    api.respond(200, MockApi.EMPTY_PAGE, limits(300, 120, 40))
        .respond(200, MockApi.EMPTY_PAGE, limits(60, 50, 20))
        .respond(200, MockApi.EMPTY_PAGE, limits(300, 40, 40));
    try (PersonaClient client = api.builder().time(time).build()) {
      client.events().list();
      assertThat(client.rateLimits().limit()).isEqualTo(300);
      client.events().list();
      assertThat(client.rateLimits().limit()).isEqualTo(60);
      assertThat(client.rateLimits().remaining()).isEqualTo(50);
      client.events().list();
      assertThat(client.rateLimits().limit()).isEqualTo(300);
      assertThat(client.rateLimits().remaining()).isEqualTo(40);
    }
  }

  private static String[] limits(int limit, int remaining, int reset) {
    return new String[] {
      "RateLimit-Limit",
      Integer.toString(limit),
      "RateLimit-Remaining",
      Integer.toString(remaining),
      "RateLimit-Reset",
      Integer.toString(reset)
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"interrupt", "cancel", "close"})
  void waitForPermit_whenStopped_endsImmediately(String action) throws Exception {
    try (PersonaClient client = clientWithoutPermits()) {
      Call<EventPage> call = MockApi.listEvents(client);
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                failure.complete(catchThrowable(() -> client.send(call)));
              });
      caller.start();
      time.awaitPauses(1);
      stop(action, caller, call, client);

      checkStopped(failure.get(5, TimeUnit.SECONDS));
      checkOtherCallsSucceed(client, !action.equals("close"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "close", "cancel the future"})
  void asyncWaitForPermit_whenStopped_endsImmediately(String action) throws Exception {
    try (PersonaClient client = clientWithoutPermits()) {
      Call<EventPage> call = MockApi.listEvents(client);
      CompletableFuture<ApiResponse<EventPage>> future = client.sendAsync(call);
      time.awaitPauses(1);
      if (action.equals("cancel the future")) {
        future.cancel(true);
      } else {
        stop(action, Thread.currentThread(), call, client);
        checkStopped(catchThrowable(() -> future.get(5, TimeUnit.SECONDS)).getCause());
      }

      checkOtherCallsSucceed(client, !action.equals("close"));
    }
  }

  /** A client without remaining permits; the next call waits until the test releases it. */
  private PersonaClient clientWithoutPermits() {
    respondWith(0);
    respondWith(299);
    PersonaClient client = api.builder().time(time).build();
    client.events().list();
    time.holdPauses();
    return client;
  }

  private static void stop(String action, Thread caller, Call<?> call, PersonaClient client) {
    switch (action) {
      case "interrupt" -> caller.interrupt();
      case "cancel" -> call.cancel();
      default -> client.close();
    }
  }

  private static void checkStopped(@Nullable Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            PersonaConnectionException.class,
            e -> {
              assertThat(e.isStopped()).isTrue();
              assertThat(e.attempts()).isZero();
            });
  }

  /** Checks that the stopped call did not keep the permit. */
  private void checkOtherCallsSucceed(PersonaClient client, boolean open) {
    if (open) {
      time.releasePauses();
      assertThat(client.events().list().items()).isEmpty();
    }
    assertThat(api.server().getRequestCount()).isEqualTo(open ? 2 : 1);
  }

  @Test
  void disabledRateLimiter_neverWaits() {
    respondWith(0);
    respondWith(0);

    try (PersonaClient client = api.builder().time(time).rateLimiterThreshold(0).build()) {
      client.events().list();
      client.events().list();
    }

    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void settingsOutOfRange_throwExceptionNamingThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().rateLimiterThreshold(1.1))
        .withMessage("rateLimiterThreshold must be from 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().rateLimiterThreshold(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().maxRateLimiterWait(Duration.ZERO))
        .withMessageStartingWith("maxRateLimiterWait");
  }
}
