package io.github.persona4j.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Prism from npm that runs in a process of its own. */
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
    // Port 0 lets the system choose a free one, so that nobody can be faster.
    NodePrism prism =
        new NodePrism(
            Npm.start(
                module,
                log,
                List.of(
                    "node",
                    "--require",
                    preloaded().toString(),
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
      awaitAnswer(prism.baseUrl, prism);
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
  String way() {
    return "node";
  }

  @Override
  @Nullable String death() {
    if (process.isAlive()) {
      return null;
    }
    return "Prism ended with exit code "
        + process.exitValue()
        + "; the end of its log "
        + log
        + ":\n"
        + endOf(log);
  }

  /** The process, for the tests of this class. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(endOfJvm);
    } catch (IllegalStateException e) {
      // The JVM ends already, and its hooks run.
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
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (System.nanoTime() < deadline) {
      // Asked first: what a process wrote before its end is then complete.
      String death = death();
      Matcher address = LISTENING.matcher(endOf(log));
      if (address.find()) {
        return address.group(1);
      }
      if (death != null) {
        throw new IllegalStateException(death);
      }
      pause();
    }
    throw new IllegalStateException(
        "Prism does not listen within " + READY_WITHIN.toSeconds() + " s; its log:\n" + endOf(log));
  }
}
