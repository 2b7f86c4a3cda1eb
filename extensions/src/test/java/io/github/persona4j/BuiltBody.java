package io.github.persona4j;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.search.Search;
import java.lang.reflect.Parameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a body must contain that a form builds from its arguments. It is derived from the names of
 * their types: attributes are in {@code data.attributes}, and so on.
 */
final class BuiltBody {
  private BuiltBody() {}

  /** Returns how a body differs from what the arguments say; empty if it does not. */
  static List<String> differences(ApiMethod form, @Nullable Object[] arguments, String body) {
    if (!body.startsWith("{")) {
      return missingParts(form, arguments, body);
    }
    Map<String, JsonElement> left = new TreeMap<>();
    addLeaves("", JsonParser.parseString(body), left);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (form.positions().get(i) < 0) {
        remove(form.method().getParameters()[i], arguments[i], left, differences);
      }
    }
    String kind = form.method().getName().substring(form.call().getName().length());
    if (!kind.isEmpty()) {
      JsonElement type = left.remove("data.type");
      if (type == null || !type.getAsString().endsWith("/" + kebab(kind))) {
        differences.add("data.type is " + type);
      }
    }
    left.forEach((path, value) -> differences.add(path + " is sent as " + value));
    return differences;
  }

  /** The parts of a form, in any of the two encodings. */
  private static List<String> missingParts(
      ApiMethod form, @Nullable Object[] arguments, String body) {
    String decoded = body.startsWith("--") ? body : URLDecoder.decode(body, StandardCharsets.UTF_8);
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (form.positions().get(i) < 0) {
        String part = arguments[i] instanceof FileUpload ? "a,b\n" : String.valueOf(arguments[i]);
        if (!decoded.contains(part)) {
          missing.add(part);
        }
      }
    }
    return missing;
  }

  private static void remove(
      Parameter parameter,
      @Nullable Object argument,
      Map<String, JsonElement> left,
      List<String> differences) {
    if (argument instanceof SampleValues.Filling filling) {
      remove(prefix(filling.type()), ((JsonModel) filling.built()).toJson(), left, differences);
    } else if (argument instanceof Search<?> search) {
      remove("", search.as(JsonType.ANY).json(), left, differences);
    } else if (argument instanceof JsonModel model) {
      remove(prefix(model.getClass()), model.toJson(), left, differences);
    } else {
      String name = kebab(parameter.getName());
      String prefix =
          left.keySet().stream().anyMatch(path -> path.startsWith("meta."))
              ? "meta."
              : "data.attributes.";
      remove(prefix, "{\"" + name + "\":" + json(argument) + "}", left, differences);
    }
  }

  private static void remove(
      String prefix, String json, Map<String, JsonElement> left, List<String> differences) {
    Map<String, JsonElement> expected = new TreeMap<>();
    addLeaves(prefix, JsonParser.parseString(json), expected);
    expected.forEach(
        (path, value) -> {
          JsonElement sent = left.remove(path);
          if (!value.equals(sent)) {
            differences.add(path + " is " + sent + ", not " + value);
          }
        });
  }

  private static String prefix(Class<?> type) {
    String name = type.getSimpleName();
    if (name.endsWith("Attributes")) {
      return "data.attributes.";
    } else if (name.endsWith("Meta")) {
      return "meta.";
    }
    return name.endsWith("Data") ? "data." : "";
  }

  private static String json(@Nullable Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(BuiltBody::json).toList().toString();
    } else if (value instanceof JsonModel model) {
      return model.toJson();
    } else if (value instanceof OpenValue open) {
      return new JsonPrimitive(open.value()).toString();
    }
    return value instanceof String text
        ? new JsonPrimitive(text).toString()
        : String.valueOf(value);
  }

  private static void addLeaves(String path, JsonElement json, Map<String, JsonElement> leaves) {
    if (json.isJsonObject() && !json.getAsJsonObject().entrySet().isEmpty()) {
      json.getAsJsonObject()
          .entrySet()
          .forEach(
              property -> {
                String prefix = path.isEmpty() || path.endsWith(".") ? path : path + ".";
                addLeaves(prefix + property.getKey(), property.getValue(), leaves);
              });
    } else {
      leaves.put(path, json);
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z0-9])", "-").toLowerCase(Locale.ROOT);
  }
}
