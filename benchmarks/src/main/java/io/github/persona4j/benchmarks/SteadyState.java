package io.github.persona4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.persona4j.PersonaClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Small calls one after the other: how many a second, and how many bytes each allocates, with the
 * server in a process of its own. In each round every contestant has its turn; prints a table.
 */
public final class SteadyState {
  private static final int ROUNDS = 8;
  private static final int WARMUP = 5;
  private static final long TURN = TimeUnit.SECONDS.toNanos(2);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private SteadyState() {}

  private static final class Contestant {
    final String name;
    final Runnable call;
    final double[] rates;
    final double[] bytes;
    final double[] micros; // of processor time a call, in this process

    Contestant(String name, Runnable call, int rounds) {
      this.name = name;
      this.call = call;
      this.rates = new double[rounds];
      this.bytes = new double[rounds];
      this.micros = new double[rounds];
    }
  }

  /** What one turn came to. */
  private record Turn(double rate, double bytes, double micros) {}

  /**
   * Runs the benchmark.
   *
   * @param arguments the number of rounds; may be left out
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
    try (EventServer server = EventServer.start(null)) {
      String url = "http://127.0.0.1:" + server.port() + "/api/v1/";
      OkHttpClient http =
          new OkHttpClient.Builder()
              .connectionPool(new ConnectionPool(32, 1, TimeUnit.MINUTES))
              .build();
      PersonaClient client =
          PersonaClient.builder().apiKey("persona_sandbox_0").baseUrl(url).httpClient(http).build();
      System.out.println(
          "| | threads | calls a second | bytes a call | processor, µs a call | rate beside OkHttp alone |");
      System.out.println("|---|---:|---:|---:|---:|---:|");
      for (int threads : new int[] {1, 16}) {
        measure(
            List.of(
                new Contestant("OkHttp alone, reads the bytes", () -> raw(http, url), rounds),
                new Contestant("ours", () -> typed(client), rounds)),
            threads,
            rounds);
      }
      client.close();
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  private static void raw(OkHttpClient http, String url) {
    Request request =
        new Request.Builder()
            .url(url + "events/" + FirstCall.ID)
            .header("Authorization", "Bearer persona_sandbox_0")
            .build();
    try (Response response = http.newCall(request).execute()) {
      Objects.requireNonNull(response.body()).bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void typed(PersonaClient client) {
    Objects.requireNonNull(client.events().retrieve(FirstCall.ID).data().attributes().name());
  }

  private static void measure(List<Contestant> contestants, int threads, int rounds)
      throws InterruptedException {
    for (int round = -WARMUP; round < rounds; round++) {
      for (Contestant contestant : contestants) {
        Turn turn = turn(contestant.call, threads);
        if (round >= 0) {
          contestant.rates[round] = turn.rate();
          contestant.bytes[round] = turn.bytes();
          contestant.micros[round] = turn.micros();
        }
      }
    }
    for (Contestant contestant : contestants) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %.0f | %.0f | %.0f | %.2f |%n",
          contestant.name,
          threads,
          Numbers.median(contestant.rates),
          Numbers.median(contestant.bytes),
          Numbers.median(contestant.micros),
          Numbers.median(Numbers.ratios(contestant.rates, contestants.get(0).rates)));
    }
  }

  private static Turn turn(Runnable call, int threads) throws InterruptedException {
    AtomicLong calls = new AtomicLong();
    AtomicLong allocated = new AtomicLong();
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    long end = start + TURN;
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker =
          new Thread(
              () -> {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                long count = 0;
                while (System.nanoTime() < end) {
                  call.run();
                  count++;
                }
                allocated.addAndGet(THREADS.getCurrentThreadAllocatedBytes() - before);
                calls.addAndGet(count);
              });
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double count = calls.get();
    return new Turn(
        count / seconds, allocated.get() / count, (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / count);
  }
}
