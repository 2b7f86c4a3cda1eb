package io.github.persona4j.modulepath;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An application of one module, with its sources in a folder. */
final class Application {
  /** All jars that an application has, as Maven resolves them. */
  static final Path MODULES = Path.of("target/modules");

  static final Path JACKSON = Path.of("target/jackson");
  static final Path JACKSON_MODULE = Path.of("target/jackson-module");
  static final Path JACKSON_3 = Path.of("target/jackson3");

  private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");

  private final Path folder;
  private final String modulePath;

  /** What a process printed, to both streams, and its exit status. */
  record Result(int status, String output) {}

  Application(Path folder, Path... modules) {
    this.folder = folder;
    List<String> paths = new ArrayList<>();
    for (Path each : modules) {
      paths.add(each.toString());
    }
    this.modulePath = String.join(java.io.File.pathSeparator, paths);
  }

  /** Adds a source file, which begins with its package. */
  Application source(String file, String source) throws IOException {
    Path path = folder.resolve("src").resolve(file);
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.writeString(path, source);
    return this;
  }

  /** Compiles as strictly as a user may. */
  Result compile() throws IOException, InterruptedException {
    return javac("-p", modulePath);
  }

  /** Compiles without modules. */
  Result compileOnClassPath() throws IOException, InterruptedException {
    return javac("-cp", Path.of(modulePath).resolve("*").toString());
  }

  private Result javac(String option, String path) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                BIN.resolve("javac").toString(),
                "-Xlint:all,-requires-automatic",
                "-Werror",
                "-d",
                classes(),
                option,
                path));
    try (var files = Files.walk(folder.resolve("src"))) {
      files.filter(Files::isRegularFile).map(Path::toString).forEach(command::add);
    }
    return run(command);
  }

  /** Runs a class of the module {@code app}. */
  Result start(String main, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                BIN.resolve("java").toString(),
                "-p",
                modulePath + java.io.File.pathSeparator + classes(),
                "-m",
                "app/" + main));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private String classes() {
    return folder.resolve("classes").toString();
  }

  static Result run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("module-path", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("The process does not end: " + Files.readString(output, UTF_8));
      }
      return new Result(process.exitValue(), Files.readString(output, UTF_8));
    } finally {
      Files.delete(output);
    }
  }
}
