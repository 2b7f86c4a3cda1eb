package io.github.persona4j.testing.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** Finds values in JSON trees by pointers (RFC 6901). */
public final class JsonPointer {
  private JsonPointer() {}

  /**
   * Returns the value at a pointer; null if the tree does not have it.
   *
   * @param pointer such as {@code /data/attributes/tags/0}; empty for the whole tree
   * @throws IllegalArgumentException if it is not a pointer
   */
  public static @Nullable JsonElement find(JsonElement tree, String pointer) {
    if (!pointer.isEmpty() && !pointer.startsWith("/")) {
      throw new IllegalArgumentException("pointer: must be a JSON pointer, such as /data/id");
    }
    JsonElement found = tree;
    String[] names = pointer.split("/", -1);
    for (int i = 1; i < names.length && found != null; i++) {
      found = child(found, names[i].replace("~1", "/").replace("~0", "~"));
    }
    return found;
  }

  private static @Nullable JsonElement child(JsonElement parent, String name) {
    if (parent instanceof JsonObject object) {
      return object.get(name);
    }
    if (parent instanceof JsonArray array && name.matches("0|[1-9]\\d{0,8}")) {
      int index = Integer.parseInt(name);
      return index < array.size() ? array.get(index) : null;
    }
    return null;
  }
}
