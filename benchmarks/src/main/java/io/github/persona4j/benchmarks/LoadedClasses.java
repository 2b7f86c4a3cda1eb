package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The number of classes that a program loads, by library, counted with {@code -Xlog}. */
final class LoadedClasses {
  private static final String JDK = "JDK, not from its archive";
  private static final Map<String, List<String>> PACKAGES = packages();

  private final Map<String, Integer> counts = new LinkedHashMap<>();

  private LoadedClasses() {}

  private static Map<String, List<String>> packages() {
    Map<String, List<String>> packages = new LinkedHashMap<>();
    packages.put("OkHttp and Okio", List.of("okhttp3.", "okio."));
    packages.put("Kotlin", List.of("kotlin."));
    packages.put("Retrofit", List.of("retrofit2."));
    packages.put("Gson", List.of("com.google.gson."));
    packages.put("persona4j", List.of("io.github.persona4j."));
    return packages;
  }

  static LoadedClasses of(JavaProgram program, Path folder)
      throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    double[] unused =
        program
            .with(" with a log", List.of("-Xlog:class+load:file=" + log + "::filecount=0"))
            .run();
    LoadedClasses classes = new LoadedClasses();
    for (String line : Files.readAllLines(log)) {
      classes.count(line);
    }
    return classes;
  }

  /** Counts a line such as {@code [0.2s][info][class,load] okio.Buffer source: file:/okio.jar}. */
  private void count(String line) {
    String loaded = line.substring(line.lastIndexOf(']') + 1).strip();
    for (Map.Entry<String, List<String>> library : PACKAGES.entrySet()) {
      if (library.getValue().stream().anyMatch(loaded::startsWith)) {
        counts.merge(library.getKey(), 1, Integer::sum);
        return;
      }
    }
    if (!loaded.contains("source: shared objects file")) {
      counts.merge(JDK, 1, Integer::sum);
    }
  }

  static void printHeader() {
    System.out.println(
        "| classes | " + String.join(" | ", PACKAGES.keySet()) + " | " + JDK + " | all |");
    System.out.println("|---|" + "---:|".repeat(PACKAGES.size() + 2));
  }

  void print(String name) {
    StringBuilder row = new StringBuilder("| ").append(name);
    int all = counts.getOrDefault(JDK, 0);
    for (String library : PACKAGES.keySet()) {
      int count = counts.getOrDefault(library, 0);
      row.append(" | ").append(count);
      all += count;
    }
    System.out.println(row + " | " + counts.getOrDefault(JDK, 0) + " | " + all + " |");
  }
}
