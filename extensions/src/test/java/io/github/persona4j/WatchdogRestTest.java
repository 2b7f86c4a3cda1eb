package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The limit that means nothing comes with calls and goes with them. */
class WatchdogRestTest {
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private static void awaitEnd(WatchdogRest rest) throws InterruptedException {
    for (int i = 0; i < 500 && rest.isRunning(); i++) {
      Thread.sleep(10);
    }
    assertThat(rest.isRunning()).isFalse();
  }

  @Test
  void rest_lastsWhileCallsAreMade_andBeginsAnewWithThem() throws Exception {
    WatchdogRest rest = new WatchdogRest(200);
    assertThat(rest.isRunning()).isFalse();

    for (int i = 0; i < 2; i++) {
      long end = System.nanoTime() + 600_000_000L;
      while (System.nanoTime() < end) {
        rest.want();
        assertThat(rest.isRunning()).isTrue();
        Thread.sleep(5);
      }
      awaitEnd(rest);
    }
  }

  @Test
  void manyThreads_beginOneRest() throws Exception {
    WatchdogRest rest = new WatchdogRest(100);
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int j = 0; j < 10_000; j++) {
                  rest.want(); // a second beginning would be an IllegalStateException
                }
              });
      threads[i].setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    awaitEnd(rest);
  }

  @Test
  void call_letsTheWatchdogRest() throws Exception {
    try (MockApi api = new MockApi()) {
      api.answer(200, MockApi.EMPTY_PAGE);
      api.client().events().list();
    }

    assertThat(WatchdogRest.INSTANCE.isRunning()).isTrue();
  }
}
