package io.github.persona4j.generator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenResponse;

/** The Javadoc of an operation. */
final class OperationText {
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "400", "BadRequestException",
          "401", "AuthenticationException",
          "403", "PermissionDeniedException",
          "404", "NotFoundException",
          "408", "RequestTimeoutException",
          "409", "ConflictException",
          "422", "UnprocessableEntityException",
          "429", "RateLimitException");

  private final CodegenOperation operation;

  OperationText(CodegenOperation operation) {
    this.operation = operation;
  }

  /** Returns the summary, which is a phrase without a period. */
  String summary() {
    return prose(required(operation.summary, "it has no summary"));
  }

  /** Returns the text of the call of Retrofit. */
  String ofCall(List<Parameter> parameters) {
    StringJoiner text = described();
    text.add("");
    text.add("<p>Statuses of errors: " + String.join(", ", errors().keySet()) + ".");
    addParameters(text, parameters);
    return text.toString();
  }

  /** Returns the text of the form with all parameters. */
  String ofFull(List<Parameter> parameters) {
    StringJoiner text = described();
    addParameters(text, parameters);
    text.add("@return " + result());
    text.add("@throws IllegalArgumentException if an argument breaks a rule; nothing is sent then");
    text.add("@throws IllegalStateException if the client is closed, or has no API key to send");
    errors()
        .forEach(
            (status, reason) ->
                text.add("@throws " + exception(status) + " for status " + status + ": " + reason));
    text.add(
        "@throws PersonaConnectionException if no response arrives, for example because the"
            + " connection breaks or a timeout ends");
    text.add("@throws MalformedResponseException if the response cannot be decoded");
    return text.toString();
  }

  /** Returns the text of a shorter form: one sentence. */
  String ofShort(String about, String link) {
    return summary() + ", " + about + "; see {@link " + link + "}.";
  }

  /** Returns the text of the form for all pages with all parameters. */
  String ofAllPages(List<Parameter> parameters) {
    StringJoiner text = new StringJoiner("\n");
    text.add(
        summary() + ", all pages: {@code " + operation.httpMethod + " /" + path() + "} for each.");
    text.add("");
    text.add(
        "<p>"
            + notes()
            + " A page is requested when it is needed, with 100 items"
            + " unless another size is set. The first is the page at the cursor, if there is one.");
    addParameters(text, parameters);
    text.add("@return the items of all pages");
    text.add(
        "@throws IllegalArgumentException if an argument breaks a rule, or if there are two"
            + " cursors");
    return text.toString();
  }

  private StringJoiner described() {
    StringJoiner text = new StringJoiner("\n");
    text.add(summary() + ": {@code " + operation.httpMethod + " /" + path() + "}.");
    text.add("");
    text.add("<p>" + notes());
    text.add("");
    text.add("<p>" + idempotency());
    return text;
  }

  private String path() {
    return operation.path.startsWith("/") ? operation.path.substring(1) : operation.path;
  }

  private String idempotency() {
    if (operation.vendorExtensions.containsKey("x-idempotent")) {
      return "Idempotent by its key: the API executes requests with the same {@code"
          + " Idempotency-Key} and the same body once, and every retry sends the same key.";
    }
    return switch (operation.httpMethod) {
      case "GET" -> "Idempotent, since it changes nothing.";
      case "PUT", "PATCH", "DELETE" -> "Idempotent: a retry leads to the same state.";
      default -> "Not idempotent: a retry may execute it again.";
    };
  }

  private void addParameters(StringJoiner text, List<Parameter> parameters) {
    text.add("");
    for (Parameter parameter : parameters) {
      String description =
          required(
              parameter.description(),
              "the parameter '" + parameter.name() + "' has no description");
      text.add("@param " + parameter.name() + " " + phrase(description));
    }
  }

  /** Returns the described statuses of errors in order, with their reasons. */
  private Map<String, String> errors() {
    Map<String, String> errors = new TreeMap<>();
    for (CodegenResponse response : operation.responses) {
      if (!response.is2xx) {
        errors.put(response.code, phrase(response.message));
      }
    }
    return errors;
  }

  private String result() {
    if (operation.isResponseFile) {
      return "the file, to be closed by the caller";
    }
    return operation.responses.stream()
        .filter(response -> response.is2xx)
        .findFirst()
        .map(response -> phrase(response.message))
        .orElse("the response");
  }

  private static String exception(String status) {
    String fallback = status.startsWith("5") ? "ServerException" : "PersonaApiException";
    return EXCEPTIONS.getOrDefault(status, fallback);
  }

  private String notes() {
    return prose(required(operation.notes, "it has no description"));
  }

  private static String required(@Nullable String text, String problem) {
    if (text == null) {
      throw new IllegalArgumentException(problem);
    }
    return text;
  }

  /** Returns text of the description as HTML. */
  static String prose(String text) {
    return text.strip().replaceAll("`([^`]*)`", "{@code $1}");
  }

  /** Returns a sentence as the phrase of a Javadoc tag: in lower case and without a period. */
  static String phrase(String sentence) {
    String text = prose(sentence);
    if (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    boolean isName = text.length() > 1 && Character.isUpperCase(text.charAt(1));
    return isName || text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
