package io.github.persona4j.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation as a user writes it.
 *
 * @param method the method that it calls
 * @param parameters the types of the parameters of that method
 * @param text the Java code, one or more statements for a {@code PersonaClient persona}
 * @param imports the qualified names of the classes in it
 * @param query the parameters in the URL
 * @param body the JSON body, or the parts of a form; null if there is none
 * @param isComplete whether each value is from the description, so that the code compiles
 */
record OperationExample(
    String method,
    List<String> parameters,
    String text,
    List<String> imports,
    Map<String, String> query,
    @Nullable JsonNode body,
    boolean isComplete) {

  /** Whether a form is the one that is called. */
  boolean calls(String formMethod, Form form) {
    return formMethod.equals(method)
        && form.parameters().stream().map(Parameter::linkType).toList().equals(parameters);
  }

  /** Returns the code as Javadoc. */
  String javadoc() {
    return isCode(text)
        ? "<pre>{@code\n" + text + "\n}</pre>"
        : "<pre>\n" + escaped(text) + "\n</pre>";
  }

  /** Returns code within a sentence as Javadoc. */
  static String code(String text) {
    return isCode(text) ? "{@code " + text + "}" : "<code>" + escaped(text) + "</code>";
  }

  /** Whether Javadoc would end neither the comment nor the tag within the code. */
  private static boolean isCode(String text) {
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (open < 0) {
        return false;
      }
    }
    // The compiler reads \\u in comments, too.
    return open == 0
        && !text.contains("*/")
        && !text.contains("\\u")
        && text.lines().noneMatch(OperationExample::isTag);
  }

  private static boolean isTag(String line) {
    return line.strip().startsWith("@");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("{", "&#123;")
        .replace("}", "&#125;")
        .replace("\\u", "&#92;u")
        .replace("*/", "*&#47;");
  }
}
