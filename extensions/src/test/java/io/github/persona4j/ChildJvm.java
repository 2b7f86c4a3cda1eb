package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a separate JVM, with the class path of the tests. */
final class ChildJvm implements AutoCloseable {
  private final Process process;

  ChildJvm(List<String> jvmArguments, Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The next line of its output. */
  String line() throws IOException {
    return process.inputReader().readLine();
  }

  /** Waits until it exits by itself, well within the minute that idle threads live. */
  void awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ends by itself").isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
