package io.github.persona4j.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The generation of the operation classes is reproducible. */
class OperationsGenerationTest {
  private static final String FIRST_LINE =
      "// Generated from openapi/ by the build: change the description or the template instead.\n";
  private static final Path OPERATIONS =
      Path.of("target/generated-sources/openapi/src/main/java/io/github/persona4j");
  private static final Path OPERATIONS_AGAIN =
      Path.of("target/generated-again/src/main/java/io/github/persona4j");

  @Test
  void generatedTwice_unchangedDescription_hasTheSameBytes() throws IOException {
    SortedMap<String, String> once = contents(OPERATIONS);
    SortedMap<String, String> again = contents(OPERATIONS_AGAIN);

    assertThat(again.keySet()).isEqualTo(once.keySet()).isNotEmpty();
    once.forEach((file, text) -> assertThat(again.get(file)).as(file).isEqualTo(text));
  }

  @Test
  void generatedFiles_areTheOperationsOnly_andSayThatTheyAreGenerated() throws IOException {
    contents(OPERATIONS)
        .forEach(
            (file, text) -> {
              assertThat(file).matches("operations/\\w+\\.java").doesNotEndWith("Api.java");
              assertThat(text).as(file).startsWith(FIRST_LINE);
            });
  }

  private static SortedMap<String, String> contents(Path folder) throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
    }
    return contents;
  }
}
