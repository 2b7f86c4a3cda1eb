package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.Event;
import io.github.persona4j.paging.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Blocking calls on virtual threads. There are far more calls than processors, and all wait for a
 * retry at the same time. If a wait pinned its carrier thread, the other calls could not start.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Java has virtual threads since 21")
class VirtualThreadsTest {
  private static final int CALLS = 400;

  private final TestTimeSource time = new TestTimeSource();

  @Test
  void callsWaitingForRetry_waitConcurrently() throws Exception {
    time.holdPauses();
    try (MockApi api = new MockApi();
        PersonaClient client =
            api.builder()
                .retryPolicy(RetryPolicy.builder().budget(CALLS).build())
                .time(time)
                .build()) {
      for (int i = 0; i < CALLS; i++) {
        api.respond(503, "");
      }
      ExecutorService threads = virtualThreads();
      List<Future<Page<Event>>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(threads.submit(() -> client.events().list()));
      }
      time.awaitPauses(CALLS);
      for (int i = 0; i < CALLS; i++) {
        api.respond(200, MockApi.EMPTY_PAGE);
      }
      time.releasePauses();

      for (Future<Page<Event>> call : calls) {
        assertThat(call.get(20, TimeUnit.SECONDS).items()).isEmpty();
      }
      threads.shutdown();
      assertThat(api.server().getRequestCount()).isEqualTo(2 * CALLS);
    }
  }

  // By reflection, since the sources are compiled for Java 17.
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  @Test
  void interruptWhileReading_stopsCall() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    ExecutorService threads = virtualThreads();
    try (RawServer server = new RawServer((request, socket) -> started.countDown());
        PersonaClient client =
            PersonaClient.builder().apiKey("k").baseUrl(server.origin()).time(time).build()) {
      Future<Page<Event>> call = threads.submit(() -> client.events().list());
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
      threads.shutdownNow(); // interrupts the call

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> call.get(10, TimeUnit.SECONDS))
          .havingCause()
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.attempts()).isEqualTo(1);
              });
      assertThat(server.requests()).hasSize(1);
      assertThat(time.pauses()).isEmpty();
    }
  }
}
