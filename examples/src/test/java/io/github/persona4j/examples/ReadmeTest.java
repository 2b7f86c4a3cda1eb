package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in the README stands, word for word, in code that compiles; its versions are tested. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TABLE =
      Pattern.compile("\\| Oldest version \\|\n.*\n((?:\\|.*\n)+)");
  private static final Pattern ROW = Pattern.compile("\\| ([0-9.]+) \\|\n");
  private static final Pattern PROPERTY = Pattern.compile("<(oldest[a-z0-9.]+)>([0-9.]+)</\\1>");

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

  @Test
  void oldestVersions_areThoseThatTheTestsRunOn() throws IOException {
    List<String> tables = groups(TABLE, 1, Files.readString(Path.of("..", "README.md")));
    assertThat(tables).hasSize(1);
    List<String> tested = groups(PROPERTY, 2, Files.readString(Path.of("..", "pom.xml")));
    assertThat(tested).hasSize(8);

    assertThat(groups(ROW, 1, tables.get(0))).isEqualTo(tested);
  }

  private static List<String> groups(Pattern pattern, int group, String text) {
    return pattern.matcher(text).results().map(match -> match.group(group)).toList();
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
