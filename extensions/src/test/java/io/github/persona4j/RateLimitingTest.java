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

/** Pacing as calls of a client meet it. */
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

  private void answerWith(int remaining) {
    api.answer(
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
    answerWith(0);
    answerWith(299);
    List<RateLimits> heard = new ArrayList<>();

    try (PersonaClient client = api.builder().time(time).onLowRateLimit(heard::add).build()) {
      client.events().list();
      assertThat(client.rateLimits().remaining()).isZero();
      assertThat(client.rateLimits().resetSeconds()).isEqualTo(20);
      client.events().list();
      assertThat(client.rateLimits().remaining()).isEqualTo(299);
    }

    assertThat(heard).hasSize(1);
    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(21));
  }

  @Test
  void asyncCalls_areRateLimited() {
    answerWith(0);
    answerWith(299);
    answerWith(0);
    RequestOptions soon = RequestOptions.builder().callTimeout(Duration.ofSeconds(5)).build();

    try (PersonaClient client = api.builder().time(time).build()) {
      list(client).join();
      ApiResponse<EventPage> second = list(client).join();
      list(client).join();

      assertThat(time.pauses()).containsExactly(Duration.ofSeconds(21));
      assertThat(second.waited()).isEqualTo(Duration.ofSeconds(21));
      assertThat(second.attempts()).isEqualTo(1);
      assertThat(second.rateLimits().remaining()).isEqualTo(299);
      assertThat(list(client.withOptions(soon)))
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
    answerWith(0);
    answerWith(200);
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
    answerWith(0);
    RequestOptions soon = RequestOptions.builder().callTimeout(Duration.ofSeconds(5)).build();

    try (PersonaClient client = api.builder().time(time).build()) {
      client.events().list();

      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.withOptions(soon).events().list())
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
    answerWith(0);
    answerWith(0);

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
    answerWith(100);
    AtomicBoolean refusing = new AtomicBoolean();
    Interceptor refusal =
        chain -> {
          if (refusing.get()) {
            throw new IOException("not today");
          }
          return chain.proceed(chain.request());
        };
    try (PersonaClient client = api.builder().time(time).addInterceptor(refusal).build()) {
      client.events().list();
      refusing.set(true);
      for (int i = 0; i < 150; i++) {
        assertThatExceptionOfType(PersonaConnectionException.class)
            .isThrownBy(() -> client.events().list());
      }
      assertThat(client.rateLimits().remaining()).isEqualTo(100);

      refusing.set(false);
      api.server().close();
      for (int i = 0; i < 150; i++) {
        assertThatExceptionOfType(PersonaConnectionException.class)
            .isThrownBy(() -> client.events().list());
      }
      // The first of them met the old connection, and may have been counted.
      assertThat(client.rateLimits().remaining()).isBetween(99L, 100L);
    }
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void brokenCall_isCountedUntilNextReport() {
    answerWith(0);
    api.answer(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));
    answerWith(250);
    answerWith(249);

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
    api.answer(200, MockApi.EMPTY_PAGE, limits(300, 120, 40))
        .answer(200, MockApi.EMPTY_PAGE, limits(60, 50, 20))
        .answer(200, MockApi.EMPTY_PAGE, limits(300, 40, 40));
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
  void waitForPermit_whenStopped_endsImmediately(String way) throws Exception {
    try (PersonaClient client = usedUp()) {
      Call<EventPage> call = MockApi.listEvents(client);
      CompletableFuture<Throwable> seen = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                seen.complete(catchThrowable(() -> client.send(call)));
              });
      caller.start();
      time.awaitHeld(1);
      stop(way, caller, call, client);

      checkStopped(seen.get(5, TimeUnit.SECONDS));
      checkOthersGoOn(client, !way.equals("close"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "close", "cancel the future"})
  void asyncWaitForPermit_whenStopped_endsImmediately(String way) throws Exception {
    try (PersonaClient client = usedUp()) {
      Call<EventPage> call = MockApi.listEvents(client);
      CompletableFuture<ApiResponse<EventPage>> promised = client.sendAsync(call);
      time.awaitHeld(1);
      if (way.equals("cancel the future")) {
        promised.cancel(true);
      } else {
        stop(way, Thread.currentThread(), call, client);
        checkStopped(catchThrowable(() -> promised.get(5, TimeUnit.SECONDS)).getCause());
      }

      checkOthersGoOn(client, !way.equals("close"));
    }
  }

  /** A client that has no turn left; whoever asks for one waits until the test is over. */
  private PersonaClient usedUp() {
    answerWith(0);
    answerWith(299);
    PersonaClient client = api.builder().time(time).build();
    client.events().list();
    time.hold();
    return client;
  }

  private static void stop(String way, Thread caller, Call<?> call, PersonaClient client) {
    switch (way) {
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

  /** The turn was not taken along by the call that gave it up. */
  private void checkOthersGoOn(PersonaClient client, boolean open) {
    if (open) {
      time.letGo();
      assertThat(client.events().list().data()).isEmpty();
    }
    assertThat(api.server().getRequestCount()).isEqualTo(open ? 2 : 1);
  }

  @Test
  void disabledRateLimiter_neverWaits() {
    answerWith(0);
    answerWith(0);

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
        .withMessage("share must be from 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().rateLimiterThreshold(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().maxRateLimiterWait(Duration.ZERO))
        .withMessageStartingWith("maxRateLimiterWait");
  }
}
