package io.github.persona4j.testing.models;

import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.JsonWritable;
import io.github.persona4j.json.OpenValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes models for tests. {@code toString()} of a model is safe to log, and so does not have
 * its values; a description has all of them, personal data included.
 */
public final class Models {
  private Models() {}

  /**
   * Returns all values of a model, one per line, in the order of its JSON:
   *
   * <pre>
   * Inquiry
   *   type: "inquiry"
   *   id: "inq_1"
   *   attributes.status: "created"
   *   attributes.tags: []
   *   relationships.account.data.id: "act_1"
   * </pre>
   *
   * @param value a model, a resource of an unknown type, an open value, fields, a relationship, a
   *     {@link JsonValue}, or a list or a map of these; of anything else, or null, its string is
   *     returned
   */
  public static String describe(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    describe(value, "", text);
    return text.toString();
  }

  /** Returns whether {@link #describe} shows the values of an object. */
  static boolean isModel(@Nullable Object value) {
    return value instanceof JsonWritable
        || value instanceof JsonValue
        || value instanceof OpenValue;
  }

  private static void describe(@Nullable Object value, String indent, StringBuilder to) {
    if (value instanceof JsonWritable model) {
      to.append(name(model));
      lines("\n" + indent + "  ", "", JsonValue.ofJson(model.toJson()), to);
    } else if (value instanceof JsonValue json) {
      to.append("JsonValue");
      lines("\n" + indent + "  ", "", json, to);
    } else if (value instanceof OpenValue open) {
      to.append(name(open)).append(' ').append(JsonValue.of(open.value()).json());
    } else if (value instanceof List<?> list) {
      to.append("List of ").append(list.size());
      for (int i = 0; i < list.size(); i++) {
        item("[" + i + "]", list.get(i), indent, to);
      }
    } else if (value instanceof Map<?, ?> map) {
      to.append("Map of ").append(map.size());
      map.forEach((key, item) -> item(String.valueOf(key), item, indent, to));
    } else {
      to.append(value);
    }
  }

  private static void item(String name, @Nullable Object item, String indent, StringBuilder to) {
    to.append('\n').append(indent).append("  ").append(name).append(": ");
    describe(item, indent + "  ", to);
  }

  /** Adds a line per value that is not nested, and per list and object that is empty. */
  private static void lines(String lineBreak, String path, JsonValue json, StringBuilder to) {
    if (json.kind() == JsonValue.Kind.OBJECT && !json.asMap().isEmpty()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      json.asMap().forEach((name, value) -> lines(lineBreak, prefix + name, value, to));
    } else if (json.kind() == JsonValue.Kind.LIST && !json.asList().isEmpty()) {
      List<JsonValue> items = json.asList();
      for (int i = 0; i < items.size(); i++) {
        lines(lineBreak, path + "[" + i + "]", items.get(i), to);
      }
    } else {
      to.append(lineBreak).append(path.isEmpty() ? "" : path + ": ").append(json.json());
    }
  }

  /** Returns the name of a class with that of the class around it, such as Resource.Unknown. */
  private static String name(Object value) {
    Class<?> type = value.getClass();
    Class<?> outer = type.getEnclosingClass();
    return outer == null
        ? type.getSimpleName()
        : outer.getSimpleName() + "." + type.getSimpleName();
  }
}
