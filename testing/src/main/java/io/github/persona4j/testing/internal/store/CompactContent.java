package io.github.persona4j.testing.internal.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import org.jspecify.annotations.Nullable;

/**
 * Attributes and relationships as JSON texts, which need a quarter of the memory of trees. A single
 * member is found without parsing the others, so that long lists can be filtered.
 */
record CompactContent(String attributesText, String relationshipsText)
    implements StoredObject.Content {

  static CompactContent of(StoredObject.Content content) {
    return new CompactContent(content.attributes().toString(), content.relationships().toString());
  }

  @Override
  public JsonObject attributes() {
    return StrictJsonParser.parse(attributesText).getAsJsonObject();
  }

  @Override
  public JsonObject relationships() {
    return StrictJsonParser.parse(relationshipsText).getAsJsonObject();
  }

  @Override
  public @Nullable JsonElement attribute(String name) {
    return member(attributesText, name);
  }

  @Override
  public @Nullable JsonElement relationship(String name) {
    return member(relationshipsText, name);
  }

  /** Returns a member of the outermost object of a text without white space. */
  static @Nullable JsonElement member(String json, String name) {
    int position = 1; // after the brace
    while (json.charAt(position) == '"') {
      int end = endOfString(json, position);
      boolean found = end - position - 2 == name.length() && json.startsWith(name, position + 1);
      int value = end + 1; // after the colon
      int next = endOfValue(json, value);
      if (found) {
        return StrictJsonParser.parse(json.substring(value, next));
      }
      if (json.charAt(next) == '}') {
        return null;
      }
      position = next + 1; // after the comma
    }
    return null;
  }

  private static int endOfValue(String json, int start) {
    int depth = 0;
    int i = start;
    while (true) {
      char c = json.charAt(i);
      if (c == '"') {
        i = endOfString(json, i);
        if (depth == 0) {
          return i;
        }
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}')) {
        return i;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
      i++;
    }
  }

  /** Returns the position after the closing quotation mark of the string that starts here. */
  private static int endOfString(String json, int start) {
    int i = start + 1;
    while (json.charAt(i) != '"') {
      i += json.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }
}
