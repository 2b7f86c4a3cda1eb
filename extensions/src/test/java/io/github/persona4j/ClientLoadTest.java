package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Calls of one client from 16 threads to a server that loses connections and responses. {@code
 * .ci/full} sends 10,000 calls.
 */
class ClientLoadTest {
  private static final int FACTOR = Integer.getInteger("persona4j.fuzz.factor", 1);
  private static final int CALLS = FACTOR == 1 ? 400 : 2000 * FACTOR;
  private static final int THREADS = 16;

  private static final RetryPolicy POLICY =
      RetryPolicy.builder()
          .maxRetries(8)
          .initialDelay(Duration.ofMillis(1))
          .maxDelay(Duration.ofMillis(10))
          .budget(CALLS)
          .build();

  @Test
  void everyCallSucceedsOnce_andNoThreadStays() throws Exception {
    ClientThreads threads = new ClientThreads();
    ExecutorService callers = Executors.newFixedThreadPool(THREADS);
    try (FakePersona fake = FakePersona.builder().events(50).rateLimit(1_000_000).start();
        PersonaClient client =
            PersonaClient.builder()
                .baseUrl(fake.baseUrl())
                .apiKey(fake.apiKey())
                .retryPolicy(POLICY)
                .build()) {
      int before = fake.ids("inquiry").size();
      fake.faults().onAny().probability(0.03).fail(Fault.dropConnection());
      fake.faults().onAny().probability(0.03).fail(Fault.dropConnection().afterExecution());
      fake.faults().onAny().probability(0.03).fail(Fault.truncatedBody());
      List<Future<String>> created = new ArrayList<>();
      List<Future<Integer>> listed = new ArrayList<>();
      for (int call = 0; call < CALLS; call += 2) {
        created.add(
            callers.submit(() -> client.inquiries().create(MockApi.NEW_INQUIRY).data().id()));
        listed.add(callers.submit(() -> client.events().list().items().size()));
      }
      List<String> ids = new ArrayList<>();
      for (Future<String> each : created) {
        ids.add(each.get());
      }
      for (Future<Integer> each : listed) {
        assertThat(each.get()).isPositive();
      }

      assertThat(fake.requestCount()).isGreaterThan(CALLS);
      assertThat(ids).doesNotHaveDuplicates().hasSize(CALLS / 2);
      assertThat(fake.ids("inquiry")).hasSize(before + CALLS / 2).containsAll(ids);
    } finally {
      callers.shutdownNow();
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!threads.started().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(threads.started()).isEmpty();
  }
}
