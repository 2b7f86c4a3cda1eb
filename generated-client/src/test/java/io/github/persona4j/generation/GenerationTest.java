package io.github.persona4j.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Year;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Code generation is reproducible. */
class GenerationTest {
  private static final String FIRST_LINE =
      "// Generated from openapi/ by the build: change the description or the template instead.\n";
  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*\\.(\\w+);$");
  private static final Pattern CLOCK = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");

  @Test
  void generatedTwice_unchangedDescription_hasTheSameBytes() {
    SortedMap<String, String> once = Folders.contents(Folders.CLIENT);
    SortedMap<String, String> again = Folders.contents(Folders.CLIENT_AGAIN);

    assertThat(again.keySet()).isEqualTo(once.keySet()).isNotEmpty();
    once.forEach((file, text) -> assertThat(again.get(file)).as(file).isEqualTo(text));
  }

  @Test
  void generatedFiles_firstLine_statesThatTheyAreGenerated() {
    SortedMap<String, String> files = Folders.contents(Folders.CLIENT);
    files.putAll(Folders.contents(Folders.MINI));
    files.putAll(Folders.contents(Folders.MINI_OPERATIONS));

    files.forEach((file, text) -> assertThat(text).as(file).startsWith(FIRST_LINE));
  }

  @Test
  void generatedFiles_haveNoTimestamp() {
    String today = Year.now(java.time.ZoneOffset.UTC).toString() + "-";
    Folders.contents(Folders.CLIENT)
        .forEach(
            (file, text) ->
                assertThat(text.lines())
                    .as(file)
                    .noneMatch(line -> line.contains("@Generated") || line.contains("date ="))
                    .noneMatch(line -> CLOCK.matcher(line).find() && line.contains(today)));
  }

  @Test
  void generatedFiles_areFormatted() {
    SortedMap<String, String> files = Folders.contents(Folders.CLIENT);
    files.putAll(Folders.contents(Folders.MINI));
    files.putAll(Folders.contents(Folders.MINI_OPERATIONS));

    files.forEach(
        (file, text) ->
            assertThat(text.lines())
                .as(file)
                .noneMatch(line -> line.length() > 100)
                .noneMatch(line -> line.endsWith(" "))
                .noneMatch(line -> line.startsWith("import ") && line.endsWith(".*;")));
  }

  @Test
  void generatedFiles_importOnlyWhatTheyUse() {
    SortedMap<String, String> files = Folders.contents(Folders.CLIENT);
    files.putAll(Folders.contents(Folders.MINI_OPERATIONS));

    files.forEach(
        (file, text) -> {
          Matcher imports = IMPORT.matcher(text);
          while (imports.find()) {
            Pattern use = Pattern.compile("\\b" + imports.group(1) + "\\b");
            assertThat(use.matcher(text.substring(imports.end())).find())
                .as("%s: %s", file, imports.group())
                .isTrue();
          }
        });
  }
}
