package io.github.persona4j.examples;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.model.Event;
import io.github.persona4j.paging.Pages;

/**
 * The smallest program that lists all events. Requires {@code PERSONA_API_KEY} and does not handle
 * failures.
 */
public final class Quickstart {
  private Quickstart() {}

  /** Prints the ID and the name of every event. */
  public static void main(String[] args) {
    try (PersonaClient client = PersonaClient.fromEnvironment()) {
      for (Event event : Pages.of(client.events()::list, EventsApi.ListQuery.none()).items()) {
        System.out.println(event.id() + " " + event.attributes().name());
      }
    }
  }
}
