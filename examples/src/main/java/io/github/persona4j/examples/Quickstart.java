package io.github.persona4j.examples;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Event;

/** Lists all events. Requires {@code PERSONA_API_KEY}. */
public final class Quickstart {
  private Quickstart() {}

  /** Prints the ID and the name of every event. */
  public static void main(String[] args) {
    // region all-events-in-five-lines
    try (PersonaClient persona = PersonaClient.fromEnvironment()) {
      for (Event event : persona.events().listAll()) {
        System.out.println(event.id() + " " + event.attributes().name());
      }
    }
    // endregion
  }
}
