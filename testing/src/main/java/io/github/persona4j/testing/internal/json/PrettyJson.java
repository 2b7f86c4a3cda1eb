package io.github.persona4j.testing.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Iterator;
import java.util.Map;

/** Writes JSON trees on many lines, for people. */
public final class PrettyJson {
  private static final String INDENT = "  ";

  private PrettyJson() {}

  /** Returns the tree as text with a line for each value. */
  public static String of(JsonElement tree) {
    StringBuilder text = new StringBuilder();
    write(tree, "\n", text);
    return text.toString();
  }

  private static void write(JsonElement element, String newLine, StringBuilder text) {
    String inner = newLine + INDENT;
    if (element instanceof JsonObject object && object.size() > 0) {
      text.append('{');
      Iterator<Map.Entry<String, JsonElement>> entries = object.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<String, JsonElement> entry = entries.next();
        text.append(inner).append(new JsonPrimitive(entry.getKey())).append(": ");
        write(entry.getValue(), inner, text);
        text.append(entries.hasNext() ? "," : newLine);
      }
      text.append('}');
    } else if (element instanceof JsonArray array && array.size() > 0) {
      text.append('[');
      for (int i = 0; i < array.size(); i++) {
        text.append(inner);
        write(array.get(i), inner, text);
        text.append(i + 1 < array.size() ? "," : newLine);
      }
      text.append(']');
    } else {
      text.append(element);
    }
  }
}
