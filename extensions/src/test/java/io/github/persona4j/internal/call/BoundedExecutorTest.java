package io.github.persona4j.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs a limited number of tasks at a time, and loses none. */
class BoundedExecutorTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BoundedExecutor executor = new BoundedExecutor(threads, 3);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void stop() {
    release.countDown();
    threads.shutdownNow();
  }

  private void block() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tasks_runWithinLimit() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger maxRunning = new AtomicInteger();
    AtomicInteger completed = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1000);
    CountDownLatch full = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      executor.execute(
          () -> {
            full.countDown();
            block();
          });
    }
    assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 1000; i++) {
      executor.execute(
          () -> {
            maxRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            completed.incrementAndGet();
            running.decrementAndGet();
            done.countDown();
          });
    }
    assertThat(completed).hasValue(0);
    release.countDown();

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(maxRunning.get()).isBetween(1, 3);
    assertThat(completed).hasValue(1000);
  }

  @Test
  void queuedTasks_runInOrder() throws Exception {
    BoundedExecutor one = new BoundedExecutor(threads, 1);
    List<Integer> order = new CopyOnWriteArrayList<>();
    CountDownLatch done = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      int number = i;
      one.execute(
          () -> {
            order.add(number);
            done.countDown();
          });
    }

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(order).hasSize(100).isSorted();
  }

  @Test
  void tryExecute_whenFull_doesNothing() throws Exception {
    CountDownLatch full = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      assertThat(
              executor.tryExecute(
                  () -> {
                    full.countDown();
                    block();
                  }))
          .isTrue();
    }
    assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<String> completed = new CompletableFuture<>();
    assertThat(executor.tryExecute(() -> completed.complete("never"))).isFalse();
    release.countDown();
    CompletableFuture<String> later = new CompletableFuture<>();
    executor.execute(() -> later.complete("later"));

    assertThat(later.get(10, TimeUnit.SECONDS)).isEqualTo("later");
    assertThat(completed).isNotDone();
  }

  @Test
  void throwingOrInterruptedTask_doesNotAffectOthers() throws Exception {
    BoundedExecutor one = new BoundedExecutor(threads, 1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    for (int i = 0; i < 5; i++) {
      one.execute(
          () -> {
            Thread thread = Thread.currentThread();
            thread.setUncaughtExceptionHandler((failed, thrown) -> {});
            thread.interrupt();
            throw new AssertionError("thrown");
          });
    }
    one.execute(() -> interrupted.complete(Thread.currentThread().isInterrupted()));

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
    boolean free = false;
    for (int i = 0; i < 1000 && !free; i++) {
      free = one.tryExecute(() -> {});
      Thread.sleep(free ? 0 : 5);
    }
    assertThat(free).isTrue();
  }

  @Test
  void shutDownExecutor_isReplacedByCommonPool() throws Exception {
    threads.shutdown();
    CompletableFuture<String> completed = new CompletableFuture<>();
    executor.execute(() -> completed.complete(Thread.currentThread().getName()));

    assertThat(completed.get(10, TimeUnit.SECONDS)).startsWith("ForkJoinPool.commonPool");
  }
}
