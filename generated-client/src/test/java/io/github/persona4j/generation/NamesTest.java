package io.github.persona4j.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Methods have the names of their operations in the description, unchanged by the generator. */
class NamesTest {
  private static final Pattern OPERATION_ID =
      Pattern.compile("^\\s*operationId: *(\\w+)\\.(\\w+)\\s*$", Pattern.MULTILINE);
  private static final Pattern CALL =
      Pattern.compile("^  (?:default )?Call<.*> (\\w+)\\(", Pattern.MULTILINE);
  private static final Pattern MADE =
      Pattern.compile("^    return api\\.(\\w+)\\(", Pattern.MULTILINE);

  @Test
  void methodsOfTheClient_generated_haveTheNamesOfTheirOperations() {
    assertThat(calls(Folders.CLIENT.resolve("io/github/persona4j/api")))
        .isEqualTo(described(Path.of("../openapi/paths")));
  }

  @Test
  void methodsOfTheMiniClient_generated_haveTheNamesOfTheirOperations() {
    SortedMap<String, Set<String>> described = described(Path.of("src/test/mini"));

    assertThat(calls(Folders.MINI.resolve("io/github/persona4j/mini/api"))).isEqualTo(described);
    assertThat(made(Folders.MINI_OPERATIONS.resolve("io/github/persona4j/mini/operations")))
        .isEqualTo(described);
  }

  private static SortedMap<String, Set<String>> described(Path description) {
    SortedMap<String, Set<String>> described = new TreeMap<>();
    for (String text : Folders.contents(description).values()) {
      Matcher matcher = OPERATION_ID.matcher(text);
      while (matcher.find()) {
        described
            .computeIfAbsent(titled(matcher.group(1)), tag -> new TreeSet<>())
            .add(matcher.group(2));
      }
    }
    assertThat(described).isNotEmpty();
    return described;
  }

  private static SortedMap<String, Set<String>> calls(Path api) {
    SortedMap<String, Set<String>> calls = new TreeMap<>();
    Folders.contents(api)
        .forEach(
            (file, text) -> {
              if (file.endsWith("Api.java")) {
                calls.put(file.replace("Api.java", ""), names(CALL, text));
              }
            });
    return calls;
  }

  /** Returns the calls that the operation classes make. */
  private static SortedMap<String, Set<String>> made(Path operations) {
    SortedMap<String, Set<String>> made = new TreeMap<>();
    Folders.contents(operations)
        .forEach(
            (file, text) -> {
              if (file.endsWith("Calls.java")) {
                made.put(file.replace("Calls.java", ""), names(MADE, text));
              }
            });
    return made;
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static String titled(String tag) {
    return tag.substring(0, 1).toUpperCase(Locale.ROOT) + tag.substring(1);
  }
}
