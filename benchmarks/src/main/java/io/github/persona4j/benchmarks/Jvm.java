package io.github.persona4j.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The JDK and the class path of this program, to start further JVMs of the same kind. */
final class Jvm {
  private Jvm() {}

  static Path home() {
    return Path.of(System.getProperty("java.home"));
  }

  static String java() {
    return home().resolve("bin/java").toString();
  }

  /** Returns the jar of this program, and each of its libraries. */
  static String classPath() {
    String own = System.getProperty("java.class.path");
    File lib = new File(new File(own).getAbsoluteFile().getParentFile(), "lib");
    File[] libraries = own.endsWith(".jar") ? lib.listFiles() : null;
    if (libraries == null) {
      return own;
    }
    return Arrays.stream(libraries)
        .map(File::getPath)
        .sorted()
        .collect(Collectors.joining(File.pathSeparator, own + File.pathSeparator, ""));
  }
}
