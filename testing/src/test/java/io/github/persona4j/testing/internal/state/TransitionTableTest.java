package io.github.persona4j.testing.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.state.Transition.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransitionTableTest {
  private static final String HEAD =
      """
      ## door

      | From | Move | To | Events | Sets | Clears | Moved by | Uncertain |
      |---|---|---|---|---|---|---|---|
      """;

  @Test
  void row_isReadWithAllColumns() {
    TransitionTable table =
        TransitionTable.parse(
            HEAD
                + "| open, ajar | close | shut | door.closed, {type}.shut "
                + "| closed-at, lock-at = +PT1H, last = state | opened-at | doors.close*, flow "
                + "| the noise |\n");

    assertThat(table.types()).containsExactly("door");
    assertThat(table.rows("door"))
        .containsExactly(
            new Transition(
                Set.of("open", "ajar"),
                "close",
                Set.of("shut"),
                List.of("door.closed", "{type}.shut"),
                List.of(
                    new Setting("closed-at", false, Duration.ZERO),
                    new Setting("lock-at", false, Duration.ofHours(1)),
                    new Setting("last", true, Duration.ZERO)),
                List.of("opened-at"),
                List.of("doors.close*", "flow"),
                "the noise"));
    assertThat(table.rows("window")).isEmpty();
  }

  @Test
  void emptyCells_areEmpty() {
    Transition row =
        TransitionTable.parse(HEAD + "| any | paint | same | | | | flow | |\n").rows("door").get(0);

    assertThat(row.events()).isEmpty();
    assertThat(row.sets()).isEmpty();
    assertThat(row.clears()).isEmpty();
    assertThat(row.uncertain()).isEmpty();
    assertThat(row.mayBeRefused()).isFalse();
    assertThat(row.creates()).isFalse();
  }

  @Test
  void type_hasTheRowsOfEverySectionThatCoversIt() {
    TransitionTable table =
        TransitionTable.parse(
            HEAD.replace("door", "door/*")
                + "| - | create | open | | | | flow | |\n"
                + HEAD.replace("door", "door/oak, door/elm")
                + "| open | burn | ash | | | | flow | |\n");

    assertThat(table.rows("door/oak"))
        .extracting(Transition::move)
        .containsExactly("create", "burn");
    assertThat(table.rows("door/elm")).hasSize(2);
    assertThat(table.rows("door/fir")).extracting(Transition::move).containsExactly("create");
    assertThat(table.rows("door")).isEmpty();
    assertThat(table.rows("doors/oak")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "doors.close, true",
    "doors.closeAll, true",
    "doors.open, false",
    "flow, true",
    "flows, false",
    "simulate x, true",
    "simulate, false",
  })
  void movedBy_isAnIdOrABeginningOfIds(String party, boolean expected) {
    Transition row =
        TransitionTable.parse(
                HEAD + "| open | close | shut | | | | doors.close*, flow, simulate x | |")
            .rows("door")
            .get(0);

    assertThat(row.isMovedBy(party)).isEqualTo(expected);
  }

  @Test
  void classesOfStates_areChosenByTheCaller() {
    List<Transition> rows =
        TransitionTable.parse(
                HEAD
                    + "| (first) | set | (middle), (last) | | | | flow | |\n"
                    + "| any | name | text | | | | flow | may be refused: by day |\n"
                    + "| a | go | b | | | | flow | |\n")
            .rows("door");
    Transition set = rows.get(0);
    assertThat(set.choosesState()).isTrue();
    assertThat(set.startsFrom("whatever", "first")).isTrue();
    assertThat(set.startsFrom("first", "")).isFalse();
    assertThat(set.leadsTo("whatever", "last")).isTrue();
    assertThat(set.leadsTo("whatever", "first")).isFalse();

    Transition name = rows.get(1);
    assertThat(name.choosesState()).isTrue();
    assertThat(name.startsFrom("whatever", "")).isTrue();
    assertThat(name.leadsTo("anything", "")).isTrue();
    assertThat(name.mayBeRefused()).isTrue();

    Transition go = rows.get(2);
    assertThat(go.choosesState()).isFalse();
    assertThat(go.startsFrom("a", "")).isTrue();
    assertThat(go.startsFrom("b", "")).isFalse();
  }

  @Test
  void stateAttribute_isStatusUnlessTheSectionNamesAnother() {
    TransitionTable table =
        TransitionTable.parse(
            HEAD
                + HEAD.replace("door", "gate")
                + "State: position\n"
                + HEAD.replace("door", "pass")
                + "State: valid until ends-at, then void\n");
    JsonObject attributes = new JsonObject();
    attributes.addProperty("status", "open");
    attributes.addProperty("position", "up");
    Instant now = Instant.parse("2026-02-01T12:00:00Z");

    assertThat(table.stateAttribute("door").read(attributes, now)).isEqualTo("open");
    assertThat(table.stateAttribute("window").read(attributes, now)).isEqualTo("open");
    assertThat(table.stateAttribute("gate").read(attributes, now)).isEqualTo("up");
    assertThat(table.stateAttribute("gate").read(new JsonObject(), now)).isEmpty();
    StateAttribute pass = table.stateAttribute("pass");
    assertThat(pass.read(attributes, now)).isEqualTo("valid");
    attributes.addProperty("ends-at", "2026-02-01T12:00:01.000Z");
    assertThat(pass.read(attributes, now)).isEqualTo("valid");
    assertThat(pass.read(attributes, now.plusSeconds(1))).isEqualTo("void");
    pass.write(attributes, "void");
    assertThat(attributes.keySet()).containsExactly("status", "position", "ends-at");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| a | go | b | | | | flow |\n",
        "| a | go | b | | | | flow | | |\n",
        "| a | go | b | | | | flow | | x\n",
        "|  | go | b | | | | flow | |\n",
        "| a |  | b | | | | flow | |\n",
        "| a | go |  | | | | flow | |\n",
        "| a | go | b |  | | | | |\n",
        "| a | go | b, c | | | | flow | |\n",
        "| a | go | (b), c | | | | flow | |\n",
        "| a | go | b | | x-at = now | | flow | |\n",
        "| a | go | b | | x-at = +tomorrow | | flow | |\n",
        "| From | To | Move | Events | Sets | Clears | Moved by | Uncertain |\n",
        "State: \n",
        "State: until ends-at, then void\n",
        "State: valid then void\n",
      })
  void malformedLine_isRejectedWithItsNumber(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransitionTable.parse(HEAD + line))
        .withMessageStartingWith("line 5: ");
  }

  @Test
  void rowBeforeAHeadingOrSecondHeadingOfAType_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransitionTable.parse("| a | go | b | | | | flow | |"))
        .withMessage("line 1: a heading must come first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransitionTable.parse("## gate\n\n## door, gate\n"))
        .withMessage("line 3: the type has another heading: gate");
  }

  @Test
  void file_coversEveryTypeWithStates() {
    assertThat(TransitionTable.get().types())
        .contains(
            "inquiry",
            "inquiry-session",
            "verification/*",
            "document/*",
            "selfie/*",
            "report/*",
            "case",
            "transaction",
            "account",
            "workflow-run",
            "importer/*",
            "list-item/*",
            "graph-query",
            "connect/share-token",
            "connect/connection",
            "webhook",
            "api-key");
  }

  /** A typing error in a state would otherwise be a state that nothing leads to. */
  @Test
  void file_everyStateThatAMoveStartsFromIsReached() {
    TransitionTable table = TransitionTable.get();
    List<String> wrong = new ArrayList<>();
    for (String pattern : table.types()) {
      // Sections of single types have the rows of their pattern, too.
      String type = pattern.replace("*", "x");
      List<Transition> rows = table.rows(type);
      if (rows.stream().noneMatch(Transition::creates)) {
        continue; // no operation creates it: workflow, inquiry-template-version
      }
      Set<String> reached =
          rows.stream().flatMap(row -> row.to().stream()).collect(Collectors.toSet());
      reached.addAll(Set.of(Transition.NONE, Transition.ANY));
      for (Transition row : rows) {
        for (String from : row.from()) {
          if (!reached.contains(from)) {
            wrong.add(pattern + ": " + from);
          }
        }
      }
    }
    // POST may create a list item that is pending; here it is active at once.
    assertThat(wrong).containsExactly("list-item/*: pending", "list-item/*: pending");
  }

  @Test
  void file_eventsAreInTheListOfEventNames() throws IOException {
    Set<String> known = new HashSet<>(eventNames());
    List<String> unknown = new ArrayList<>();
    TransitionTable table = TransitionTable.get();
    for (String pattern : table.types()) {
      for (Transition row : table.rows(pattern.replace("*", "watchlist"))) {
        for (String event : row.events()) {
          String name = event.replace("{type}", pattern.replace("*", "watchlist"));
          if (!known.contains(name)) {
            unknown.add(name);
          }
        }
      }
    }
    assertThat(unknown)
        .containsExactly(
            "graph-query.submitted",
            "connect/share-token.{direction}-created",
            "connect/share-token.{direction}-redeemed");
  }

  private static List<String> eventNames() throws IOException {
    try (InputStream in =
        TransitionTable.class.getResourceAsStream("/io/github/persona4j/testing/event-names.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
