package io.github.persona4j.testing.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The casing of keys. Values, and keys within {@code fields} maps, are never changed. */
public enum Inflection {
  KEBAB,
  CAMEL,
  SNAKE;

  /** Returns the casing of this name in any case; null if there is none. */
  public static @Nullable Inflection named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "kebab" -> KEBAB;
      case "camel" -> CAMEL;
      case "snake" -> SNAKE;
      default -> null;
    };
  }

  /** Returns the tree with its keys in this casing. */
  public JsonElement apply(JsonElement tree) {
    return this == KEBAB ? tree : recased(tree, true);
  }

  private JsonElement recased(JsonElement tree, boolean recase) {
    if (tree instanceof JsonArray array) {
      JsonArray copy = new JsonArray(array.size());
      array.forEach(item -> copy.add(recased(item, recase)));
      return copy;
    }
    if (tree instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        String key = entry.getKey();
        copy.add(
            recase ? key(key) : key, recased(entry.getValue(), recase && !key.equals("fields")));
      }
      return copy;
    }
    return tree;
  }

  private String key(String key) {
    return switch (this) {
      case KEBAB -> kebab(key);
      case SNAKE -> key.replace('-', '_');
      case CAMEL -> camel(key);
    };
  }

  /**
   * Converts a name to kebab casing: {@code createdAt} and {@code created_at} to {@code
   * created-at}.
   */
  public static String kebab(String name) {
    StringBuilder kebab = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        if (i > 0) {
          kebab.append('-');
        }
        kebab.append((char) (c + 'a' - 'A'));
      } else {
        kebab.append(c == '_' ? '-' : c);
      }
    }
    return kebab.toString();
  }

  private static String camel(String kebab) {
    StringBuilder camel = new StringBuilder(kebab.length());
    boolean upper = false;
    for (int i = 0; i < kebab.length(); i++) {
      char c = kebab.charAt(i);
      if (c == '-') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
