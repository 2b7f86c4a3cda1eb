package io.github.persona4j.waiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The states that waits know are those of the fake's transitions and of the guide. */
class StatesTest {
  private static final String TRANSITIONS =
      "/io/github/persona4j/testing/internal/state/transitions.md";
  private static final Path GUIDE = Path.of("../docs/guides/waiting.md");

  /** How the headings of a type begin. */
  private static final Map<States, String> TYPES =
      Map.of(
          States.REPORT, "report/",
          States.INQUIRY_FLOW, "inquiry",
          States.INQUIRY_DECISION, "inquiry",
          States.VERIFICATION, "verification/",
          States.IMPORTER, "importer/",
          States.WORKFLOW_RUN, "workflow-run",
          States.GRAPH_QUERY, "graph-query",
          States.SHARE_TOKEN, "connect/share-token",
          States.CONNECTION, "connect/connection");

  private static final Map<States, String> METHODS =
      Map.of(
          States.REPORT, "untilReady",
          States.INQUIRY_FLOW, "untilFlowFinished",
          States.INQUIRY_DECISION, "untilDecided",
          States.VERIFICATION, "untilVerificationFinished",
          States.IMPORTER, "untilImported",
          States.WORKFLOW_RUN, "untilRunFinished",
          States.GRAPH_QUERY, "untilQueryFinished",
          States.SHARE_TOKEN, "untilRedeemed",
          States.CONNECTION, "untilConnected");

  private static Set<String> all(States states) {
    Set<String> all = new TreeSet<>(states.pending());
    all.addAll(states.reached());
    all.addAll(states.failed());
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void states_areInOneSetOnly(States states) {
    assertThat(all(states))
        .hasSize(states.pending().size() + states.reached().size() + states.failed().size());
  }

  @ParameterizedTest
  @EnumSource
  void states_areThoseOfTheTransitions(States states) throws IOException {
    String type = Objects.requireNonNull(TYPES.get(states));
    Set<String> found = new TreeSet<>();
    boolean inside = false;
    for (String line : transitions()) {
      if (line.startsWith("## ")) {
        inside = type.endsWith("/") ? line.startsWith("## " + type) : line.equals("## " + type);
      } else if (inside && line.startsWith("| ") && !line.startsWith("| From")) {
        String[] cells = line.split("\\|", -1);
        for (String cell : List.of(cells[1], cells[3])) {
          found.addAll(
              Arrays.stream(cell.strip().split(", ", -1))
                  .filter(state -> state.matches("[a-z_]+"))
                  .toList());
        }
      }
    }
    found.removeAll(Set.of("any", "same", "text"));

    assertThat(found).isEqualTo(all(states));
  }

  private static List<String> transitions() throws IOException {
    try (InputStream table = StatesTest.class.getResourceAsStream(TRANSITIONS)) {
      return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void states_areThoseOfTheGuide(States states) throws IOException {
    String row =
        Files.readAllLines(GUIDE).stream()
            .filter(line -> line.startsWith("| `" + METHODS.get(states) + "("))
            .collect(Collectors.joining());
    String[] cells = row.split("\\|", -1);
    assertThat(cells).hasSize(6);

    assertThat(quoted(cells[2])).isEqualTo(states.pending());
    assertThat(quoted(cells[3])).isEqualTo(states.reached());
    assertThat(quoted(cells[4])).isEqualTo(states.failed());
  }

  private static Set<String> quoted(String cell) {
    return new HashSet<>(
        Pattern.compile("`([a-z_]+)`")
            .matcher(cell)
            .results()
            .map(match -> match.group(1))
            .toList());
  }

  @Test
  void guide_namesAllWaits() throws IOException {
    String guide = Files.readString(GUIDE);
    assertThat(
            Arrays.stream(Waiter.class.getMethods())
                .map(method -> method.getName())
                .filter(name -> name.startsWith("until")))
        .hasSize(15)
        .allSatisfy(name -> assertThat(guide).contains(name));
  }
}
