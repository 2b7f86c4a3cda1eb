package io.github.persona4j.generation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folders of generated code. */
final class Folders {
  static final Path CLIENT = Path.of("target/generated-sources/openapi/src/main/java");
  static final Path CLIENT_AGAIN = Path.of("target/generated-again/src/main/java");
  static final Path MINI = Path.of("target/generated-test-sources/mini/src/main/java");
  static final Path MINI_OPERATIONS = Path.of("target/generated-mini-operations/src/main/java");

  private Folders() {}

  /** Returns the contents of all files, by their path relative to the folder. */
  static SortedMap<String, String> contents(Path folder) {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
