package io.github.persona4j.drift;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The program that compares two descriptions of the API. {@code --help} describes its arguments and
 * its exit status.
 */
public final class Drift {
  private static final int MISUSE = 2;
  private static final long STACK_SIZE = 512L << 20;

  private final PrintStream out;
  private final PrintStream err;

  Drift(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the program. Ends the JVM, and a build in it, with the exit status unless that is 0. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int[] status = {MISUSE};
    // Descriptions are deep: schemas in schemas in schemas.
    Thread thread =
        new Thread(null, () -> status[0] = new Drift(out, err).run(arguments), "drift", STACK_SIZE);
    thread.start();
    thread.join();
    if (status[0] != 0) {
      System.exit(status[0]);
    }
  }

  /** Runs the program and returns its exit status. */
  int run(String... arguments) {
    if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
      out.print(Options.HELP);
      return 0;
    }
    Options options;
    try {
      options = Options.of(arguments);
    } catch (IllegalArgumentException e) {
      err.println("drift: " + e.getMessage());
      err.println("Use --help for the arguments.");
      return MISUSE;
    }
    try {
      return run(options);
    } catch (DescriptionException e) {
      err.println("drift: " + e.getMessage());
    } catch (IOException e) {
      err.println("drift: cannot write the report: " + e.getMessage());
    }
    return MISUSE;
  }

  private int run(Options options) throws IOException {
    Path ignored = options.ignore();
    IgnoreFile ignore = ignored == null ? IgnoreFile.empty() : IgnoreFile.read(ignored);
    Description old = Description.of(Documents.read(options.from()));
    Description now = Description.of(Documents.read(options.to()));
    Report report =
        Report.of(
            options.from().normalize().toString(),
            old,
            options.to().normalize().toString(),
            now,
            JavaNames.load(),
            ignore);
    if (options.markdown() == null) {
      out.print(MarkdownReport.of(report));
    }
    write(options.markdown(), MarkdownReport.of(report));
    write(options.json(), JsonReport.of(report));
    write(options.junit(), JunitReport.of(report, options.failOn()));
    report.unused().forEach(entry -> err.println("drift: ignored, but not there: " + entry));
    report.problems().forEach(problem -> err.println("drift: " + problem));
    Verdict failOn = options.failOn();
    long failing = failOn == Verdict.NONE ? 0 : report.countFrom(failOn);
    if (failing == 0) {
      return 0;
    }
    err.printf(
        "drift: failed, because of %d of %d differences: %s%s%n",
        failing,
        report.differences().size(),
        failOn.text(),
        failOn == Verdict.BREAKING ? "" : " or worse");
    return 1;
  }

  private static void write(@Nullable Path file, String text) throws IOException {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }
}
