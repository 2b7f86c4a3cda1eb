package io.github.persona4j.testing.internal.state;

import io.github.persona4j.testing.internal.description.EventNames;

/** The names of the events that the fake can send. */
public final class KnownEvents {
  private KnownEvents() {}

  /**
   * Returns the name.
   *
   * @param argument the name of the argument, for the message
   * @throws IllegalArgumentException if neither the description nor the table of transitions has an
   *     event of this name
   */
  public static String check(String argument, String name) {
    if (EventNames.contains(name) || TransitionTable.get().hasEvent(name)) {
      return name;
    }
    throw new IllegalArgumentException(
        argument + " must be the name of an event of the description, not " + name);
  }
}
