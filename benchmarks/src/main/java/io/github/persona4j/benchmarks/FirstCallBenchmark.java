package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The time from the start of {@code main} to the first response over https, each time in a new JVM;
 * prints tables.
 */
public final class FirstCallBenchmark {
  private static final int PHASES = 4;
  private static final int RESPONSE_MILLIS = 4;
  private static final int CPU_MILLIS = 5;

  private final int rounds;
  private final Path folder;
  private final JavaProgram raw;
  private final List<JavaProgram> programs;

  private FirstCallBenchmark(int rounds, Path folder, List<String> options, String url) {
    this.rounds = rounds;
    this.folder = folder;
    List<String> arguments = List.of(url);
    raw = new JavaProgram("raw OkHttp", options, FirstCallPrograms.RawOkHttp.class, arguments);
    programs =
        List.of(
            raw,
            new JavaProgram("ours", options, FirstCallPrograms.Ours.class, arguments),
            new JavaProgram(
                "Retrofit with converter-gson",
                options,
                FirstCallPrograms.RetrofitWithGson.class,
                arguments));
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments the number of rounds, and one of {@code plain}, {@code appcds} and {@code aot}
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("first-call");
    ServerCertificate certificate = ServerCertificate.create(folder);
    try (ServerProcess server = EventServer.startHttps(certificate)) {
      FirstCallBenchmark benchmark =
          new FirstCallBenchmark(
              Integer.parseInt(arguments[0]),
              folder,
              certificate.clientOptions(),
              server.url("https"));
      switch (arguments[1]) {
        case "plain" -> benchmark.plain();
        case "appcds" ->
            benchmark.archived(
                "AppCDS",
                "-XX:ArchiveClassesAtExit=",
                List.of("-Xshare:on"),
                "-XX:SharedArchiveFile=");
        case "aot" ->
            benchmark.archived(
                "AOT cache", "-XX:AOTCacheOutput=", List.of("-XX:AOTMode=on"), "-XX:AOTCache=");
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void plain() throws Exception {
    Rounds<JavaProgram> results = run(programs);
    System.out.println(
        "| | first response, ms | ratio to raw OkHttp | CPU, ms | ratio to raw OkHttp |");
    System.out.println("|---|---:|---:|---:|---:|");
    for (JavaProgram program : programs) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.2f | %.0f | %.2f |%n",
          program,
          results.median(program, RESPONSE_MILLIS),
          results.ratio(program, raw, RESPONSE_MILLIS),
          results.median(program, CPU_MILLIS),
          results.ratio(program, raw, CPU_MILLIS));
    }
    System.out.println();
    System.out.println("| phases, ms | client | request | connection and exchange | decoding |");
    System.out.println("|---|---:|---:|---:|---:|");
    for (JavaProgram program : programs) {
      StringBuilder row = new StringBuilder("| ").append(program);
      for (int phase = 0; phase < PHASES; phase++) {
        row.append(String.format(Locale.ROOT, " | %.0f", results.median(program, phase)));
      }
      System.out.println(row + " |");
    }
    System.out.println();
    LoadedClasses.printHeader();
    for (JavaProgram program : programs) {
      LoadedClasses.of(program, folder).print(program.name());
    }
  }

  /**
   * Compares runs with an archive of classes, which an earlier run has written, with plain runs.
   */
  private void archived(String kind, String write, List<String> required, String read)
      throws Exception {
    Map<JavaProgram, JavaProgram> archived = new LinkedHashMap<>();
    for (JavaProgram program : programs) {
      Path archive = folder.resolve(program.main().getSimpleName());
      double[] unused =
          program.with(" writes " + kind, List.of("-Xlog:disable", write + archive)).run();
      if (!Files.exists(archive)) {
        throw new IOException(program + " has written no archive");
      }
      List<String> options = new ArrayList<>(required); // fail where the archive cannot be used
      options.add(read + archive);
      archived.put(program, program.with(", " + kind, options));
    }
    JavaProgram rawArchived = Objects.requireNonNull(archived.get(raw));
    List<JavaProgram> all = new ArrayList<>(programs);
    all.addAll(archived.values());
    Rounds<JavaProgram> results = run(all);
    System.out.printf(
        "| | plain, ms | %s, ms | ratio to plain | %s, ratio to raw OkHttp |%n", kind, kind);
    System.out.println("|---|---:|---:|---:|---:|");
    archived.forEach(
        (program, with) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %.2f |%n",
                program,
                results.median(program, RESPONSE_MILLIS),
                results.median(with, RESPONSE_MILLIS),
                results.ratio(with, program, RESPONSE_MILLIS),
                results.ratio(with, rawArchived, RESPONSE_MILLIS)));
  }

  private Rounds<JavaProgram> run(List<JavaProgram> contestants) throws Exception {
    for (JavaProgram contestant : contestants) {
      double[] unused =
          contestant.run(); // fills the file cache of the system, and warms the server
    }
    return Rounds.run(contestants, rounds, JavaProgram::run);
  }
}
