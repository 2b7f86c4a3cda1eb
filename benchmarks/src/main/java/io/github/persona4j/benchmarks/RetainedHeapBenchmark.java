package io.github.persona4j.benchmarks;

import java.util.List;
import java.util.Locale;

/** The heap that decoded pages of inquiries retain; prints a table. */
public final class RetainedHeapBenchmark {
  private static final int DECODED = 0;
  private static final int READ = 1;

  // The serial collector leaves nothing that is unreachable.
  private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private RetainedHeapBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments the number of rounds
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    List<JavaProgram> programs =
        List.of(
            program("ours", RetainedHeapProgram.Decoder.OURS),
            program("reflective Gson", RetainedHeapProgram.Decoder.GSON),
            program("Jackson databind", RetainedHeapProgram.Decoder.JACKSON));
    Rounds<JavaProgram> results = Rounds.run(programs, rounds, JavaProgram::run);
    System.out.println("| | decoded, ratio to JSON | every value read, ratio to JSON |");
    System.out.println("|---|---:|---:|");
    for (JavaProgram program : programs) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f |%n",
          program,
          results.median(program, DECODED),
          results.median(program, READ));
    }
  }

  private static JavaProgram program(String name, RetainedHeapProgram.Decoder decoder) {
    return new JavaProgram(name, OPTIONS, RetainedHeapProgram.class, List.of(decoder.name()));
  }
}
