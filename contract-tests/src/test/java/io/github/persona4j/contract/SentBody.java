package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.FormField;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the body of a request as sent with the arguments of its call. */
final class SentBody {
  private static final Pattern PART =
      Pattern.compile(
          "Content-Disposition: form-data; name=\"([^\"]+)\"(?:; filename=\"([^\"]+)\")?\r\n"
              + "(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--",
          Pattern.DOTALL);

  private SentBody() {}

  /** Returns the differences of the body; empty if it is as expected. */
  static List<String> differences(Operation operation, Arguments arguments, Exchange exchange) {
    Body body = operation.body();
    String sent = exchange.sentBody();
    if (body == null) {
      return sent.isEmpty() ? List.of() : List.of("an unexpected body: " + sent);
    }
    String type = String.valueOf(exchange.sentType());
    if (!type.startsWith(body.mediaType())) {
      return List.of("sent as " + type);
    }
    if (body.isJson()) {
      JsonNode expected = arguments.body();
      return expected == null
          ? List.of("no example of the request")
          : Json.differences(expected, Json.parse(sent));
    }
    return Json.differences(
        expected(operation, arguments), body.isMultipart() ? parts(sent) : fields(sent));
  }

  private static ObjectNode expected(Operation operation, Arguments arguments) {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    arguments.fields().forEach(expected::put);
    for (FormField field : operation.form()) {
      if (field.file() && expected.has(field.name())) {
        expected.put(field.name(), arguments.fields().get(field.name()) + ": " + Setters.FILE);
      }
    }
    return expected;
  }

  /** Reads the fields of a form in the URL encoding. */
  static ObjectNode fields(String sent) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (String pair : sent.split("&", -1)) {
      int equals = pair.indexOf('=');
      fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
    }
    return fields;
  }

  private static String decode(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  /** Reads the parts of a form, since Prism does not check names of files. */
  static ObjectNode parts(String sent) {
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
    Matcher part = PART.matcher(sent);
    while (part.find()) {
      String file = part.group(2);
      parts.put(part.group(1), (file == null ? "" : file + ": ") + part.group(3));
    }
    return parts;
  }
}
