package io.github.persona4j.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.webhook.JdbcProcessedEvents.StorageException;
import io.github.persona4j.webhook.ProcessedEvents.Claim;
import io.github.persona4j.webhook.ProcessedEvents.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessedEventsTest {
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final AdjustableClock clock = new AdjustableClock();

  enum Storage {
    MEMORY,
    H2,
    POSTGRES;

    ProcessedEvents create(AdjustableClock clock) throws SQLException, IOException {
      return this == MEMORY
          ? InMemoryProcessedEvents.of(100, LEASE, clock)
          : JdbcProcessedEvents.of(
              this == H2 ? Databases.h2() : Databases.postgres(), Databases.TABLE, LEASE, clock);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    Databases.stop();
  }

  private static WebhookEvent event(String id) {
    return WebhookEvent.read(Bodies.inquiry(id));
  }

  private static WebhookEvent event(String id, String createdAt) {
    return WebhookEvent.read(Bodies.inquiry(id, "inquiry.approved", createdAt));
  }

  @ParameterizedTest
  @EnumSource
  void confirmedEvent_staysConfirmed(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);

    Claim claim = processed.claim(event("evt_1"));
    assertThat(claim.state()).isEqualTo(State.CLAIMED);
    assertThat(claim.eventId()).isEqualTo("evt_1");
    assertThat(processed.confirm(claim)).isTrue();

    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CONFIRMED);
    clock.forward(Duration.ofDays(3));
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CONFIRMED);
    assertThat(processed.claim(event("evt_2")).state()).isEqualTo(State.CLAIMED);
    assertThat(processed.confirm(claim)).isFalse();
    processed.giveBack(claim);
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CONFIRMED);
  }

  @ParameterizedTest
  @EnumSource
  void claimedEvent_isNotClaimedAgainUntilItsLeaseEnds(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);

    Claim crashed = processed.claim(event("evt_1"));
    clock.forward(LEASE.minusMillis(1));
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CLAIMED_ELSEWHERE);
    clock.forward(Duration.ofMillis(1));
    Claim again = processed.claim(event("evt_1"));

    assertThat(again.state()).isEqualTo(State.CLAIMED);
    assertThat(processed.confirm(crashed)).isFalse();
    processed.giveBack(crashed);
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CLAIMED_ELSEWHERE);
    assertThat(processed.confirm(again)).isTrue();
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CONFIRMED);
  }

  @ParameterizedTest
  @EnumSource
  void claimThatOutlivesItsLease_canBeConfirmedIfNobodyElseHasIt(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);

    Claim claim = processed.claim(event("evt_1"));
    clock.forward(LEASE.plusDays(1));

    assertThat(processed.confirm(claim)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void claimGivenBack_canBeClaimedAtOnce(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);

    Claim claim = processed.claim(event("evt_1"));
    processed.giveBack(claim);
    processed.giveBack(claim);

    assertThat(processed.confirm(claim)).isFalse();
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CLAIMED);
  }

  @ParameterizedTest
  @EnumSource
  void olderEventOfTheSameResource_isOutdated(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);
    WebhookEvent first = event("evt_1", "2026-01-28T10:15:30.000Z");
    WebhookEvent second = event("evt_2", "2026-01-28T10:15:30.001Z");

    Claim claim = processed.claim(second);
    assertThat(processed.isOutdated(first)).isFalse();
    processed.confirm(claim);

    assertThat(processed.isOutdated(first)).isTrue();
    assertThat(processed.isOutdated(second)).isFalse();
    assertThat(processed.isOutdated(event("evt_3", "2026-01-28T11:15:30.002+01:00"))).isFalse();
    WebhookEvent another =
        WebhookEvent.read(
            Bodies.event(
                "evt_4",
                "inquiry.approved",
                "2026-01-28T10:15:30.000Z",
                "{\"type\":\"inquiry\",\"id\":\"inq_2\"}"));
    assertThat(processed.isOutdated(another)).isFalse();
    WebhookEvent bare =
        WebhookEvent.read(
            "{\"data\":{\"type\":\"event\",\"id\":\"evt_5\"}}".getBytes(StandardCharsets.UTF_8));
    assertThat(processed.isOutdated(bare)).isFalse();
    Claim claimed = processed.claim(bare);
    assertThat(processed.confirm(claimed)).isTrue();
    assertThat(processed.isOutdated(bare)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void sameEventOnManyThreads_isClaimedOnce(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);
    int threads = 8;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 20; round++) {
        WebhookEvent event = event("evt_" + round);
        CyclicBarrier barrier = new CyclicBarrier(threads);
        Callable<State> claim =
            () -> {
              barrier.await();
              return processed.claim(event).state();
            };
        List<State> states = new ArrayList<>();
        for (Future<State> state :
            executor.invokeAll(List.of(claim, claim, claim, claim, claim, claim, claim, claim))) {
          states.add(get(state));
        }
        assertThat(states).containsOnlyOnce(State.CLAIMED);
        assertThat(states).doesNotContain(State.CONFIRMED);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static State get(Future<State> state) throws InterruptedException {
    try {
      return state.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @Test
  void memory_forgetsTheOldest() {
    InMemoryProcessedEvents processed = InMemoryProcessedEvents.of(2, LEASE, clock);
    for (int i = 1; i <= 3; i++) {
      processed.confirm(processed.claim(event("evt_" + i, "2026-01-28T10:15:3" + i + "Z")));
    }

    assertThat(processed.claim(event("evt_2")).state()).isEqualTo(State.CONFIRMED);
    assertThat(processed.claim(event("evt_3")).state()).isEqualTo(State.CONFIRMED);
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CLAIMED);
    assertThat(processed.isOutdated(event("evt_1", "2026-01-28T10:15:32Z"))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = "MEMORY", mode = EnumSource.Mode.EXCLUDE)
  void table_isCleaned(Storage storage) throws Exception {
    JdbcProcessedEvents processed = (JdbcProcessedEvents) storage.create(clock);
    processed.confirm(processed.claim(event("evt_1")));
    clock.forward(Duration.ofDays(3));
    processed.confirm(processed.claim(event("evt_2")));
    processed.claim(event("evt_3"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> processed.removeBefore(Instant.MAX))
        .withMessage("time: must not be in the future");
    assertThat(processed.removeBefore(Instant.EPOCH)).isZero();

    assertThat(processed.removeBefore(clock.instant())).isEqualTo(1);
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CLAIMED);
    assertThat(processed.claim(event("evt_2")).state()).isEqualTo(State.CONFIRMED);
    assertThat(processed.claim(event("evt_3")).state()).isEqualTo(State.CLAIMED_ELSEWHERE);
    clock.forward(Duration.ofDays(3));
    assertThat(processed.removeBefore(clock.instant())).isEqualTo(3); // also unconfirmed ones
  }

  @ParameterizedTest
  @EnumSource
  void renewedClaim_hasAWholeLease(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);
    Claim claim = processed.claim(event("evt_1"));
    clock.forward(LEASE.minusSeconds(1));
    assertThat(processed.renew(claim)).isTrue();
    clock.forward(LEASE.minusSeconds(1));
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CLAIMED_ELSEWHERE);
    clock.forward(Duration.ofSeconds(2));
    assertThat(processed.renew(claim)).isTrue(); // nobody else has claimed it

    clock.forward(LEASE.plusSeconds(1));
    Claim other = processed.claim(event("evt_1"));
    assertThat(other.state()).isEqualTo(State.CLAIMED);
    assertThat(processed.renew(claim)).isFalse();
    assertThat(processed.confirm(other)).isTrue();
    assertThat(processed.renew(other)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void timesWithinAMillisecond_areOrdered(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);
    processed.confirm(processed.claim(event("evt_1", "2026-01-28T10:15:30.500900Z")));

    assertThat(processed.isOutdated(event("evt_2", "2026-01-28T10:15:30.500100Z"))).isTrue();
    assertThat(processed.isOutdated(event("evt_2", "2026-01-28T10:15:30.500901Z"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void eventThatCannotBeOrdered_isClaimed(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);
    int number = 0;
    for (String data :
        List.of("[]", "1", "\"x\"", "{\"type\":\"inquiry\",\"id\":1}", "{}", "null")) {
      WebhookEvent event =
          WebhookEvent.read(
              Bodies.event("evt_" + number++, "a.b", "+999999999-01-01T00:00:00Z", data));
      Claim claim = processed.claim(event);
      assertThat(claim.state()).as(data).isEqualTo(State.CLAIMED);
      assertThat(processed.confirm(claim)).isTrue();
      assertThat(processed.isOutdated(event)).isFalse();
    }
  }

  @Test
  void memory_dropsClaimsThatEnded_andKeepsTheOrderOfRemainingEvents() {
    InMemoryProcessedEvents processed = InMemoryProcessedEvents.of(1, LEASE, clock);
    processed.confirm(processed.claim(event("evt_1", "2026-01-05T00:00:00Z")));
    processed.confirm(processed.claim(event("evt_2", "2026-01-04T00:00:00Z")));

    assertThat(processed.isOutdated(event("evt_3", "2026-01-01T00:00:00Z"))).isTrue();
    Claim ended = processed.claim(event("evt_4"));
    clock.forward(LEASE);
    assertThat(processed.claim(event("evt_5")).state()).isEqualTo(State.CLAIMED);
    assertThat(processed.confirm(ended)).isFalse();
  }

  /** Which part of a connection fails. */
  enum Failing {
    CLOSE,
    SET_AUTO_COMMIT
  }

  @ParameterizedTest
  @EnumSource
  void failureAfterTheWork_isIgnored(Failing failing) throws Exception {
    DataSource database = Databases.h2();
    DataSource failingSource = Databases.failing(database, failing == Failing.CLOSE);
    ProcessedEvents processed = JdbcProcessedEvents.of(failingSource, Databases.TABLE, LEASE);

    Claim claim = processed.claim(event("evt_1"));
    assertThat(claim.state()).isEqualTo(State.CLAIMED);
    assertThat(processed.confirm(claim)).isTrue();
  }

  @Test
  void rowThatTheTableRefuses_isAStorageException_notADuplicate() throws Exception {
    DataSource database = Databases.h2();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table " + Databases.TABLE + " add extra int not null");
    }
    ProcessedEvents processed = JdbcProcessedEvents.of(database, Databases.TABLE, LEASE);

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> processed.claim(event("evt_1")))
        .withMessageStartingWith("the table of processed events cannot be used (SQLSTATE 23");
  }

  @ParameterizedTest
  @EnumSource(names = "MEMORY", mode = EnumSource.Mode.EXCLUDE)
  void longKeys_areHandled(Storage storage) throws Exception {
    ProcessedEvents processed = storage.create(clock);
    WebhookEvent longKey =
        WebhookEvent.read(
            Bodies.event(
                "evt_1",
                "inquiry.approved",
                "2026-01-28T10:15:30.000Z",
                "{\"type\":\"inquiry\",\"id\":\"" + "x".repeat(300) + "\"}"));

    assertThat(processed.confirm(processed.claim(longKey))).isTrue();
    assertThat(processed.isOutdated(longKey)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> processed.claim(event("e".repeat(101))))
        .withMessage("event: its ID must have at most 100 characters");
  }

  @ParameterizedTest
  @EnumSource(names = "MEMORY", mode = EnumSource.Mode.EXCLUDE)
  void connectionWithoutAutoCommit_isUsedAndKeptSo(Storage storage) throws Exception {
    DataSource database = storage == Storage.H2 ? Databases.h2() : Databases.postgres();
    Databases.OneConnection manual = new Databases.OneConnection(database);
    ProcessedEvents processed = JdbcProcessedEvents.of(manual.source(), Databases.TABLE, LEASE);
    ProcessedEvents other = JdbcProcessedEvents.of(database, Databases.TABLE, LEASE);

    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CLAIMED);
    assertThat(processed.claim(event("evt_1")).state()).isEqualTo(State.CLAIMED_ELSEWHERE);
    assertThat(other.claim(event("evt_1")).state()).isEqualTo(State.CLAIMED_ELSEWHERE);
    assertThat(manual.connection().getAutoCommit()).isFalse();
    manual.connection().close();
  }

  @Test
  void missingTable_isAStorageException() throws Exception {
    ProcessedEvents processed = JdbcProcessedEvents.of(Databases.h2(), "no_such_table", LEASE);

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> processed.claim(event("evt_1")))
        .withCauseInstanceOf(SQLException.class);
  }

  @Test
  void invalidSettings_areRefused() throws Exception {
    DataSource database = Databases.h2();
    for (String table : new String[] {"", "a b", "x;drop", "1x", "x'"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JdbcProcessedEvents.of(database, table, LEASE))
          .withMessage("table: must be a plain name");
    }
    for (Duration lease :
        new Duration[] {Duration.ZERO, Duration.ofMillis(999), Duration.ofDays(8)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JdbcProcessedEvents.of(database, "t", lease))
          .withMessage("lease: must be from one second to seven days");
      assertThatIllegalArgumentException().isThrownBy(() -> InMemoryProcessedEvents.of(1, lease));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InMemoryProcessedEvents.of(0, LEASE))
        .withMessage("maxConfirmed: must be at least 1");
  }
}
