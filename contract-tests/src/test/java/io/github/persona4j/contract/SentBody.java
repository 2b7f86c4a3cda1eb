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

/** Compares the body of a request as it was sent with the arguments of its call. */
final class SentBody {
  private static final Pattern PART =
      Pattern.compile(
          "Content-Disposition: form-data; name=\"([^\"]+)\"(?:; filename=\"([^\"]+)\")?\r\n"
              + "(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--",
          Pattern.DOTALL);

  private SentBody() {}

  /** What the body lost or added; empty where it is as it was meant. */
  static List<String> differences(Operation operation, Arguments arguments, Exchange exchange) {
    Body body = operation.body();
    String sent = exchange.sentBody();
    if (body == null) {
      return sent.isEmpty() ? List.of() : List.of("a body that is not described: " + sent);
    }
    String type = String.valueOf(exchange.sentType());
    if (!type.startsWith(body.mediaType())) {
      return List.of("sent as " + type);
    }
    if (body.isJson()) {
      JsonNode meant = arguments.body();
      return meant == null
          ? List.of("no example of the request")
          : Json.differences(meant, Json.parse(sent));
    }
    return Json.differences(
        meant(operation, arguments), body.isMultipart() ? parts(sent) : fields(sent));
  }

  private static ObjectNode meant(Operation operation, Arguments arguments) {
    ObjectNode meant = JsonNodeFactory.instance.objectNode();
    arguments.fields().forEach(meant::put);
    for (FormField field : operation.form()) {
      if (field.file() && meant.has(field.name())) {
        meant.put(field.name(), arguments.fields().get(field.name()) + ": " + Setters.FILE);
      }
    }
    return meant;
  }

  private static ObjectNode fields(String sent) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (String pair : sent.split("&", -1)) {
      int equals = pair.indexOf('=');
      fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Prism does not look at names of files, so the parts are read here. */
  private static ObjectNode parts(String sent) {
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
    Matcher part = PART.matcher(sent);
    while (part.find()) {
      String file = part.group(2);
      parts.put(part.group(1), (file == null ? "" : file + ": ") + part.group(3));
    }
    return parts;
  }
}
