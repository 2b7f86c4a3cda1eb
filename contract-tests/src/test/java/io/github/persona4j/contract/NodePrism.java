package io.github.persona4j.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prism from npm in a separate process. */
final class NodePrism extends PrismServer {
  private static final Pattern LISTENING =
      Pattern.compile("Prism is listening on (http://[0-9.]+:[0-9]+)");

  private final Process process;
  private final Path log;
  private final Thread endOfJvm;
  private volatile String baseUrl = "";

  private NodePrism(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.endOfJvm = new Thread(this::end, "end-of-prism");
    Runtime.getRuntime().addShutdownHook(endOfJvm);
  }

  static NodePrism start(Path description) {
    Path module = Settings.module();
    Npm.install(module);
    Path log = newLog("node");
    // With port 0 the system selects a free port, without a race.
    NodePrism prism =
        new NodePrism(
            Npm.start(
                module,
                log,
                List.of(
                    "node",
                    "--require",
                    preloadScript().toString(),
                    module.resolve("node_modules/@stoplight/prism-cli/dist/index.js").toString(),
                    "mock",
                    "--multiprocess=false",
                    "--errors",
                    "--host=127.0.0.1",
                    "--port=0",
                    description.toString())),
            log);
    try {
      prism.baseUrl = prism.awaitAddress();
      awaitResponse(prism.baseUrl, prism);
      return prism;
    } catch (RuntimeException e) {
      prism.close();
      throw e;
    }
  }

  @Override
  String baseUrl() {
    return baseUrl;
  }

  @Override
  String variant() {
    return "node";
  }

  @Override
  @Nullable String exitReason() {
    if (process.isAlive()) {
      return null;
    }
    return "Prism exited with code "
        + process.exitValue()
        + "; the end of its log "
        + log
        + ":\n"
        + endOf(log);
  }

  /** Returns the process, for tests of this class. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(endOfJvm);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already and runs its hooks.
    }
  }

  private void end() {
    Stream.concat(process.descendants().toList().stream(), Stream.of(process.toHandle()))
        .forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String awaitAddress() {
    long deadline = System.nanoTime() + STARTUP_TIMEOUT.toNanos();
    while (System.nanoTime() < deadline) {
      // Checked first, so that the log of a process that has exited is complete.
      String exitReason = exitReason();
      Matcher address = LISTENING.matcher(endOf(log));
      if (address.find()) {
        return address.group(1);
      }
      if (exitReason != null) {
        throw new IllegalStateException(exitReason);
      }
      pause();
    }
    throw new IllegalStateException(
        "Prism does not listen within "
            + STARTUP_TIMEOUT.toSeconds()
            + " s; its log:\n"
            + endOf(log));
  }
}
