package io.github.persona4j.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs Node and npm in a folder with a {@code package.json}, with output to log files. */
final class Npm {
  private Npm() {}

  /** Installs the packages of the lock file, unless they are up to date. */
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
      throw new IllegalStateException("The packages in " + folder + " cannot be read", e);
    }
    System.out.println("[contract] npm ci in " + folder + ", which is not up to date");
    npm(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
  }

  /** Runs a script of {@code package.json} and waits for its end. */
  static void script(Path folder, String name) {
    npm(folder, "run", "--silent", name);
  }

  /** Starts a program with output to a file. */
  static Process start(Path folder, Path log, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Prism crashes with NODE_ENV=production, and NODE_OPTIONS may load other code.
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
    String line = String.join(" ", arguments);
    Path log = PrismServer.newLog("npm");
    Process npm = start(folder, log, command);
    try {
      if (!npm.waitFor(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException(
            "npm " + line + " takes longer than 5 minutes:\n" + PrismServer.endOf(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted during npm " + line, e);
    } finally {
      npm.descendants().forEach(ProcessHandle::destroyForcibly);
      npm.destroyForcibly();
    }
    if (npm.exitValue() != 0) {
      throw new IllegalStateException("npm " + line + " failed:\n" + PrismServer.endOf(log));
    }
  }
}
