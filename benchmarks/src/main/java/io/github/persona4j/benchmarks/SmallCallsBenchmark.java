package io.github.persona4j.benchmarks;

import java.util.List;
import java.util.Locale;

/** Small calls over plain http, as many as possible; prints a table. */
public final class SmallCallsBenchmark {
  // The values of each number of threads.
  private static final int RATE = 0;
  private static final int BYTES = 1;
  private static final int CPU_MICROS = 2;
  private static final int VALUES = 3;

  private SmallCallsBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments the number of rounds
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    try (ServerProcess server = EventServer.startHttp()) {
      List<String> url = List.of(server.url("http"));
      JavaProgram raw =
          new JavaProgram("raw OkHttp", List.of(), SmallCallsPrograms.RawOkHttp.class, url);
      List<JavaProgram> programs =
          List.of(
              raw,
              new JavaProgram("ours", List.of(), SmallCallsPrograms.Ours.class, url),
              new JavaProgram(
                  "Retrofit with converter-gson",
                  List.of(),
                  SmallCallsPrograms.RetrofitWithGson.class,
                  url));
      Rounds<JavaProgram> results = Rounds.run(programs, rounds, JavaProgram::run);
      System.out.println(
          "| | threads | calls/s | calls/s, ratio to raw OkHttp | kB per call | CPU, µs per call |");
      System.out.println("|---|---:|---:|---:|---:|---:|");
      for (int i = 0; i < SmallCallsPrograms.THREADS.length; i++) {
        int first = i * VALUES;
        for (JavaProgram program : programs) {
          System.out.printf(
              Locale.ROOT,
              "| %s | %d | %.0f | %.2f | %.1f | %.0f |%n",
              program,
              SmallCallsPrograms.THREADS[i],
              results.median(program, first + RATE),
              results.ratio(program, raw, first + RATE),
              results.median(program, first + BYTES) / 1000,
              results.median(program, first + CPU_MICROS));
        }
      }
    }
  }
}
