package io.github.persona4j.examples;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.testing.FakePersona;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Retrieves an inquiry and handles the possible failures. */
public final class HandleErrors {
  private HandleErrors() {}

  /** Retrieves the inquiry with the ID in the only argument; by default one that does not exist. */
  public static void main(String[] args) {
    ExitStatus.exit(run(List.of(args), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    return ExitStatus.of(
        "HandleErrors",
        err,
        () -> {
          if (arguments.size() > 1) {
            throw new UsageException("the only argument must be the ID of an inquiry (inq_...)");
          }
          String id = arguments.isEmpty() ? "inq_doesNotExist" : arguments.get(0);
          try (ApiAccess api = ApiAccess.open(environment, FakePersona.builder(), err)) {
            show(api.client(), id, out);
          }
        });
  }

  private static void show(PersonaClient persona, String id, PrintStream out) {
    try {
      Inquiry inquiry = persona.inquiries().retrieve(id).data();
      out.println("The inquiry is " + inquiry.attributes().status());
    } catch (NotFoundException e) {
      out.println("There is no such inquiry (request " + e.requestId() + ")");
    } catch (RateLimitException e) {
      out.println("Too many requests; retry in " + e.rateLimits().resetSeconds() + " s");
    } catch (PersonaApiException e) {
      out.println("Rejected with status " + e.status() + ": " + e.getMessage());
    } catch (PersonaConnectionException e) {
      out.println((e.isTimeout() ? "Timeout: " : "Connection failure: ") + e.getMessage());
    } catch (MalformedResponseException e) {
      out.println("Malformed response: " + e.getMessage());
    }
  }
}
