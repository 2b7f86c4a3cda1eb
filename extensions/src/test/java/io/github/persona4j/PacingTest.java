package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pacing as calls of a client meet it. */
class PacingTest {
  private final TestTime time = new TestTime();
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
  void lowLimit_isToldAndSlowsTheNextCallDown() {
    answerWith(0);
    answerWith(299);
    List<RateLimits> heard = new ArrayList<>();

    try (PersonaClient client = api.builder().time(time).onLowLimits(heard::add).build()) {
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
  void callsThatNobodyWaitsFor_arePacedAlike() {
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
    return client.sendAsync(client.events().api().list());
  }

  @Test
  void keys_haveLimitsOfTheirOwn_whichClientsOfOnePoolShare() {
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
  void deadlineBeforeTheTurn_endsTheCallWithoutARequest() {
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
  void switchedOff_nothingWaits() {
    answerWith(0);
    answerWith(0);

    try (PersonaClient client = api.builder().time(time).pacingBelow(0).build()) {
      client.events().list();
      client.events().list();
    }

    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void settings_outOfRange_areRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().pacingBelow(1.1))
        .withMessage("share must be from 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().pacingBelow(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().maxPacingWait(Duration.ZERO))
        .withMessageStartingWith("maxPacingWait");
  }
}
