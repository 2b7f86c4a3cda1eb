package io.github.persona4j.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Node and npm in a folder with a {@code package.json}; their output goes to log files. */
final class Npm {
  private Npm() {}

  /** Installs what the folder's lock file names, unless that is done already. */
  static synchronized void install(Path folder) {
    Path lock = folder.resolve("package-lock.json");
    // npm writes this file last.
    Path installed = folder.resolve("node_modules/.package-lock.json");
    try {
      if (Files.exists(installed)
          && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) >= 0) {
        return;
      }
    } catch (IOException e) {
      throw new IllegalStateException("What is installed below " + folder + " cannot be seen", e);
    }
    System.out.println("[contract] npm ci in " + folder + ", which is not up to date");
    npm(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
  }

  /** Runs a script of the folder's {@code package.json} to its end. */
  static void script(Path folder, String name) {
    npm(folder, "run", "--silent", name);
  }

  /** Starts a program with its output in a file. */
  static Process start(Path folder, Path log, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Prism crashes under NODE_ENV=production; the other may load anything into it.
    builder.environment().keySet().removeAll(List.of("NODE_ENV", "NODE_OPTIONS"));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(
          command.get(0) + " cannot be run: the contract tests need Node 20 with npm", e);
    }
  }

  private static void npm(Path folder, String... arguments) {
    boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
    List<String> command = new ArrayList<>(windows ? List.of("cmd", "/c") : List.of());
    command.add("npm");
    command.addAll(List.of(arguments));
    String words = String.join(" ", arguments);
    Path log = PrismServer.newLog("npm");
    Process npm = start(folder, log, command);
    try {
      if (!npm.waitFor(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException(
            "npm " + words + " takes over 5 minutes:\n" + PrismServer.endOf(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted during npm " + words, e);
    } finally {
      npm.descendants().forEach(ProcessHandle::destroyForcibly);
      npm.destroyForcibly();
    }
    if (npm.exitValue() != 0) {
      throw new IllegalStateException("npm " + words + " failed:\n" + PrismServer.endOf(log));
    }
  }
}
