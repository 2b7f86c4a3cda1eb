package io.github.persona4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.persona4j.PersonaClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Programs that make small calls as fast as they can, after many calls to warm up. They print for
 * each number of threads: the calls per second, the bytes that the calling threads allocate per
 * call, and the microseconds of CPU time of the process per call.
 */
final class SmallCallsPrograms {
  static final int[] THREADS = {1, 16};

  private static final int WARMUP_CALLS =
      150_000; // not a time, which may be too short if others run
  private static final int SECONDS = 2;
  private static final int MAX_CONNECTIONS = 32; // by default, OkHttp keeps only 5 idle ones

  private static final ThreadMXBean THREAD_STATISTICS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private SmallCallsPrograms() {}

  /** Makes one call. */
  private interface SmallCall {
    void make() throws IOException;
  }

  /** OkHttp alone: the response is bytes. */
  static final class RawOkHttp {
    private RawOkHttp() {}

    public static void main(String[] arguments) throws InterruptedException {
      OkHttpClient http = httpClient();
      measure(
          () -> {
            Request request =
                new Request.Builder()
                    .url(arguments[0] + "events/" + FirstCallPrograms.EVENT_ID)
                    .header("Authorization", "Bearer " + FirstCallPrograms.API_KEY)
                    .build();
            try (Response response = http.newCall(request).execute()) {
              Objects.requireNonNull(response.body()).bytes();
            }
          });
    }
  }

  /** Our client. */
  static final class Ours {
    private Ours() {}

    public static void main(String[] arguments) throws InterruptedException {
      PersonaClient persona =
          PersonaClient.builder().apiKey(FirstCallPrograms.API_KEY).baseUrl(arguments[0]).build();
      measure(
          () ->
              Objects.requireNonNull(
                  persona
                      .events()
                      .retrieve(FirstCallPrograms.EVENT_ID)
                      .data()
                      .attributes()
                      .name()));
      persona.close();
    }
  }

  /** Retrofit with converter-gson and POJOs. */
  static final class RetrofitWithGson {
    private RetrofitWithGson() {}

    public static void main(String[] arguments) throws InterruptedException {
      FirstCallPrograms.RetrofitWithGson.Api api =
          FirstCallPrograms.RetrofitWithGson.api(httpClient(), arguments[0]);
      measure(
          () ->
              Objects.requireNonNull(
                  Objects.requireNonNull(api.retrieve(FirstCallPrograms.EVENT_ID).execute().body())
                      .data
                      .attributes
                      .name));
    }
  }

  private static OkHttpClient httpClient() {
    return new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(MAX_CONNECTIONS, 1, TimeUnit.MINUTES))
        .build();
  }

  private static void measure(SmallCall call) throws InterruptedException {
    long warmup = 0;
    while (warmup < WARMUP_CALLS) {
      warmup += makeCalls(call, THREADS[THREADS.length - 1]).count();
    }
    List<String> results = new ArrayList<>();
    for (int threads : THREADS) {
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      Calls calls = makeCalls(call, threads);
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuMicros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3;
      double count = calls.count();
      results.add(count / seconds + " " + calls.allocated() / count + " " + cpuMicros / count);
    }
    System.out.println(String.join(" ", results));
  }

  /** The number of calls that were made, and the bytes that their threads have allocated. */
  private record Calls(long count, long allocated) {}

  /** Makes calls on several threads for some seconds. */
  private static Calls makeCalls(SmallCall call, int threads) throws InterruptedException {
    LongAdder count = new LongAdder();
    LongAdder allocated = new LongAdder();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread caller =
          new Thread(
              () -> {
                long before = THREAD_STATISTICS.getCurrentThreadAllocatedBytes();
                count.add(makeCalls(call, end));
                allocated.add(THREAD_STATISTICS.getCurrentThreadAllocatedBytes() - before);
              });
      caller.start();
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    return new Calls(count.sum(), allocated.sum());
  }

  private static long makeCalls(SmallCall call, long end) {
    long count = 0;
    try {
      while (System.nanoTime() < end) {
        call.make();
        count++;
      }
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1); // a rate without the failed calls would be wrong
    }
    return count;
  }
}
