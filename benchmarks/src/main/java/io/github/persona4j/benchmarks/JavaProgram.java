package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A contestant: a program that runs in a JVM of its own, and prints what it measured as numbers on
 * one line.
 *
 * @param name the name in tables
 */
record JavaProgram(String name, List<String> options, Class<?> main, List<String> arguments) {
  double[] run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Jvm.java(), "-cp", Jvm.classPath()));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(name + " failed: " + output);
    }
    String measured = output.lines().findFirst().orElse(""); // a JVM that writes an archive says so
    return Arrays.stream(measured.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  JavaProgram with(String nameSuffix, List<String> moreOptions) {
    List<String> all = new ArrayList<>(options);
    all.addAll(moreOptions);
    return new JavaProgram(name + nameSuffix, all, main, arguments);
  }

  @Override
  public String toString() {
    return name;
  }
}
