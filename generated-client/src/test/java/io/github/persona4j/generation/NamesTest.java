package io.github.persona4j.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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
  private static final Pattern BLOCKING =
      Pattern.compile("^    return runner\\.run\\(api\\.(\\w+)\\(", Pattern.MULTILINE);

  @Test
  void methodsOfTheClient_generated_haveTheNamesOfTheirOperations() {
    check(Path.of("../openapi/paths"), Folders.CLIENT.resolve("io/github/persona4j/api"));
  }

  @Test
  void methodsOfTheMiniClient_generated_haveTheNamesOfTheirOperations() {
    check(Path.of("src/test/mini"), Folders.MINI.resolve("io/github/persona4j/mini/api"));
  }

  private static void check(Path description, Path api) {
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

    SortedMap<String, Set<String>> calls = new TreeMap<>();
    SortedMap<String, Set<String>> blocking = new TreeMap<>();
    for (Map.Entry<String, String> file : Folders.contents(api).entrySet()) {
      String name = file.getKey().replace(".java", "");
      if (name.endsWith("Api")) {
        calls.put(name.substring(0, name.length() - 3), names(CALL, file.getValue()));
      } else {
        blocking.put(name, names(BLOCKING, file.getValue()));
      }
    }
    assertThat(calls).isEqualTo(described);
    assertThat(blocking).isEqualTo(described);
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
