package io.github.persona4j.benchmarks;

import java.util.List;
import java.util.Locale;

/** Walks through pages, from a server that takes 20 ms for each; prints two tables. */
public final class PageWalkBenchmark {
  private static final int PAGES = 300;
  private static final int PAGES_WITH_WORK = 100;
  private static final int SERVER_MILLIS = 20;

  private static final int FIRST_WALK = 0;
  private static final int SECOND_WALK = 1;

  private PageWalkBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments the number of rounds
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    walk(rounds);
    System.out.println();
    walkWithWork(rounds);
  }

  private static void walk(int rounds) throws Exception {
    try (ServerProcess server = InquiryListServer.start(PAGES, SERVER_MILLIS)) {
      List<String> urlAndPages = List.of(server.url("http"), String.valueOf(PAGES));
      List<JavaProgram> programs =
          List.of(
              new JavaProgram(
                  "raw OkHttp", List.of(), PageWalkPrograms.RawOkHttp.class, urlAndPages),
              ours(server, "ours", "sequential"),
              ours(server, "ours, with prefetch()", "prefetch"),
              new JavaProgram(
                  "OkHttp with reflective Gson",
                  List.of(),
                  PageWalkPrograms.OkHttpWithGson.class,
                  urlAndPages));
      Rounds<JavaProgram> results = Rounds.run(programs, rounds, JavaProgram::run);
      System.out.println(
          "| | first walk, ms | ratio to the server's time | second walk, ms | ratio to the"
              + " server's time |");
      System.out.println("|---|---:|---:|---:|---:|");
      int serverMillis = PAGES * SERVER_MILLIS;
      for (JavaProgram program : programs) {
        double first = results.median(program, FIRST_WALK);
        double second = results.median(program, SECOND_WALK);
        System.out.printf(
            Locale.ROOT,
            "| %s | %.0f | %.2f | %.0f | %.2f |%n",
            program,
            first,
            first / serverMillis,
            second,
            second / serverMillis);
      }
    }
  }

  private static JavaProgram ours(ServerProcess server, String name, String kind) {
    return new JavaProgram(
        name,
        List.of(),
        PageWalkPrograms.Ours.class,
        List.of(server.url("http"), String.valueOf(PAGES), kind));
  }

  /** Work for each page: with the next page requested meanwhile, and after the work. */
  private static void walkWithWork(int rounds) throws Exception {
    try (ServerProcess server = InquiryListServer.start(PAGES_WITH_WORK, SERVER_MILLIS)) {
      JavaProgram sequential = withWork(server, "sequential");
      JavaProgram prefetching = withWork(server, "prefetch");
      Rounds<JavaProgram> results =
          Rounds.run(List.of(sequential, prefetching), rounds, JavaProgram::run);
      System.out.println("| | second walk, ms | ratio to sequential |");
      System.out.println("|---|---:|---:|");
      for (JavaProgram program : List.of(sequential, prefetching)) {
        System.out.printf(
            Locale.ROOT,
            "| %s | %.0f | %.2f |%n",
            program,
            results.median(program, SECOND_WALK),
            results.ratio(program, sequential, SECOND_WALK));
      }
    }
  }

  private static JavaProgram withWork(ServerProcess server, String kind) {
    return new JavaProgram(
        kind,
        List.of(),
        PageWalkPrograms.WithWork.class,
        List.of(server.url("http"), String.valueOf(PAGES_WITH_WORK), kind));
  }
}
