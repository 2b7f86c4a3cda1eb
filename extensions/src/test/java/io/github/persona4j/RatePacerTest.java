package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pacing in a time of its own, which passes when all threads wait. */
class RatePacerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Time that stands still while a worker has something to do. */
  private static final class SharedTime implements Time {
    private record Event(long at, long number, CompletableFuture<@Nullable Void> pause) {}

    private final PriorityQueue<Event> events =
        new PriorityQueue<>(
            (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.number, b.number));
    private final List<CompletableFuture<?>> awaited = new ArrayList<>();
    private boolean advancing;
    private int workers;
    private long now;
    private long number;

    SharedTime(int workers) {
      this.workers = workers;
    }

    @Override
    public synchronized long nanos() {
      return now;
    }

    @Override
    public Instant now() {
      return TestTime.START.plusNanos(nanos());
    }

    @Override
    public double random() {
      return 0.5;
    }

    @Override
    public synchronized CompletableFuture<@Nullable Void> pause(long nanos) {
      Event event = new Event(now + Math.max(0, nanos), number++, new CompletableFuture<>());
      events.add(event);
      return event.pause;
    }

    void await(CompletableFuture<?> future) throws InterruptedException {
      CompletableFuture<?> unused = future.whenComplete((value, failure) -> wakeAll());
      synchronized (this) {
        awaited.add(future);
      }
      while (!future.isDone()) {
        Event next = null;
        synchronized (this) {
          if (!advancing
              && awaited.size() == workers
              && awaited.stream().noneMatch(CompletableFuture::isDone)) {
            advancing = true;
            next = events.remove();
            now = next.at;
          } else if (!future.isDone()) {
            wait(100);
          }
        }
        if (next != null) {
          next.pause.complete(null);
          synchronized (this) {
            advancing = false;
            notifyAll();
          }
        }
      }
      synchronized (this) {
        awaited.removeIf(waiting -> waiting == future);
      }
    }

    synchronized void leave() {
      workers--;
      notifyAll();
    }

    private synchronized void wakeAll() {
      notifyAll();
    }
  }

  /** The limit as a server keeps it. */
  private static final class Server {
    private final int limit;
    private final boolean firstRequestOpensWindow;
    private final boolean roundsDown;
    private long windowStart;
    private boolean open;
    private int used;
    final List<Long> accepted = new ArrayList<>();
    final List<Long> refused = new ArrayList<>();

    Server(int limit, boolean firstRequestOpensWindow, boolean roundsDown) {
      this.limit = limit;
      this.firstRequestOpensWindow = firstRequestOpensWindow;
      this.roundsDown = roundsDown;
    }

    synchronized Headers answer(long now) {
      if (firstRequestOpensWindow) {
        if (!open || now - windowStart >= MINUTE.toNanos()) {
          open = true;
          windowStart = now;
          used = 0;
        }
      } else {
        while (now - windowStart >= MINUTE.toNanos()) {
          windowStart += MINUTE.toNanos();
          used = 0;
        }
      }
      if (used < limit) {
        used++;
        accepted.add(now);
      } else {
        refused.add(now);
      }
      return limits(limit, limit - used, seconds(windowStart + MINUTE.toNanos() - now));
    }

    private long seconds(long nanos) {
      return (nanos + (roundsDown ? 0 : 999_999_999)) / 1_000_000_000;
    }
  }

  private static Headers limits(long limit, long remaining, long reset) {
    return Headers.of(
        "RateLimit-Limit", Long.toString(limit),
        "RateLimit-Remaining", Long.toString(remaining),
        "RateLimit-Reset", Long.toString(reset));
  }

  @ParameterizedTest(name = "first request opens window {0}, rounds down {1}, latency {2} ms")
  @CsvSource({"true,false,40", "false,false,40", "false,true,40", "true,true,900", "false,true,3"})
  void sixteenThreads_useTheLimitWithoutEverExceedingIt(
      boolean firstRequestOpensWindow, boolean roundsDown, int latencyMillis) throws Exception {
    int windows = 10;
    int threads = 16;
    SharedTime time = new SharedTime(threads);
    RatePacer pacer = new RatePacer(time, 0.15, Duration.ofSeconds(90), null);
    Server server = new Server(300, firstRequestOpensWindow, roundsDown);
    long end = windows * MINUTE.toNanos();
    List<CompletableFuture<Integer>> counts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      CompletableFuture<Integer> count = new CompletableFuture<>();
      counts.add(count);
      Thread worker =
          new Thread(
              () -> {
                try {
                  count.complete(work(time, pacer, server, end, latencyMillis * 1_000_000L));
                } catch (Throwable e) {
                  count.completeExceptionally(e);
                } finally {
                  time.leave();
                }
              });
      worker.setDaemon(true);
      worker.start();
    }
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (CompletableFuture<Integer> count : counts) {
      int made = count.get(60, TimeUnit.SECONDS);
      least = Math.min(least, made);
      most = Math.max(most, made);
    }

    assertThat(server.refused.stream().filter(at -> at >= MINUTE.toNanos())).isEmpty();
    assertThat(server.accepted.stream().filter(at -> at < end).count())
        .isBetween((long) (windows * 300 * 0.95), windows * 300L);
    assertThat(most - least).as("calls of the luckiest and the unluckiest thread").isLessThan(20);
  }

  private static int work(SharedTime time, RatePacer pacer, Server server, long end, long latency)
      throws Exception {
    int made = 0;
    while (time.nanos() < end) {
      CompletableFuture<RatePacer.@Nullable Permit> turn = pacer.acquire(Long.MAX_VALUE / 4);
      if (!turn.isDone()) {
        time.await(turn);
      }
      RatePacer.Permit permit = Objects.requireNonNull(turn.get());
      time.await(time.pause(latency / 2));
      Headers headers = server.answer(time.nanos());
      time.await(time.pause(latency / 2));
      pacer.release(permit, headers, true);
      made++;
    }
    return made;
  }

  // ---- rules one by one ----

  private final HandTime hand = new HandTime();

  /** Time that moves when told. */
  private static final class HandTime implements Time {
    private final List<CompletableFuture<@Nullable Void>> pauses = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private long now;

    void to(double seconds) {
      now = (long) (seconds * 1e9);
      for (int i = 0; i < pauses.size(); i++) {
        if (ends.get(i) <= now) {
          pauses.get(i).complete(null);
        }
      }
    }

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public Instant now() {
      return TestTime.START;
    }

    @Override
    public double random() {
      return 0;
    }

    @Override
    public CompletableFuture<@Nullable Void> pause(long nanos) {
      CompletableFuture<@Nullable Void> pause = new CompletableFuture<>();
      pauses.add(pause);
      ends.add(now + nanos);
      return pause;
    }
  }

  private RatePacer pacer(double share, Duration maxWait) {
    return new RatePacer(hand, share, maxWait, null);
  }

  private static void call(RatePacer pacer, Headers answer) {
    pacer.release(goes(pacer), answer, true);
  }

  /** Sends a request, which need not wait. */
  private static RatePacer.Permit goes(RatePacer pacer) {
    RatePacer.Permit permit = pacer.acquire(Long.MAX_VALUE / 4).getNow(null);
    assertThat(permit).isNotNull();
    return permit;
  }

  private static CompletableFuture<RatePacer.@Nullable Permit> waiting(
      RatePacer pacer, Duration bound) {
    CompletableFuture<RatePacer.@Nullable Permit> turn = pacer.acquire(bound.toNanos());
    assertThat(turn).isNotDone();
    return turn;
  }

  private static void assertGranted(CompletableFuture<RatePacer.@Nullable Permit> turn) {
    assertThat(turn).isCompletedWithValueMatching(Objects::nonNull);
  }

  private static void assertRefused(CompletableFuture<RatePacer.@Nullable Permit> turn) {
    assertThat(turn).isCompletedWithValueMatching(Objects::isNull);
  }

  @Test
  void withMuchLeft_nobodyWaits() {
    RatePacer pacer = pacer(0.15, MINUTE);
    call(pacer, limits(300, 46, 60));

    assertThat(goes(pacer)).isNotNull();
  }

  @Test
  void withLittleLeft_callsAreSpreadInTheirOrder() {
    RatePacer pacer = pacer(0.15, MINUTE);
    call(pacer, limits(300, 9, 49)); // 9 calls in 50 s, with the second of rounding
    CompletableFuture<RatePacer.@Nullable Permit> first = waiting(pacer, MINUTE);
    CompletableFuture<RatePacer.@Nullable Permit> second = waiting(pacer, MINUTE);

    hand.to(4.9);
    assertThat(first).isNotDone();
    hand.to(5.0);
    assertGranted(first);
    assertThat(second).isNotDone();
    hand.to(11);
    assertGranted(second);
  }

  @Test
  void withNothingLeft_callsWaitForTheReset() {
    RatePacer pacer = pacer(0.15, MINUTE);
    call(pacer, limits(300, 0, 10));
    CompletableFuture<RatePacer.@Nullable Permit> turn = waiting(pacer, MINUTE);

    hand.to(10.9);
    assertThat(turn).isNotDone();
    hand.to(11);
    assertGranted(turn);
  }

  @Test
  void waiting_isBounded() {
    RatePacer pacer = pacer(0.15, Duration.ofSeconds(5));
    call(pacer, limits(300, 0, 3000));
    CompletableFuture<RatePacer.@Nullable Permit> patient = waiting(pacer, MINUTE);
    CompletableFuture<RatePacer.@Nullable Permit> hurried = waiting(pacer, Duration.ofSeconds(2));

    hand.to(2);
    assertRefused(hurried);
    assertThat(patient).isNotDone();
    hand.to(5);
    assertRefused(patient);
  }

  @Test
  void turnThatIsGivenUp_goesToTheNext() {
    RatePacer pacer = pacer(0.15, MINUTE);
    call(pacer, limits(300, 1, 9));
    CompletableFuture<RatePacer.@Nullable Permit> first = waiting(pacer, MINUTE);
    CompletableFuture<RatePacer.@Nullable Permit> second = waiting(pacer, MINUTE);

    first.complete(null);
    hand.to(5);

    assertGranted(second);
  }

  @Test
  void switchedOff_nobodyWaits() {
    RatePacer pacer = pacer(0, MINUTE);
    call(pacer, limits(300, 0, 60));

    assertThat(goes(pacer)).isNotNull();
  }

  @Test
  void answersThatOvertakeEachOther_doNotGiveBackWhatWasUsed() {
    RatePacer pacer = pacer(0.15, MINUTE);
    call(pacer, limits(300, 100, 60));
    RatePacer.Permit first = goes(pacer);
    RatePacer.Permit second = goes(pacer);
    pacer.release(second, limits(300, 50, 60), true);
    pacer.release(first, limits(300, 51, 60), true);

    assertThat(pacer.snapshot().remaining()).isEqualTo(50);
  }

  @Test
  void snapshot_countsTheSecondsDownAndStartsAnew() {
    RatePacer pacer = pacer(0.15, MINUTE);
    assertThat(pacer.snapshot().limit()).isNull();
    call(
        pacer,
        limits(300, 200, 60)
            .newBuilder()
            .add("Quota-Limit", "1000")
            .add("Quota-Remaining", "999")
            .add("Quota-Reset", "500")
            .build());

    hand.to(20);
    RateLimits later = pacer.snapshot();
    assertThat(later.limit()).isEqualTo(300);
    assertThat(later.remaining()).isEqualTo(200);
    assertThat(later.resetSeconds()).isEqualTo(40);
    assertThat(later.quotaLimit()).isEqualTo(1000);
    assertThat(later.quotaRemaining()).isEqualTo(999);
    assertThat(later.quotaResetSeconds()).isEqualTo(480);

    hand.to(62);
    assertThat(pacer.snapshot().remaining()).isEqualTo(300);
    assertThat(pacer.snapshot().resetSeconds()).isNull();
  }

  @Test
  void listener_hearsOnceWhenItRunsLow() {
    List<RateLimits> heard = new ArrayList<>();
    RatePacer pacer = new RatePacer(hand, 0, MINUTE, heard::add);
    call(pacer, limits(300, 100, 60));
    assertThat(heard).isEmpty();
    call(pacer, limits(300, 44, 50));
    call(pacer, limits(300, 43, 50));
    assertThat(heard).singleElement().satisfies(e -> assertThat(e.remaining()).isEqualTo(44));

    Headers quota = Headers.of("Quota-Limit", "100", "Quota-Remaining", "3");
    call(pacer, quota);
    call(pacer, quota);
    assertThat(heard).hasSize(2);

    hand.to(70);
    call(pacer, limits(300, 10, 50));
    assertThat(heard).hasSize(3);
  }

  @Test
  void requestsThatNeverLeft_useUpNothing() {
    RatePacer pacer = pacer(0.15, MINUTE);
    call(pacer, limits(300, 100, 60));
    for (int i = 0; i < 200; i++) {
      pacer.release(goes(pacer), null, false);
    }

    assertThat(pacer.snapshot().remaining()).isEqualTo(100);
    pacer.release(goes(pacer), null, true);
    assertThat(pacer.snapshot().remaining()).isEqualTo(99);
  }

  @Test
  void impatientCallers_leaveNoTimersBehind() {
    RatePacer pacer = pacer(0.15, Duration.ofMinutes(10));
    call(pacer, limits(2, 0, 60));
    List<CompletableFuture<RatePacer.@Nullable Permit>> patient = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      patient.add(waiting(pacer, Duration.ofMinutes(10)));
    }
    for (int i = 1; i <= 10; i++) {
      CompletableFuture<RatePacer.@Nullable Permit> impatient =
          waiting(pacer, Duration.ofSeconds(2));
      hand.to(i * 5);
      assertRefused(impatient);
    }
    int before = hand.pauses.size();

    hand.to(62);

    assertThat(patient).filteredOn(CompletableFuture::isDone).isNotEmpty().hasSizeLessThan(5);
    assertThat(hand.pauses).as("timers").hasSizeLessThanOrEqualTo(before + 3);
  }

  @Test
  void answersWithoutLimits_changeNothing() {
    RatePacer pacer = pacer(0.15, MINUTE);
    call(pacer, Headers.of("RateLimit-Remaining", "0"));

    pacer.release(goes(pacer), null, true);
  }
}
