package io.github.persona4j.testing.internal.webhook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Attributes that are left out. A name such as {@code name-*} means this attribute of any object; a
 * pointer such as {@code /data/attributes/fields/*-number} one place in the document. A {@code *}
 * stands for any characters of one name. Types, ids and relationships stay. Immutable.
 */
final class AttributeBlocklist {
  private final List<Pattern> names = new ArrayList<>();
  private final List<List<Pattern>> pointers = new ArrayList<>();

  AttributeBlocklist(List<String> entries) {
    for (String entry : entries) {
      if (entry.startsWith("/")) {
        pointers.add(
            Arrays.stream(entry.substring(1).split("/", -1))
                .map(AttributeBlocklist::pattern)
                .toList());
      } else {
        names.add(pattern(entry));
      }
    }
  }

  private static Pattern pattern(String name) {
    String[] literals = Inflection.kebab(name).split("\\*", -1);
    return Pattern.compile(String.join(".*", Arrays.stream(literals).map(Pattern::quote).toList()));
  }

  /** Removes the attributes from a document with {@code data} and perhaps {@code included}. */
  void apply(JsonObject document) {
    if (names.isEmpty() && pointers.isEmpty()) {
      return;
    }
    for (String member : List.of("data", "included")) {
      for (JsonElement resource : Json.elements(document.get(member))) {
        if (resource instanceof JsonObject object
            && object.get("attributes") instanceof JsonObject attributes) {
          removeNames(attributes);
        }
      }
    }
    pointers.forEach(pointer -> removePointer(document, pointer));
  }

  private void removeNames(JsonObject object) {
    object.keySet().removeIf(key -> names.stream().anyMatch(name -> matches(name, key)));
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      for (JsonElement item : Json.elements(entry.getValue())) {
        if (item instanceof JsonObject child) {
          removeNames(child);
        }
      }
    }
  }

  private static void removePointer(JsonElement element, List<Pattern> pointer) {
    for (JsonElement item : Json.elements(element)) {
      if (!(item instanceof JsonObject object)) {
        continue;
      }
      Pattern first = pointer.get(0);
      if (pointer.size() == 1) {
        object.keySet().removeIf(key -> matches(first, key) && !isIdentity(object, key));
      } else {
        List<Pattern> rest = pointer.subList(1, pointer.size());
        object
            .entrySet()
            .forEach(
                entry -> {
                  if (matches(first, entry.getKey())) {
                    removePointer(entry.getValue(), rest);
                  }
                });
      }
    }
  }

  /** Type and id of a resource always stay. */
  private static boolean isIdentity(JsonObject object, String key) {
    return object.has("type") && object.has("id") && (key.equals("type") || key.equals("id"));
  }

  private static boolean matches(Pattern pattern, String key) {
    return pattern.matcher(Inflection.kebab(key)).matches();
  }
}
