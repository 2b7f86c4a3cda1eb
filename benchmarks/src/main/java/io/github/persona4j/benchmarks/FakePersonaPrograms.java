package io.github.persona4j.benchmarks;

import io.github.persona4j.testing.FakePersona;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Programs that start a fake of the API in a JVM of its own. */
final class FakePersonaPrograms {
  private FakePersonaPrograms() {}

  /** Prints the milliseconds that the first start takes, and those of a second one. */
  static final class Start {
    private Start() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
      System.out.println(startAndClose() + " " + startAndClose());
    }

    private static double startAndClose() {
      long begin = System.nanoTime();
      try (FakePersona persona = FakePersona.start()) {
        double millis = (System.nanoTime() - begin) / 1e6;
        if (persona.baseUrl().isEmpty()) {
          throw new IllegalStateException("The fake has no URL");
        }
        return millis;
      }
    }
  }

  /** Serves an empty fake, prints its port, and ends when standard input ends. */
  static final class Server {
    private Server() {}

    /**
     * Runs the program.
     *
     * @param arguments the API key
     */
    public static void main(String[] arguments) throws IOException {
      FakePersona persona =
          FakePersona.builder()
              .apiKey(arguments[0])
              .events(0)
              .inquiries(0)
              .searchLag(Duration.ZERO)
              .start();
      System.out.println(URI.create(persona.origin()).getPort());
      while (System.in.read() >= 0) {
        // nothing is ever written
      }
      persona.close();
    }
  }
}
