package io.github.persona4j.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs all benchmarks in rounds, each in a JVM of its own, and prints a table.
 *
 * <p>A round runs every contestant once, so that whatever else the machine does meets all of them;
 * ratios compare within a round, and the median of all rounds is printed. Beside the median time of
 * a round stands its fastest, which says what the code costs where nothing else disturbs it.
 */
public final class Benchmarks {
  private static final int ROUNDS = 4;
  private static final int WARMUP = 10;
  private static final int MEASURED = 6;
  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  private static final Map<String, String> ROWS = rows();

  private final Map<String, List<Measured>> results = new LinkedHashMap<>();

  private record Measured(double fastest, double median, double bytes) {}

  private Benchmarks() {}

  private static Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("Decoding.ours", "decode: ours");
    rows.put("Decoding.oursWithDates", "decode: ours, and make every date");
    rows.put("Decoding.gson", "decode: reflective Gson");
    rows.put("Decoding.jackson", "decode: Jackson databind");
    rows.put("Decoding.tokenizer", "decode: bare tokenizer");
    rows.put("Encoding.ours", "encode: ours");
    rows.put("Encoding.gson", "encode: reflective Gson");
    rows.put("Encoding.jackson", "encode: Jackson databind");
    return rows;
  }

  /**
   * Runs the benchmarks.
   *
   * @param arguments the number of rounds, and a part of the names to run; both may be left out
   */
  public static void main(String[] arguments) throws RunnerException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
    String part = arguments.length > 1 ? arguments[1] : "";
    Benchmarks benchmarks = new Benchmarks();
    for (int round = 1; round <= rounds; round++) {
      for (String name : ROWS.keySet()) {
        if (name.contains(part)) {
          System.err.printf("round %d of %d: %s%n", round, rounds, name);
          benchmarks.run(name);
        }
      }
    }
    String table = benchmarks.table();
    System.out.print(table);
  }

  private void run(String name) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("\\." + name.replace(".", "\\.") + "$")
            .mode(Mode.SampleTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(WARMUP)
            .warmupTime(ITERATION)
            .measurementIterations(MEASURED)
            .measurementTime(ITERATION)
            .addProfiler(GCProfiler.class)
            .jvmArgs("-Xms512m", "-Xmx512m")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult result = new Runner(options).runSingle();
    Statistics times = result.getPrimaryResult().getStatistics();
    double bytes =
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
    results
        .computeIfAbsent(name, key -> new ArrayList<>())
        .add(new Measured(times.getMin(), times.getPercentile(50), bytes));
  }

  private String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | | fastest, µs | median, µs | memory, kB | beside Gson: fastest | median | memory \
            | beside tokenizer: fastest | median |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
    ROWS.forEach(
        (name, words) -> {
          List<Measured> own = results.get(name);
          if (own == null) {
            return;
          }
          List<Measured> gson = results.get(name.substring(0, name.indexOf('.')) + ".gson");
          List<Measured> tokenizer =
              name.startsWith("Decoding") ? results.get("Decoding.tokenizer") : null;
          table.append("| ").append(words);
          cell(table, "%.0f", own.stream().mapToDouble(Measured::fastest).toArray());
          cell(table, "%.0f", own.stream().mapToDouble(Measured::median).toArray());
          cell(table, "%.0f", own.stream().mapToDouble(m -> m.bytes() / 1000).toArray());
          cell(table, "%.2f", ratios(own, gson, Measured::fastest));
          cell(table, "%.2f", ratios(own, gson, Measured::median));
          cell(table, "%.2f", ratios(own, gson, Measured::bytes));
          cell(table, "%.2f", ratios(own, tokenizer, Measured::fastest));
          cell(table, "%.2f", ratios(own, tokenizer, Measured::median));
          table.append(" |\n");
        });
    return table.toString();
  }

  /** The ratio of each round; none without something to compare with. */
  private static double[] ratios(
      List<Measured> own, @Nullable List<Measured> other, ToDoubleFunction<Measured> what) {
    double[] ratios = new double[other == null ? 0 : own.size()];
    for (int i = 0; i < ratios.length && other != null; i++) {
      ratios[i] = what.applyAsDouble(own.get(i)) / what.applyAsDouble(other.get(i));
    }
    return ratios;
  }

  /** Appends the median of the rounds. */
  private static void cell(StringBuilder table, String format, double[] values) {
    table.append(" | ");
    if (values.length > 0) {
      table.append(String.format(Locale.ROOT, format, Numbers.median(values)));
    }
  }
}
