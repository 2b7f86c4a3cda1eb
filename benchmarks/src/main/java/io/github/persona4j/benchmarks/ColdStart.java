package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The time from the start of {@code main} to the first answer over https, each in a fresh JVM, the
 * contestants one after the other in every round; prints a table.
 */
public final class ColdStart {
  private static final int ROUNDS = 15;

  private ColdStart() {}

  private static final class Contestant {
    final String name;
    final Class<?> program;
    final double[] millis;

    Contestant(String name, Class<?> program, int rounds) {
      this.name = name;
      this.program = program;
      this.millis = new double[rounds];
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments the number of rounds; may be left out
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
    List<Contestant> contestants =
        List.of(
            new Contestant("OkHttp alone, reads the bytes", FirstCall.Raw.class, rounds),
            new Contestant("ours", FirstCall.Ours.class, rounds),
            new Contestant("Retrofit with Gson", FirstCall.Stock.class, rounds));

    Path folder = Files.createTempDirectory("cold-start");
    Certificate certificate = Certificate.make(folder);
    try (EventServer server = EventServer.start(certificate)) {
      String url = "https://localhost:" + server.port() + "/api/v1/";
      for (int round = -1; round < rounds; round++) { // the first is not counted
        List<Contestant> order = new ArrayList<>(contestants);
        Collections.rotate(order, round);
        for (Contestant contestant : order) {
          double time = run(contestant.program, certificate, url) / 1e6;
          if (round >= 0) {
            contestant.millis[round] = time;
          }
        }
      }
    } finally {
      for (Path file :
          List.of(
              certificate.keyStore(),
              certificate.trustStore(),
              folder.resolve("certificate.pem"),
              folder)) {
        Files.delete(file);
      }
    }
    print(contestants);
  }

  private static void print(List<Contestant> contestants) {
    double[] raw = contestants.get(0).millis;
    System.out.println("| | median, ms | beside OkHttp alone |");
    System.out.println("|---|---:|---:|");
    for (Contestant contestant : contestants) {
      double[] own = contestant.millis;
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.2f |%n",
          contestant.name,
          Numbers.median(own),
          Numbers.median(Numbers.ratios(own, raw)));
    }
  }

  private static long run(Class<?> program, Certificate certificate, String url)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Jvm.java(),
                "-cp",
                Jvm.classPath(),
                "-Djavax.net.ssl.trustStore=" + certificate.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD,
                program.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String nanos = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (process.waitFor() != 0 || nanos == null) {
      throw new IOException(program.getSimpleName() + " failed");
    }
    return Long.parseLong(nanos);
  }
}
