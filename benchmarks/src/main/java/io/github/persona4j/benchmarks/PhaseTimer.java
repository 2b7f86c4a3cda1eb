package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Takes the times of the phases of a first call: of its own methods, and as an interceptor. */
final class PhaseTimer implements Interceptor {
  private final long start = System.nanoTime();
  private long clientCreated;
  private long requestReady;
  private long headersReceived;

  private PhaseTimer() {}

  static PhaseTimer start() {
    return new PhaseTimer();
  }

  void clientCreated() {
    clientCreated = System.nanoTime();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    requestReady = System.nanoTime();
    Response response = chain.proceed(chain.request());
    headersReceived = System.nanoTime();
    return response;
  }

  /**
   * Returns the milliseconds of four phases, until there is a client, a request, the head of the
   * response, and the value that the caller wants; of all together; and of CPU time since the start
   * of the JVM.
   */
  String responseRead() {
    long end = System.nanoTime();
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    return String.join(
        " ",
        millis(start, clientCreated),
        millis(clientCreated, requestReady),
        millis(requestReady, headersReceived),
        millis(headersReceived, end),
        millis(start, end),
        String.valueOf(cpu.toMillis()));
  }

  private static String millis(long from, long to) {
    return String.valueOf((to - from) / 1e6);
  }
}
