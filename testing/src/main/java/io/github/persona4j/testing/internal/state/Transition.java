package io.github.persona4j.testing.internal.state;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One row of the table of transitions, see {@code transitions.md} for the meaning of its columns.
 *
 * @param from states, classes of states in parentheses, {@link #ANY} or {@link #NONE}
 * @param to a state, {@link #SAME}, {@link #TEXT}, or classes of states in parentheses
 * @param events names with placeholders
 * @param movedBy ids of operations, {@code simulate x}, or other words
 * @param uncertain what is not documented, or empty
 */
record Transition(
    Set<String> from,
    String move,
    Set<String> to,
    List<String> events,
    List<Setting> sets,
    List<String> clears,
    List<String> movedBy,
    String uncertain) {

  static final String NONE = "-";
  static final String ANY = "any";
  static final String SAME = "same";
  static final String TEXT = "text";

  private static final String MAY_BE_REFUSED = "may be refused";

  /** An attribute that a move sets: to the new state, or to the time of the move plus the delay. */
  record Setting(String attribute, boolean state, Duration delay) {}

  boolean creates() {
    return from.contains(NONE);
  }

  /** Whether the move starts from this state, which has this class, or none if it is empty. */
  boolean startsFrom(String state, String stateClass) {
    return !creates()
        && (from.contains(ANY) || from.contains(state) || from.contains(inParentheses(stateClass)));
  }

  /** Whether the caller chooses the new state. */
  boolean choosesState() {
    return to.stream().anyMatch(state -> state.equals(TEXT) || state.startsWith("("));
  }

  /** Whether the caller can choose this state, which has this class, or none if it is empty. */
  boolean leadsTo(String state, String stateClass) {
    return to.contains(TEXT) || to.contains(state) || to.contains(inParentheses(stateClass));
  }

  boolean mayBeRefused() {
    return uncertain.startsWith(MAY_BE_REFUSED);
  }

  /** Whether this party moves it: the id of an operation, {@code simulate x}, {@code clock}. */
  boolean isMovedBy(String party) {
    return movedBy.stream()
        .anyMatch(
            by ->
                by.endsWith("*")
                    ? party.startsWith(by.substring(0, by.length() - 1))
                    : by.equals(party));
  }

  private static String inParentheses(String stateClass) {
    return "(" + stateClass + ")";
  }
}
