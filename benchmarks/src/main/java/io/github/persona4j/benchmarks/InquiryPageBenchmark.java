package io.github.persona4j.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Decodes and encodes a page of 100 inquiries with JMH; prints a table. */
public final class InquiryPageBenchmark {
  /** The seed of the page. */
  static final long SEED = 20260114;

  private static final int WARMUP_ITERATIONS = 12;
  private static final int MEASURED_ITERATIONS = 4;
  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  private static final int MICROS = 0;
  private static final int BYTES = 1;

  private InquiryPageBenchmark() {}

  /** Benchmarks of the same work. */
  private enum Group {
    DECODE,
    DECODE_AND_READ,
    ENCODE
  }

  private enum Contestant {
    DECODE_OURS(Group.DECODE, "Decoding.ours", "decode: ours"),
    DECODE_GSON(Group.DECODE, "Decoding.gson", "decode: reflective Gson"),
    DECODE_JACKSON(Group.DECODE, "Decoding.jackson", "decode: Jackson databind"),
    TOKENIZER(Group.DECODE, "Decoding.tokenizer", "Gson's tokenizer alone"),
    READ_OURS(Group.DECODE_AND_READ, "Decoding.oursRead", "every value read: ours"),
    READ_GSON(Group.DECODE_AND_READ, "Decoding.gsonRead", "every value read: reflective Gson"),
    READ_JACKSON(
        Group.DECODE_AND_READ, "Decoding.jacksonRead", "every value read: Jackson databind"),
    ENCODE_OURS(Group.ENCODE, "Encoding.ours", "encode: ours"),
    ENCODE_GSON(Group.ENCODE, "Encoding.gson", "encode: reflective Gson"),
    ENCODE_JACKSON(Group.ENCODE, "Encoding.jackson", "encode: Jackson databind");

    final Group group;
    final String benchmark;
    final String row;

    Contestant(Group group, String benchmark, String row) {
      this.group = group;
      this.benchmark = benchmark;
      this.row = row;
    }

    Contestant gson() {
      return switch (group) {
        case DECODE -> DECODE_GSON;
        case DECODE_AND_READ -> READ_GSON;
        case ENCODE -> ENCODE_GSON;
      };
    }

    Contestant jackson() {
      return switch (group) {
        case DECODE -> DECODE_JACKSON;
        case DECODE_AND_READ -> READ_JACKSON;
        case ENCODE -> ENCODE_JACKSON;
      };
    }
  }

  /**
   * Runs the benchmarks.
   *
   * @param arguments the number of rounds
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    List<Contestant> contestants = Arrays.asList(Contestant.values());
    Rounds<Contestant> results = Rounds.run(contestants, rounds, InquiryPageBenchmark::run);
    System.out.println(
        "| | time, µs | allocated, kB | time, ratio to Gson | allocated, ratio to Gson "
            + "| time, ratio to Jackson | allocated, ratio to Jackson |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|");
    for (Contestant contestant : contestants) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f |%n",
          contestant.row,
          results.median(contestant, MICROS),
          results.median(contestant, BYTES) / 1000,
          results.ratio(contestant, contestant.gson(), MICROS),
          results.ratio(contestant, contestant.gson(), BYTES),
          results.ratio(contestant, contestant.jackson(), MICROS),
          results.ratio(contestant, contestant.jackson(), BYTES));
    }
  }

  /** Runs a benchmark in a JVM of its own. */
  private static double[] run(Contestant contestant) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("\\." + contestant.benchmark.replace(".", "\\.") + "$")
            .mode(Mode.SampleTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(WARMUP_ITERATIONS)
            .warmupTime(ITERATION)
            .measurementIterations(MEASURED_ITERATIONS)
            .measurementTime(ITERATION)
            .addProfiler(GCProfiler.class)
            .jvmArgs("-Xms512m", "-Xmx512m")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult result = new Runner(options).runSingle();
    double micros = result.getPrimaryResult().getStatistics().getPercentile(50);
    double bytes =
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
    return new double[] {micros, bytes};
  }
}
