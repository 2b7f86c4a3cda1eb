package consumer;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Event;
import io.github.persona4j.testing.FakePersona;

/** Lists the events of a fake. */
public final class ClientConsumer {
  private ClientConsumer() {}

  /** Fails if the artifacts are not complete. */
  public static void main(String[] args) throws Exception {
    int events = 0;
    try (FakePersona fake = FakePersona.builder().events(7).inquiries(0).start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      for (Event event : persona.events().listAll()) {
        events += event.id().isEmpty() ? 0 : 1;
      }
    }
    System.out.println(events + " events");
  }
}
