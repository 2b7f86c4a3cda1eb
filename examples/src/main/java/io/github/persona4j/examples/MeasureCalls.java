package io.github.persona4j.examples;

import io.github.persona4j.CallListener;
import io.github.persona4j.CallReport;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.testing.FakePersona;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures calls with Micrometer: their number, duration, outcome and requests. */
public final class MeasureCalls {
  private MeasureCalls() {}

  /** Makes three calls, one of which fails, and prints the measurements. Has no arguments. */
  public static void main(String[] args) {
    ExitStatus.exit(run(List.of(args), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    return ExitStatus.of(
        "MeasureCalls",
        err,
        () -> {
          if (!arguments.isEmpty()) {
            throw new UsageException("no arguments are allowed");
          }
          MeterRegistry registry = new SimpleMeterRegistry();
          try (ApiAccess api =
              ApiAccess.open(
                  environment,
                  FakePersona.builder(),
                  err,
                  client -> client.callListener(measuring(registry)))) {
            work(api.client());
          }
          registry.find("persona.calls").timers().stream()
              .map(MeasureCalls::line)
              .sorted()
              .forEach(out::println);
          Counter requests = registry.get("persona.requests").counter();
          out.println("requests: " + (long) requests.count());
        });
  }

  /** All labels have few values: templates and kinds, never ids. */
  static CallListener measuring(MeterRegistry registry) {
    Counter requests =
        Counter.builder("persona.requests")
            .description("requests sent, including retries")
            .register(registry);
    return call -> {
      requests.increment(call.attempts());
      Timer.builder("persona.calls")
          .description("calls of the Persona API from beginning to end")
          .tag("operation", call.operation().name())
          .tag("outcome", outcome(call))
          .register(registry)
          .record(call.duration());
    };
  }

  private static String outcome(CallReport call) {
    CallReport.Failure failure = call.failure();
    return failure == null ? "success" : failure.name().toLowerCase(Locale.ROOT);
  }

  private static void work(PersonaClient client) {
    client.events().list();
    client.events().list();
    try {
      client.inquiries().retrieve("inq_doesNotExist");
    } catch (NotFoundException e) {
      // Failed calls are measured, too.
    }
  }

  private static String line(Timer timer) {
    return timer.getId().getTag("operation")
        + " "
        + timer.getId().getTag("outcome")
        + ": "
        + timer.count();
  }
}
