package io.github.persona4j.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide has each rule with its verdicts. */
class GuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guides", "drift.md");

  /** The verdicts of the rules with the same end. */
  private static final class Verdicts {
    final Set<Verdict> request = EnumSet.noneOf(Verdict.class);
    final Set<Verdict> response = EnumSet.noneOf(Verdict.class);
  }

  @Test
  void everyRule_isInTheTable() throws IOException {
    Map<String, Verdicts> rules = new TreeMap<>();
    for (Change change : Change.values()) {
      Verdicts verdicts = rules.computeIfAbsent(change.id(), id -> new Verdicts());
      verdicts.request.add(change.request());
      verdicts.response.add(change.response());
    }
    List<String> expected =
        rules.entrySet().stream()
            .map(
                rule ->
                    "`-%s` | %s | %s"
                        .formatted(
                            rule.getKey(),
                            text(rule.getValue().request),
                            text(rule.getValue().response)))
            .toList();
    List<String> table =
        Files.readAllLines(GUIDE).stream()
            .filter(line -> line.startsWith("| `-"))
            .map(line -> line.replaceFirst("\\| (`[^`]*`) \\| [^|]* \\| (.*) \\|", "$1 | $2"))
            .toList();
    assertThat(table).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String text(Set<Verdict> verdicts) {
    return verdicts.stream()
        .filter(verdict -> verdict != Verdict.NONE || verdicts.size() == 1)
        .sorted((a, b) -> b.compareTo(a))
        .map(Verdict::text)
        .collect(Collectors.joining(" or "));
  }
}
