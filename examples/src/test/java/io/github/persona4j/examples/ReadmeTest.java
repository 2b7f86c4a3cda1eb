package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in the README stands, word for word, in code that compiles. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyJavaBlock_standsInASourceOfThisModule() throws IOException {
    List<String> blocks =
        JAVA.matcher(Files.readString(Path.of("..", "README.md")))
            .results()
            .map(match -> words(match.group(1)))
            .toList();
    List<String> sources = sources();

    assertThat(blocks).isNotEmpty();
    assertThat(blocks)
        .allSatisfy(block -> assertThat(sources).anyMatch(source -> source.contains(block)));
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      Stream.Builder<String> sources = Stream.builder();
      for (Path file : java) {
        sources.add(words(Files.readString(file)));
      }
      return sources.build().toList();
    }
  }

  // Line breaks and indentation differ.
  private static String words(String code) {
    return code.strip().replaceAll("\\s+", " ");
  }
}
