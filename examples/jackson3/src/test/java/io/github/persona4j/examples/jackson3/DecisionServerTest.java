package io.github.persona4j.examples.jackson3;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.examples.DecisionServerContract;
import java.io.IOException;

class DecisionServerTest extends DecisionServerContract {
  @Override
  protected Server start(PersonaClient persona) throws IOException {
    DecisionServer server = DecisionServer.start(persona);
    return new Server(server.port(), server);
  }
}
