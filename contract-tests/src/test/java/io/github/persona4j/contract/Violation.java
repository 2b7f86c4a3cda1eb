package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What Prism has against a request, or against its own answer.
 *
 * @param outcome which of the two
 * @param reasons in Prism's words, one or more
 * @param detailed whether Prism says what is wrong, or only that it has no such answer
 */
record Violation(Outcome outcome, List<String> reasons, boolean detailed) {
  private static final String HEADER = "sl-violations";

  /** Prism's own failures that are no fault of a request. */
  private static final Set<String> ANSWER_FAILURES =
      Set.of("UNKNOWN", "NOT_FOUND", "NO_RESPONSE_RESPONSE_DEFINED", "SCHEMA_TOO_COMPLEX");

  /** The client does not accept the answer's content type; said inside of another failure. */
  private static final String NOT_ACCEPTABLE = "NOT_ACCEPTABLE";

  /** All that is wrong, in one line. */
  String reason() {
    return String.join("; ", reasons);
  }

  /** Prism's complaint in an answer, null if it has none. */
  static @Nullable Violation in(Response answer, String body) {
    String header = answer.header(HEADER);
    if (header != null) {
      Violation violation = ofPlaces(places(header));
      if (violation != null) {
        return violation;
      }
    }
    // Prism's own failures; those of the API are documents with "errors".
    String type = answer.header("content-type");
    return type != null && type.contains("problem+json") && body.contains("prism/errors#")
        ? ofProblem(Json.parse(body))
        : null;
  }

  /** The violations in the header; Prism cuts it off after 8 kB, in the middle of one. */
  private static JsonNode places(String header) {
    if (header.startsWith("[")) {
      return Json.parse(header);
    }
    String whole = header.substring(header.indexOf('['), header.lastIndexOf("},{") + 1);
    return Json.parse(whole + "]");
  }

  private static @Nullable Violation ofPlaces(JsonNode violations) {
    List<String> messages = new ArrayList<>();
    boolean request = false;
    for (JsonNode violation : violations) {
      // Hints, for example that something is deprecated, stand in the same place.
      if (violation.path("severity").asText().equals("Error")) {
        messages.add(violation.path("message").asText());
        request |= violation.at("/location/0").asText().equals("request");
      }
    }
    Outcome outcome = request ? Outcome.REFUSED : Outcome.MISTAKE;
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
    boolean answer = ANSWER_FAILURES.contains(name) && !reason.contains(NOT_ACCEPTABLE);
    Outcome outcome = answer ? Outcome.MISTAKE : Outcome.REFUSED;
    return new Violation(outcome, List.of(reason.strip()), false);
  }
}
