package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A violation that Prism reports in a request or in its own response.
 *
 * @param outcome whether it is in the request or the response
 * @param reasons the messages of Prism, at least one
 * @param detailed whether Prism reports the reason, or only that it has no such response
 */
record Violation(Outcome outcome, List<String> reasons, boolean detailed) {
  private static final String HEADER = "sl-violations";

  /** Failures of Prism that are not caused by the request. */
  private static final Set<String> ANSWER_FAILURES =
      Set.of("UNKNOWN", "NOT_FOUND", "NO_RESPONSE_RESPONSE_DEFINED", "SCHEMA_TOO_COMPLEX");

  /**
   * The client does not accept the content type of the response; reported within another failure.
   */
  private static final String NOT_ACCEPTABLE = "NOT_ACCEPTABLE";

  /** Returns all reasons on one line. */
  String reason() {
    return String.join("; ", reasons);
  }

  /** Returns the violation in a response of Prism; null if there is none. */
  static @Nullable Violation in(Response response, String body) {
    String header = response.header(HEADER);
    if (header != null) {
      Violation violation = ofPlaces(places(header));
      if (violation != null) {
        return violation;
      }
    }
    // Failures of Prism; those of the API are documents with "errors".
    String type = response.header("content-type");
    return type != null && type.contains("problem+json") && body.contains("prism/errors#")
        ? ofProblem(Json.parse(body))
        : null;
  }

  /** Returns the violations in the header, which Prism truncates after 8 kB. */
  private static JsonNode places(String header) {
    if (header.startsWith("[")) {
      return Json.parse(header);
    }
    String complete = header.substring(header.indexOf('['), header.lastIndexOf("},{") + 1);
    return Json.parse(complete + "]");
  }

  private static @Nullable Violation ofPlaces(JsonNode violations) {
    List<String> messages = new ArrayList<>();
    boolean request = false;
    for (JsonNode violation : violations) {
      // The header also has hints, for example of deprecations.
      if (violation.path("severity").asText().equals("Error")) {
        messages.add(violation.path("message").asText());
        request |= violation.at("/location/0").asText().equals("request");
      }
    }
    Outcome outcome = request ? Outcome.REJECTED : Outcome.MISTAKE;
    return messages.isEmpty() ? null : new Violation(outcome, messages, true);
  }

  private static Violation ofProblem(JsonNode problem) {
    Violation detailed = ofPlaces(problem.path("validation"));
    if (detailed != null) {
      return detailed;
    }
    String type = problem.path("type").asText();
    String name = type.substring(type.indexOf('#') + 1);
    String reason =
        name + ": " + problem.path("title").asText() + " " + problem.path("detail").asText();
    boolean response = ANSWER_FAILURES.contains(name) && !reason.contains(NOT_ACCEPTABLE);
    Outcome outcome = response ? Outcome.MISTAKE : Outcome.REJECTED;
    return new Violation(outcome, List.of(reason.strip()), false);
  }
}
