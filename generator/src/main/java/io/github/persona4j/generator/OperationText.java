package io.github.persona4j.generator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  private final CodegenOperation operation;
  private final String parts;

  OperationText(CodegenOperation operation) {
    this(operation, "");
  }

  /**
   * @param parts which parts are required; may be empty
   */
  OperationText(CodegenOperation operation, String parts) {
    this.operation = operation;
    this.parts = parts;
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

  /**
   * Returns the text of the form with all parameters.
   *
   * @param example Javadoc with a call; empty if there is none
   */
  String ofFull(List<Parameter> parameters, String example) {
    StringJoiner text = described();
    text.add(retry());
    addParagraph(text, parts);
    addParagraph(text, followed());
    addParagraph(text, sandbox().isEmpty() ? "" : "Sandbox: " + prose(sandbox()));
    addExample(text, example);
    addParameters(text, parameters);
    text.add("@return " + result());
    text.add("@throws IllegalArgumentException if an argument breaks a rule; nothing is sent then");
    text.add("@throws IllegalStateException if the client is closed, or has no API key to send");
    errors()
        .forEach(
            (status, reason) ->
                text.add(
                    "@throws "
                        + exception(status)
                        + " for status "
                        + status
                        + ": "
                        + reason
                        + advice(status, reason)));
    text.add(
        "@throws PersonaConnectionException if no response arrives, for example because the"
            + " connection breaks or a timeout ends");
    text.add("@throws MalformedResponseException if the response cannot be decoded");
    return text.toString();
  }

  /**
   * Returns the text of a shorter form: one sentence.
   *
   * @param example Javadoc with a call; empty if it is not of this form
   */
  String ofShort(String about, String link, String example) {
    StringJoiner text = new StringJoiner("\n");
    text.add(summary() + ", " + about + "; see {@link " + link + "}.");
    addExample(text, example);
    return text.toString();
  }

  private static void addExample(StringJoiner text, String example) {
    if (!example.isEmpty()) {
      text.add("").add(example);
    }
  }

  private static void addParagraph(StringJoiner text, String paragraph) {
    if (!paragraph.isEmpty()) {
      text.add("").add("<p>" + paragraph);
    }
  }

  /** Returns what follows a reason: a clause, or a sentence if the reason has several. */
  private static String advice(String status, String reason) {
    String advice = ErrorAdvice.of(status);
    if (advice.isEmpty()) {
      return "";
    }
    return reason.contains(". ") ? ". " + Names.capitalized(advice) : "; " + advice;
  }

  /** Returns what to do about each described status of an error, for a page. */
  Map<String, String> advice() {
    Map<String, String> advice = new TreeMap<>();
    errors().keySet().forEach(status -> advice.put(status, ErrorAdvice.plain(status)));
    return advice;
  }

  /** Returns the names of the events that can follow, as the description lists them. */
  List<String> events() {
    return operation.vendorExtensions.get("x-events") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  private String followed() {
    List<String> events = events();
    return events.isEmpty()
        ? ""
        : events.stream()
            .map(event -> "{@code " + event + "}")
            .collect(Collectors.joining(", ", "Events that can follow: ", "."));
  }

  /** Returns the sentence of the description about the sandbox; empty if there is none. */
  String sandbox() {
    Object sentence = operation.vendorExtensions.get("x-sandbox");
    return sentence == null ? "" : sentence.toString().strip();
  }

  /** Returns when the client retries it. */
  String retry() {
    return switch (operation.httpMethod) {
      case "GET", "HEAD", "DELETE" ->
          "Retried after a connection failure, a timeout, and status 408, 429, 502, 503 or 504.";
      case "POST" -> "Retried after a connection failure, a timeout, and status 429.";
      default -> "Retried only if it was not sent.";
    };
  }

  /** Returns the text of the form for all pages with all parameters. */
  String ofAllPages(List<Parameter> parameters, String example) {
    StringJoiner text = new StringJoiner("\n");
    text.add(
        summary() + ", all pages: {@code " + operation.httpMethod + " /" + path() + "} for each.");
    text.add("");
    text.add(
        "<p>"
            + notes()
            + " A page is requested when it is needed, with 100 items"
            + " unless another size is set. The first is the page at the cursor, if there is one.");
    addExample(text, example);
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

  /** Returns the path without a slash at its start. */
  String path() {
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
    return CODE.matcher(text.strip())
        .replaceAll(code -> Matcher.quoteReplacement(OperationExample.code(code.group(1))))
        .replace("*/", "*&#47;");
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
