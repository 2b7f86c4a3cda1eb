package io.github.persona4j.testing.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final Instant START = Instant.parse("2026-02-01T12:00:00Z");

  private final AtomicReference<Instant> source = new AtomicReference<>(START);
  private final Timetable timetable = new Timetable(source::get);
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    timetable.close();
  }

  private void logAt(String name, long seconds) {
    timetable.at(
        START.plusSeconds(seconds),
        () -> log.add(name + " " + Duration.between(START, timetable.instant()).toSeconds()));
  }

  @Test
  void notMoved_showsTheSource() {
    assertThat(timetable.instant()).isEqualTo(START);
    source.set(START.plusSeconds(7));
    assertThat(timetable.instant()).isEqualTo(START.plusSeconds(7));
  }

  @Test
  void advanced_keepsRunning() {
    timetable.advance(Duration.ofHours(1));
    assertThat(timetable.instant()).isEqualTo(START.plusSeconds(3600));
    source.set(START.plusSeconds(7));
    assertThat(timetable.instant()).isEqualTo(START.plusSeconds(3607));
  }

  @Test
  void set_stopsTheClockAndAdvanceKeepsItStopped() {
    Instant time = Instant.parse("2030-01-01T00:00:00Z");
    timetable.set(time);
    source.set(START.plusSeconds(7));
    assertThat(timetable.instant()).isEqualTo(time);
    timetable.advance(Duration.ofSeconds(5));
    source.set(START.plusSeconds(70));
    assertThat(timetable.instant()).isEqualTo(time.plusSeconds(5));
    timetable.set(START);
    assertThat(timetable.instant()).isEqualTo(START);
  }

  @Test
  void negativeDuration_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> timetable.advance(Duration.ofNanos(-1)))
        .withMessageContaining("duration");
  }

  @Test
  void move_runsDueTasksInTheOrderOfTimeAtTheirTime() {
    logAt("late", 30);
    logAt("first of two", 20);
    logAt("second of two", 20);
    logAt("early", 10);
    logAt("not due", 31);
    timetable.advance(Duration.ofSeconds(30));

    assertThat(log).containsExactly("early 10", "first of two 20", "second of two 20", "late 30");
    timetable.set(START.plusSeconds(31));
    assertThat(log).endsWith("not due 31").hasSize(5);
  }

  @Test
  void taskOfATask_runsInTheSameMoveIfDue() {
    timetable.at(
        START.plusSeconds(10),
        () -> {
          log.add("first");
          timetable.after(
              Duration.ofSeconds(5),
              () -> log.add("second " + Duration.between(START, timetable.instant()).toSeconds()));
          timetable.after(Duration.ofSeconds(50), () -> log.add("third"));
        });
    timetable.advance(Duration.ofSeconds(20));

    assertThat(log).containsExactly("first", "second 15");
  }

  @Test
  void moveByATask_isRejected() {
    timetable.at(START.plusSeconds(10), () -> timetable.advance(Duration.ZERO));

    assertThatThrownBy(() -> timetable.advance(Duration.ofSeconds(10)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void exceptionOfATaskDuringAMove_reachesTheCallerAndTheTimeHasMoved() {
    timetable.at(
        START.plusSeconds(10),
        () -> {
          throw new IllegalArgumentException("broken task");
        });
    logAt("after", 10);

    assertThatThrownBy(() -> timetable.advance(Duration.ofSeconds(10))).hasMessage("broken task");
    assertThat(timetable.instant()).isEqualTo(START.plusSeconds(10));
    timetable.advance(Duration.ZERO); // runs the other task, or waits for the thread that does
    assertThat(log).containsExactly("after 10");
  }

  @Test
  void exceptionOfADueTask_isHandedToTheListener() {
    IllegalStateException broken = new IllegalStateException("broken task");
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    timetable.onFailure(failures::add);
    timetable.at(
        START,
        () -> {
          throw broken;
        });
    while (failures.isEmpty()) { // the thread of the timetable may run it, too
      timetable.runDue();
    }

    assertThat(failures).containsExactly(broken);
    assertThat(timetable.failure()).isSameAs(broken);
  }

  @Test
  void dueTask_runsWithoutAMove() throws Exception {
    CountDownLatch done = new CountDownLatch(2);
    timetable.after(Duration.ZERO, done::countDown);
    timetable.after(Duration.ofSeconds(60), done::countDown);
    assertThat(done.await(20, TimeUnit.MILLISECONDS)).isFalse();
    source.set(START.plusSeconds(60));

    assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void stoppedClock_runsOnlyTasksThatAreDue() throws Exception {
    timetable.set(START);
    CountDownLatch due = new CountDownLatch(1);
    timetable.after(Duration.ZERO, due::countDown);
    logAt("not due", 1);

    assertThat(due.await(5, TimeUnit.SECONDS)).isTrue();
    source.set(START.plusSeconds(60));
    timetable.runDue();
    Thread.sleep(120);
    assertThat(log).isEmpty();
  }

  @Test
  void exceptionOfATaskInTheBackground_isKeptAndOthersRun() throws Exception {
    timetable.after(
        Duration.ZERO,
        () -> {
          throw new IllegalArgumentException("broken task");
        });
    CountDownLatch done = new CountDownLatch(1);
    timetable.after(Duration.ZERO, done::countDown);

    assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(timetable.failure()).hasMessage("broken task");
  }

  @Test
  void systemClock_runsTasksInRealTime() throws Exception {
    try (Timetable real = new Timetable(InstantSource.system())) {
      CountDownLatch done = new CountDownLatch(1);
      Instant begin = Instant.now();
      real.at(begin.plusMillis(30), done::countDown);

      assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(Instant.now()).isAfterOrEqualTo(begin.plusMillis(30));
    }
  }

  @Test
  void manyThreads_eachTaskRunsOnce() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 200; j++) {
                  timetable.after(Duration.ofSeconds(j % 7), runs::incrementAndGet);
                  timetable.advance(Duration.ofSeconds(1));
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    timetable.advance(Duration.ofSeconds(10));

    assertThat(runs).hasValue(1600);
    assertThat(timetable.instant()).isEqualTo(START.plusSeconds(1610));
    assertThat(timetable.failure()).isNull();
  }

  @Test
  void closed_runsNothingAndEndsItsThread() throws Exception {
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    logAt("not due", 10);
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(candidate -> candidate.getName().equals("fake-persona-clock"))
            .filter(candidate -> !others.contains(candidate))
            .findFirst()
            .orElseThrow();
    assertThat(thread.isDaemon()).isTrue();
    timetable.close();
    logAt("too late", 0);
    timetable.advance(Duration.ofSeconds(20));
    thread.join(5_000);

    assertThat(thread.isAlive()).isFalse();
    assertThat(log).isEmpty();
    assertThat(timetable.instant()).isEqualTo(START.plusSeconds(20));
  }
}
