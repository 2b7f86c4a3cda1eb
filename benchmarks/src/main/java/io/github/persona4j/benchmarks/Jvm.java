package io.github.persona4j.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a further JVM of the same kind is started. */
final class Jvm {
  private Jvm() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static String keytool() {
    return Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
  }

  /** This program and all its libraries, each by itself. */
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
