package io.github.persona4j.testing;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link FakePersona} as a program, for code in other languages and for browsers: {@code
 * java -jar persona4j-testing-VERSION-standalone.jar --port 8700}. It ends when the process is
 * ended. {@code --help} lists the options.
 */
public final class FakePersonaMain {
  private static final String HELP =
      """
      Runs a fake of the Persona API. Open its origin in a browser to see its objects.

        --port N          port to listen on (8700)
        --host NAME       host to listen on (127.0.0.1; 0.0.0.0 in a container)
        --origin URL      origin that clients use (http://127.0.0.1:PORT)
        --api-key KEY     key to accept (persona_sandbox_00000000-0000-4000-8000-000000000000)
        --events N        number of events at the start (200)
        --inquiries N     number of inquiries at the start (25)
        --rate-limit N    requests per minute (no limit)
        --seed N          seed of ids, data and what is random (0)
        --drift           add what the API may add without a new version
        --any-host        deliver webhooks to any host, not only to this machine
      """;

  private FakePersonaMain() {}

  /**
   * Starts the fake and does not return before it ends.
   *
   * @param arguments the options; with a wrong one the process ends with status 2
   */
  public static void main(String[] arguments) throws InterruptedException {
    Objects.requireNonNull(arguments, "arguments");
    FakePersona persona = start(List.of(arguments), System.out, System.err);
    if (persona == null) {
      System.exit(List.of(arguments).contains("--help") ? 0 : 2);
    } else {
      Thread.currentThread().join();
    }
  }

  /** Starts a fake with these options; returns null if they are wrong or only ask for help. */
  static @Nullable FakePersona start(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.contains("--help")) {
      out.print(HELP);
      return null;
    }
    try {
      FakePersona persona = builder(new ArrayDeque<>(arguments)).failureLog(err).start();
      out.println("Base URL  " + persona.baseUrl());
      out.println("Key       " + persona.apiKey());
      out.println("Objects   " + persona.origin() + "/");
      return persona;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      err.println(e.getMessage());
      err.print(HELP);
      return null;
    }
  }

  private static FakePersona.Builder builder(Deque<String> arguments) {
    FakePersona.Builder builder = FakePersona.builder().port(8700);
    while (!arguments.isEmpty()) {
      String option = arguments.removeFirst();
      switch (option) {
        case "--port" -> builder.port(number(option, arguments));
        case "--host" -> builder.host(value(option, arguments));
        case "--origin" -> builder.origin(value(option, arguments));
        case "--api-key" -> builder.apiKey(value(option, arguments));
        case "--events" -> builder.events(number(option, arguments));
        case "--inquiries" -> builder.inquiries(number(option, arguments));
        case "--rate-limit" -> builder.rateLimit(number(option, arguments));
        case "--seed" -> builder.seed(number(option, arguments));
        case "--drift" -> builder.driftMode();
        case "--any-host" -> builder.deliverToAnyHost();
        default -> throw new IllegalArgumentException("unknown option: " + option);
      }
    }
    return builder;
  }

  private static String value(String option, Deque<String> arguments) {
    String value = arguments.pollFirst();
    if (value == null) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }

  private static int number(String option, Deque<String> arguments) {
    try {
      return Integer.parseInt(value(option, arguments));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " needs a number", e);
    }
  }
}
