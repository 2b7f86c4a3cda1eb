package io.github.persona4j.testing.internal.state;

import io.github.persona4j.testing.internal.state.Transition.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transitions of all resource types, read from {@code transitions.md}. Immutable and
 * thread-safe.
 */
public final class TransitionTable {
  private static final String RESOURCE = "transitions.md";
  private static final String HEADER =
      "From | Move | To | Events | Sets | Clears | Moved by | Uncertain";
  private static final int COLUMNS = 8;

  private static final String STATE = "State:";
  private static final String UNTIL = " until ";
  private static final String THEN = ", then ";

  private final List<Section> sections;
  private final Map<String, List<Transition>> byType = new ConcurrentHashMap<>();

  private TransitionTable(List<Section> sections) {
    this.sections = sections;
  }

  /**
   * A part of the file with its own heading.
   *
   * @param types names of types, and patterns such as {@code report/*}
   */
  private record Section(List<String> types, StateAttribute state, List<Transition> rows) {
    boolean covers(String type) {
      return types.stream()
          .anyMatch(
              pattern ->
                  pattern.endsWith("/*")
                      ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                      : pattern.equals(type));
    }
  }

  private static final class Holder {
    static final TransitionTable INSTANCE = load();
  }

  /** Returns the table, which is read at the first call. */
  public static TransitionTable get() {
    return Holder.INSTANCE;
  }

  private static TransitionTable load() {
    try (InputStream in = TransitionTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing: " + RESOURCE);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table.
   *
   * @throws IllegalArgumentException if a line breaks the format, with the number of the line
   */
  static TransitionTable parse(String text) {
    List<Section> sections = new ArrayList<>();
    Section section = null;
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.startsWith("## ")) {
        section = new Section(list(line.substring(3)), StateAttribute.STATUS, new ArrayList<>());
        for (String type : section.types()) {
          if (sections.stream().anyMatch(other -> other.types().contains(type))) {
            throw malformed(number, "the type has another heading: " + type);
          }
        }
        sections.add(section);
      } else if (line.startsWith(STATE) || line.startsWith("|")) {
        if (section == null) {
          throw malformed(number, "a heading must come first");
        }
        if (line.startsWith("|")) {
          row(number, line, section.rows());
        } else {
          StateAttribute state = stateAttribute(number, line.substring(STATE.length()).strip());
          section = new Section(section.types(), state, section.rows());
          sections.set(sections.size() - 1, section);
        }
      }
    }
    return new TransitionTable(List.copyOf(sections));
  }

  private static StateAttribute stateAttribute(int number, String text) {
    if (text.isEmpty()) {
      throw malformed(number, "the attribute of the state is missing");
    }
    int until = text.indexOf(UNTIL);
    int then = text.indexOf(THEN);
    if (until < 0 && then < 0 && text.indexOf(' ') < 0) {
      return new StateAttribute(text, "", "");
    }
    if (until < 1 || then < until + UNTIL.length()) {
      throw malformed(number, "the state must be an attribute, or: x until attribute, then y");
    }
    return new StateAttribute(
        text.substring(until + UNTIL.length(), then),
        text.substring(0, until),
        text.substring(then + THEN.length()));
  }

  private static void row(int number, String line, List<Transition> rows) {
    if (line.startsWith("|---")) {
      return;
    }
    String[] cells = line.substring(1).split("\\|", -1);
    if (cells.length != COLUMNS + 1 || !cells[COLUMNS].isBlank()) {
      throw malformed(number, "a row must have " + COLUMNS + " columns");
    }
    if (cells[0].strip().equals("From")) {
      if (!line.equals("| " + HEADER + " |")) {
        throw malformed(number, "the columns must be: " + HEADER);
      }
      return;
    }
    Set<String> from = new LinkedHashSet<>(list(cells[0]));
    String move = cells[1].strip();
    Set<String> to = new LinkedHashSet<>(list(cells[2]));
    if (from.isEmpty() || move.isEmpty() || to.isEmpty()) {
      throw malformed(number, "a row must have From, Move and To");
    }
    if (to.size() > 1 && !to.stream().allMatch(state -> state.startsWith("("))) {
      throw malformed(number, "only classes of states can stand together in To");
    }
    List<String> movedBy = list(cells[6]);
    if (movedBy.isEmpty()) {
      throw malformed(number, "a row must have Moved by");
    }
    List<Setting> sets = new ArrayList<>();
    for (String set : list(cells[4])) {
      sets.add(setting(number, set));
    }
    rows.add(
        new Transition(
            from,
            move,
            to,
            list(cells[3]),
            List.copyOf(sets),
            list(cells[5]),
            movedBy,
            cells[7].strip()));
  }

  private static Setting setting(int number, String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return new Setting(text, false, Duration.ZERO);
    }
    String attribute = text.substring(0, equals).strip();
    String value = text.substring(equals + 1).strip();
    if (value.equals("state")) {
      return new Setting(attribute, true, Duration.ZERO);
    }
    try {
      if (value.startsWith("+")) {
        return new Setting(attribute, false, Duration.parse(value.substring(1)));
      }
    } catch (DateTimeParseException e) {
      // Reported below.
    }
    throw malformed(number, "the value must be state or + and an ISO 8601 duration: " + value);
  }

  private static List<String> list(String cell) {
    List<String> items = new ArrayList<>();
    for (String item : cell.split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return List.copyOf(items);
  }

  private static IllegalArgumentException malformed(int line, String rule) {
    return new IllegalArgumentException("line " + line + ": " + rule);
  }

  /** Returns the rows of all sections that cover this type, in the order of the file. */
  List<Transition> rows(String type) {
    return byType.computeIfAbsent(
        type,
        name ->
            sections.stream()
                .filter(section -> section.covers(name))
                .flatMap(section -> section.rows().stream())
                .toList());
  }

  /** Returns where the state of this type is, by the first section that covers it. */
  StateAttribute stateAttribute(String type) {
    return sections.stream()
        .filter(section -> section.covers(type))
        .findFirst()
        .map(Section::state)
        .orElse(StateAttribute.STATUS);
  }

  /** Returns whether a move sends an event of this name; names with placeholders do not count. */
  boolean hasEvent(String name) {
    return sections.stream()
        .flatMap(section -> section.rows().stream())
        .anyMatch(row -> row.events().contains(name));
  }

  /** Returns the types and patterns of all headings. */
  List<String> types() {
    return sections.stream().flatMap(section -> section.types().stream()).toList();
  }
}
