package io.github.persona4j.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate limiting in simulated time, which advances when all threads wait. */
class RateLimiterTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  /** Time that advances only when all workers wait. */
  private static final class SchedulerTimeSource implements TimeSource {
    private record Event(long at, long number, CompletableFuture<@Nullable Void> pause) {}

    private final PriorityQueue<Event> events =
        new PriorityQueue<>(
            (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.number, b.number));
    private final List<CompletableFuture<?>> awaited = new ArrayList<>();
    private boolean advancing;
    private int workers;
    private long now;
    private long number;

    SchedulerTimeSource(int workers) {
      this.workers = workers;
    }

    @Override
    public synchronized long nanos() {
      return now;
    }

    @Override
    public Instant now() {
      return TestTimeSource.START.plusNanos(nanos());
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

    synchronized void workerDone() {
      workers--;
      notifyAll();
    }

    private synchronized void wakeAll() {
      notifyAll();
    }
  }

  /** A rate limit of a server. */
  private static final class Limit {
    private final boolean firstRequestOpensWindow;
    private final boolean roundsDown;
    private int limit;
    private long windowStart;
    private boolean open;
    private int used;

    Limit(int limit, boolean firstRequestOpensWindow, boolean roundsDown) {
      this.limit = limit;
      this.firstRequestOpensWindow = firstRequestOpensWindow;
      this.roundsDown = roundsDown;
    }

    /** A limit whose windows start later by the offset. */
    Limit(int limit, Duration offset) {
      this(limit, false, false);
      windowStart = offset.minus(MINUTE).toNanos();
    }

    void startWindowIfDue(long now) {
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
    }

    int remaining() {
      return Math.max(0, limit - used);
    }

    double share() {
      return (double) remaining() / limit;
    }

    RateLimits report(long now) {
      return limits(limit, remaining(), seconds(windowStart + MINUTE.toNanos() - now));
    }

    private long seconds(long nanos) {
      return (nanos + (roundsDown ? 0 : 999_999_999)) / 1_000_000_000;
    }
  }

  /** A server with one or more limits; it reports the limit that is closest to being reached. */
  private static final class Server {
    private final List<Limit> limits;
    private final ToDoubleFunction<Limit> distance;
    final List<Long> accepted = new ArrayList<>();
    final List<Long> refused = new ArrayList<>();

    Server(ToDoubleFunction<Limit> distance, Limit... limits) {
      this.limits = List.of(limits);
      this.distance = distance;
    }

    synchronized RateLimits respond(long now) {
      limits.forEach(limit -> limit.startWindowIfDue(now));
      if (limits.stream().allMatch(limit -> limit.remaining() > 0)) {
        limits.forEach(limit -> limit.used++);
        accepted.add(now);
      } else {
        refused.add(now);
      }
      return limits.stream()
          .min(Comparator.comparingDouble(distance))
          .map(limit -> limit.report(now))
          .orElseThrow();
    }

    long acceptedBefore(long end) {
      return accepted.stream().filter(at -> at < end).count();
    }

    /** How many requests were refused after this time. */
    long refusedAfter(Duration time) {
      return refused.stream().filter(at -> at >= time.toNanos()).count();
    }
  }

  private static RateLimits limits(long limit, long remaining, long reset) {
    return new RateLimits(limit, remaining, reset, null, null, null);
  }

  private static final int THREADS = 16;

  private static final RateLimits NOT_SENT = RateLimits.of(Headers.of());

  /** The outcome of a request: its response, null if there is none, or NOT_SENT. */
  @FunctionalInterface
  private interface Network {
    @Nullable RateLimits send(long now, int number);
  }

  /**
   * Sixteen threads that send as the rate limiter permits; returns the number of requests of each.
   */
  private static List<Integer> work(Network network, Duration latency, Duration length)
      throws Exception {
    SchedulerTimeSource time = new SchedulerTimeSource(THREADS);
    RateLimiter rateLimiter = new RateLimiter(time, 0.15, Duration.ofSeconds(90), null);
    AtomicInteger number = new AtomicInteger();
    List<CompletableFuture<Integer>> counts = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      CompletableFuture<Integer> count = new CompletableFuture<>();
      counts.add(count);
      Thread worker =
          new Thread(
              () -> {
                try {
                  count.complete(work(time, rateLimiter, network, number, latency, length));
                } catch (Throwable e) {
                  count.completeExceptionally(e);
                } finally {
                  time.workerDone();
                }
              });
      worker.setDaemon(true);
      worker.start();
    }
    List<Integer> requests = new ArrayList<>();
    for (CompletableFuture<Integer> count : counts) {
      requests.add(count.get(60, TimeUnit.SECONDS));
    }
    return requests;
  }

  private static int work(
      SchedulerTimeSource time,
      RateLimiter rateLimiter,
      Network network,
      AtomicInteger number,
      Duration latency,
      Duration length)
      throws Exception {
    int requests = 0;
    while (time.nanos() < length.toNanos()) {
      CompletableFuture<RateLimiter.@Nullable Permit> acquired =
          rateLimiter.acquire(Long.MAX_VALUE / 4);
      if (!acquired.isDone()) {
        time.await(acquired);
      }
      RateLimiter.Permit permit = Objects.requireNonNull(acquired.get());
      int requestNumber = number.getAndIncrement();
      time.await(time.pause(latency.toNanos() / 2));
      RateLimits headers = network.send(time.nanos(), requestNumber);
      time.await(time.pause(latency.toNanos() / 2));
      boolean sent = !NOT_SENT.equals(headers);
      permit.release(sent ? headers : null, sent);
      requests++;
    }
    return requests;
  }

  @ParameterizedTest(name = "first request opens window {0}, rounds down {1}, latency {2} ms")
  @CsvSource({"true,false,40", "false,false,40", "false,true,40", "true,true,900", "false,true,3"})
  void sixteenThreads_useLimitWithoutExceedingIt(
      boolean firstRequestOpensWindow, boolean roundsDown, int latencyMillis) throws Exception {
    Server server = new Server(Limit::share, new Limit(300, firstRequestOpensWindow, roundsDown));

    List<Integer> requests =
        work((now, number) -> server.respond(now), Duration.ofMillis(latencyMillis), TEN_MINUTES);

    assertThat(server.refusedAfter(MINUTE)).isZero();
    assertThat(server.acceptedBefore(TEN_MINUTES.toNanos())).isBetween(2850L, 3000L);
    assertThat(Collections.max(requests) - Collections.min(requests))
        .as("difference of calls between threads")
        .isLessThan(20);
  }

  /** One in five requests breaks; the server counts it or not, and does not report it. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void brokenRequests_areCountedAsByServer(boolean counted) throws Exception {
    Server server = new Server(Limit::share, new Limit(300, false, false));

    List<Integer> requests =
        work(
            (now, number) -> {
              boolean broken = number % 5 == 0;
              RateLimits headers = broken && !counted ? null : server.respond(now);
              return broken ? null : headers;
            },
            Duration.ofMillis(40),
            TEN_MINUTES);

    assertThat(server.refusedAfter(MINUTE)).isZero();
    assertThat(server.acceptedBefore(TEN_MINUTES.toNanos())).isBetween(2850L, 3000L);
    if (!counted) {
      int all = requests.stream().mapToInt(Integer::intValue).sum();
      assertThat(all).as("including broken requests").isBetween(3540, 3800);
    }
  }

  @Test
  void requestsThatAreNotSent_useNoPermits() throws Exception {
    Server server = new Server(Limit::share, new Limit(300, false, false));
    work(
        (now, number) -> number % 2 == 0 ? server.respond(now) : NOT_SENT,
        Duration.ofMillis(40),
        TEN_MINUTES);

    assertThat(server.refusedAfter(MINUTE)).isZero();
    assertThat(server.acceptedBefore(TEN_MINUTES.toNanos())).isBetween(2850L, 3000L);
  }

  /**
   * A key with its own limit, in an environment whose limit other clients use too, so that the
   * reports alternate between both limits. The requests of others arrive at the start of each
   * minute or evenly.
   */
  @ParameterizedTest(name = "key {0}, environment {1}, others {2} a minute, {3} s later, by {4}")
  @CsvSource({
    "200, 300, 150, 30, share, false",
    "200, 300, 150, 30, share, true",
    "200, 300, 150, 30, number, false",
    "200, 300, 150, 30, number, true",
    "100, 300, 150, 0, share, false",
    "100, 300, 150, 0, share, true",
    "100, 300, 150, 7, number, false",
    "100, 300, 150, 7, number, true",
    "150, 300, 150, 45, share, false",
    "150, 300, 150, 45, share, true",
    "150, 300, 150, 20, number, false",
    "150, 300, 150, 20, number, true",
    "60, 300, 0, 59, number, false",
    "60, 300, 0, 59, number, true",
    "280, 300, 20, 15, share, false",
    "280, 300, 20, 15, share, true",
  })
  void limitsOfKeyAndEnvironment_areBothObserved(
      int key, int environment, int others, int offset, String closest, boolean evenly)
      throws Exception {
    Limit ofKey = new Limit(key, Duration.ofSeconds(offset));
    Limit ofEnvironment = new Limit(environment, Duration.ZERO);
    Server server =
        new Server(closest.equals("share") ? Limit::share : Limit::remaining, ofKey, ofEnvironment);
    AtomicLong counted = new AtomicLong();

    work(
        (now, number) -> {
          synchronized (server) {
            ofEnvironment.startWindowIfDue(now);
            long time = evenly ? now : now - now % MINUTE.toNanos() + MINUTE.toNanos();
            long all = time * others / MINUTE.toNanos();
            ofEnvironment.used += (int) (all - counted.getAndSet(all));
            return server.respond(now);
          }
        },
        Duration.ofMillis(40),
        TEN_MINUTES);

    // The rate limiter cannot know that other clients take the last permits.
    assertThat(server.refusedAfter(MINUTE)).isLessThanOrEqualTo(evenly ? 9 : 0);
    int limitPerMinute = Math.min(key, environment - others);
    assertThat(server.acceptedBefore(TEN_MINUTES.toNanos()))
        .isBetween((long) (10 * limitPerMinute * 0.95), 11L * limitPerMinute);
  }

  @ParameterizedTest
  @CsvSource({"300, 600", "600, 300", "300, 40"})
  void changedLimit_isObserved(int before, int after) throws Exception {
    Limit limit = new Limit(before, false, false);
    Server server = new Server(Limit::share, limit);
    long change = MINUTE.multipliedBy(5).toNanos();

    work(
        (now, number) -> {
          synchronized (server) {
            if (now >= change) {
              limit.limit = after;
            }
            return server.respond(now);
          }
        },
        Duration.ofMillis(40),
        TEN_MINUTES);

    assertThat(server.refusedAfter(MINUTE)).isZero();
    assertThat(server.acceptedBefore(change)).isBetween(before * 475L / 100, before * 5L);
    assertThat(server.acceptedBefore(TEN_MINUTES.toNanos()) - server.acceptedBefore(change))
        .isBetween(after * 475L / 100, after * 5L);
  }

  // ---- single rules ----

  private final ManualTimeSource time = new ManualTimeSource();

  /** Time that advances on request. */
  private static final class ManualTimeSource implements TimeSource {
    private final List<CompletableFuture<@Nullable Void>> pauses = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private boolean failing;
    private long now;

    void advanceTo(double seconds) {
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
      return TestTimeSource.START;
    }

    @Override
    public double random() {
      return 0;
    }

    @Override
    public CompletableFuture<@Nullable Void> pause(long nanos) {
      if (failing) {
        throw new IllegalStateException("no timer");
      }
      CompletableFuture<@Nullable Void> pause = new CompletableFuture<>();
      pauses.add(pause);
      ends.add(now + nanos);
      return pause;
    }
  }

  private RateLimiter rateLimiter(double share, Duration maxWait) {
    return new RateLimiter(time, share, maxWait, null);
  }

  private static void call(RateLimiter rateLimiter, RateLimits response) {
    acquireNow(rateLimiter).release(response, true);
  }

  /** Acquires a permit that is available immediately. */
  private static RateLimiter.Permit acquireNow(RateLimiter rateLimiter) {
    RateLimiter.Permit permit = rateLimiter.acquire(Long.MAX_VALUE / 4).getNow(null);
    assertThat(permit).isNotNull();
    return permit;
  }

  private static CompletableFuture<RateLimiter.@Nullable Permit> acquireLater(
      RateLimiter rateLimiter, Duration bound) {
    CompletableFuture<RateLimiter.@Nullable Permit> acquired = rateLimiter.acquire(bound.toNanos());
    assertThat(acquired).isNotDone();
    return acquired;
  }

  private static void assertGranted(CompletableFuture<RateLimiter.@Nullable Permit> acquired) {
    assertThat(acquired).isCompletedWithValueMatching(Objects::nonNull);
  }

  private static void assertRefused(CompletableFuture<RateLimiter.@Nullable Permit> acquired) {
    assertThat(acquired).isCompletedWithValueMatching(Objects::isNull);
  }

  @Test
  void acquire_withManyPermits_doesNotWait() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 46, 60));

    assertThat(acquireNow(rateLimiter)).isNotNull();
  }

  @Test
  void acquire_withFewPermits_spreadsCallsInOrder() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 9, 49)); // 9 calls in 50 s, including one second of rounding
    CompletableFuture<RateLimiter.@Nullable Permit> first = acquireLater(rateLimiter, MINUTE);
    CompletableFuture<RateLimiter.@Nullable Permit> second = acquireLater(rateLimiter, MINUTE);

    time.advanceTo(4.9);
    assertThat(first).isNotDone();
    time.advanceTo(5.0);
    assertGranted(first);
    assertThat(second).isNotDone();
    time.advanceTo(11);
    assertGranted(second);
  }

  @Test
  void acquire_withoutPermits_waitsForReset() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 0, 10));
    CompletableFuture<RateLimiter.@Nullable Permit> acquired = acquireLater(rateLimiter, MINUTE);

    time.advanceTo(10.9);
    assertThat(acquired).isNotDone();
    time.advanceTo(11);
    assertGranted(acquired);
  }

  @Test
  void acquire_waitsNoLongerThanBound() {
    RateLimiter rateLimiter = rateLimiter(0.15, Duration.ofSeconds(5));
    call(rateLimiter, limits(300, 0, 3000));
    CompletableFuture<RateLimiter.@Nullable Permit> patient = acquireLater(rateLimiter, MINUTE);
    CompletableFuture<RateLimiter.@Nullable Permit> impatient =
        acquireLater(rateLimiter, Duration.ofSeconds(2));

    time.advanceTo(2);
    assertRefused(impatient);
    assertThat(patient).isNotDone();
    time.advanceTo(5);
    assertRefused(patient);
  }

  @Test
  void cancelledPermit_goesToNextCaller() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 1, 9));
    CompletableFuture<RateLimiter.@Nullable Permit> first = acquireLater(rateLimiter, MINUTE);
    CompletableFuture<RateLimiter.@Nullable Permit> second = acquireLater(rateLimiter, MINUTE);

    first.complete(null);
    time.advanceTo(5);

    assertGranted(second);
  }

  @Test
  void disabledRateLimiter_neverWaits() {
    RateLimiter rateLimiter = rateLimiter(0, MINUTE);
    call(rateLimiter, limits(300, 0, 60));

    assertThat(acquireNow(rateLimiter)).isNotNull();
  }

  @Test
  void responsesOutOfOrder_doNotReturnPermits() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 100, 60));
    RateLimiter.Permit first = acquireNow(rateLimiter);
    RateLimiter.Permit second = acquireNow(rateLimiter);
    second.release(limits(300, 50, 60), true);
    first.release(limits(300, 51, 60), true);

    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(50);
  }

  @Test
  void higherRemaining_ofLaterRequest_isUsed() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 0, 60));
    assertThat(rateLimiter.snapshot().remaining()).isZero();
    time.advanceTo(61);
    call(rateLimiter, limits(300, 10, 60));
    RateLimiter.Permit early = rateLimiter.acquireNow();
    RateLimiter.Permit late = rateLimiter.acquireNow();

    // Both were sent before the ten were reported.
    RateLimiter.Permit between = rateLimiter.acquireNow();
    between.release(limits(300, 9, 60), true);
    late.release(limits(300, 250, 60), true);
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(9);

    RateLimiter.Permit after = rateLimiter.acquireNow();
    after.release(limits(300, 200, 60), true);
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(200);
    assertThat(acquireNow(rateLimiter)).isNotNull();

    // An older report does not overwrite it.
    early.release(limits(300, 5, 60), true);
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(200);
  }

  @Test
  void slowResponse_doesNotOverwriteNewerReports() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    RateLimiter.Permit slow = acquireNow(rateLimiter);
    time.advanceTo(10);
    call(rateLimiter, limits(300, 50, 50));
    time.advanceTo(40);
    call(rateLimiter, limits(300, 20, 20));

    // Its numbers are from the time at which it was sent.
    slow.release(limits(300, 299, 60), true);

    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(20);
    assertThat(rateLimiter.snapshot().resetSeconds()).isEqualTo(20);
  }

  @Test
  void requestPossiblyCounted_isCountedUntilNewerReport() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 100, 60));
    for (int i = 0; i < 5; i++) {
      acquireNow(rateLimiter).release(null, true);
    }
    RateLimiter.Permit before = acquireNow(rateLimiter);
    acquireNow(rateLimiter).release(null, true);
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(94);

    // Sent before the last of them ended, so the report may not include that one.
    before.release(limits(300, 99, 60), true);
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(98);

    call(rateLimiter, limits(300, 98, 60));
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(98);
    call(rateLimiter, limits(300, 97, 60));
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(97);
  }

  @Test
  void responseWithoutLimits_isCounted() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 100, 60));

    call(rateLimiter, RateLimits.of(Headers.of()));

    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(99);
  }

  @Test
  void requestThatWasNotSent_givesPermitToNextCaller() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 9, 49));
    CompletableFuture<RateLimiter.@Nullable Permit> first = acquireLater(rateLimiter, MINUTE);
    CompletableFuture<RateLimiter.@Nullable Permit> second = acquireLater(rateLimiter, MINUTE);
    time.advanceTo(5);
    assertGranted(first);
    assertThat(second).isNotDone();

    Objects.requireNonNull(first.getNow(null)).release(null, false);

    assertGranted(second);
  }

  @Test
  void unreportedLimit_isRemembered() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    // The key has 8 of 60 remaining; the environment has fewer, but only for some seconds.
    call(rateLimiter, limits(60, 8, 50));
    time.advanceTo(8);
    call(rateLimiter, limits(300, 3, 2));
    assertThat(rateLimiter.snapshot().limit()).isEqualTo(300);

    time.advanceTo(11.5); // the window of the environment has ended
    assertThat(rateLimiter.snapshot().limit()).isEqualTo(60);
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(7);
    CompletableFuture<RateLimiter.@Nullable Permit> acquired = acquireLater(rateLimiter, MINUTE);
    time.advanceTo(13.5);
    assertGranted(acquired);
  }

  @Test
  void reportOfAnotherLimit_replacesLowerLimit() {
    for (String closest : List.of("share", "number")) {
      RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
      call(rateLimiter, limits(100, 0, 1000));
      assertThat(rateLimiter.acquire(0).getNow(null)).isNull();

      // The limit that is closest to being reached has this many remaining.
      RateLimiter.Permit permit = rateLimiter.acquireNow();
      permit.release(closest.equals("share") ? limits(300, 150, 60) : limits(50, 40, 60), true);

      assertThat(acquireNow(rateLimiter)).isNotNull();
    }
  }

  @Test
  void expiredLimits_areForgotten() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    for (int i = 1; i <= 20; i++) {
      rateLimiter.acquireNow().release(limits(100 + i, 0, 3000), true);
    }
    call(rateLimiter(0.15, MINUTE), limits(100, 100, 60));
    RateLimiter other = rateLimiter(0.15, MINUTE);
    other.acquireNow().release(limits(10, 0, 30), true);
    other.acquireNow().release(limits(300, 250, 60), true);

    time.advanceTo(65);
    call(other, limits(300, 299, 60));
    time.advanceTo(130);
    call(other, limits(300, 299, 60));
    for (int i = 0; i < 100; i++) {
      rateLimiter.acquireNow();
      assertThat(other.acquire(0).getNow(null)).as("request " + i).isNotNull();
    }
  }

  @Test
  void snapshot_countsDownSecondsAndResets() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    assertThat(rateLimiter.snapshot().limit()).isNull();
    call(rateLimiter, new RateLimits(300L, 200L, 60L, 1000L, 999L, 500L));

    time.advanceTo(20);
    RateLimits later = rateLimiter.snapshot();
    assertThat(later.limit()).isEqualTo(300);
    assertThat(later.remaining()).isEqualTo(200);
    assertThat(later.resetSeconds()).isEqualTo(40);
    assertThat(later.quotaLimit()).isEqualTo(1000);
    assertThat(later.quotaRemaining()).isEqualTo(999);
    assertThat(later.quotaResetSeconds()).isEqualTo(480);

    time.advanceTo(62);
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(300);
    assertThat(rateLimiter.snapshot().resetSeconds()).isNull();
  }

  @Test
  void lowLimit_notifiesListenerOnce() {
    List<RateLimits> notifications = new ArrayList<>();
    RateLimiter rateLimiter = new RateLimiter(time, 0, MINUTE, notifications::add);
    call(rateLimiter, limits(300, 100, 60));
    assertThat(notifications).isEmpty();
    call(rateLimiter, limits(300, 44, 50));
    call(rateLimiter, limits(300, 43, 50));
    assertThat(notifications)
        .singleElement()
        .satisfies(e -> assertThat(e.remaining()).isEqualTo(44));

    RateLimits quota = RateLimits.of(Headers.of("Quota-Limit", "100", "Quota-Remaining", "3"));
    call(rateLimiter, quota);
    call(rateLimiter, quota);
    assertThat(notifications).hasSize(2);

    time.advanceTo(70);
    call(rateLimiter, limits(300, 10, 50));
    assertThat(notifications).hasSize(3);
  }

  @Test
  void permitsReleasedUnsent_areNotUsed() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, limits(300, 100, 60));
    for (int i = 0; i < 200; i++) {
      acquireNow(rateLimiter).release(null, false);
    }

    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(100);
    acquireNow(rateLimiter).release(null, true);
    assertThat(rateLimiter.snapshot().remaining()).isEqualTo(99);
  }

  @Test
  void callersWithShortBound_leaveNoTimers() {
    RateLimiter rateLimiter = rateLimiter(0.15, Duration.ofMinutes(10));
    call(rateLimiter, limits(2, 0, 60));
    List<CompletableFuture<RateLimiter.@Nullable Permit>> patient = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      patient.add(acquireLater(rateLimiter, Duration.ofMinutes(10)));
    }
    for (int i = 1; i <= 10; i++) {
      CompletableFuture<RateLimiter.@Nullable Permit> impatient =
          acquireLater(rateLimiter, Duration.ofSeconds(2));
      time.advanceTo(i * 5);
      assertRefused(impatient);
    }
    int before = time.pauses.size();

    time.advanceTo(62);

    assertThat(patient).filteredOn(CompletableFuture::isDone).isNotEmpty().hasSizeLessThan(5);
    assertThat(time.pauses).as("timers").hasSizeLessThanOrEqualTo(before + 3);
  }

  @Test
  void responsesWithoutLimits_changeNothing() {
    RateLimiter rateLimiter = rateLimiter(0.15, MINUTE);
    call(rateLimiter, RateLimits.of(Headers.of("RateLimit-Remaining", "0")));

    acquireNow(rateLimiter).release(null, true);
  }

  /** Without a loop, each release would grant the next permit within the release before it. */
  @Test
  void permitsReleasedWhenGranted_areAllGranted() {
    RateLimiter rateLimiter = rateLimiter(0.15, TEN_MINUTES);
    call(rateLimiter, limits(300, 0, 60));
    List<CompletableFuture<Void>> released = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      released.add(
          acquireLater(rateLimiter, TEN_MINUTES)
              .thenAccept(permit -> Objects.requireNonNull(permit).release(null, false)));
    }

    time.advanceTo(62);

    // A message about each of the futures would be too long for the report of the tests.
    assertThat(released.stream().filter(end -> !end.isDone()).count()).as("waiting").isZero();
    assertThat(released.stream().filter(CompletableFuture::isCompletedExceptionally).count())
        .as("failed")
        .isZero();
  }

  @Test
  void exceptionWhileGranting_doesNotStopLaterGrants() {
    RateLimiter rateLimiter = rateLimiter(0.15, TEN_MINUTES);
    call(rateLimiter, limits(300, 0, 60));
    time.failing = true;
    assertThatIllegalStateException().isThrownBy(() -> rateLimiter.acquire(MINUTE.toNanos()));
    time.failing = false;
    time.advanceTo(62);

    assertGranted(rateLimiter.acquire(MINUTE.toNanos()));
  }
}
