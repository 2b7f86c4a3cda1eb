package io.github.persona4j.packaging;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Set;
import java.util.TreeSet;

/** What the reachability metadata of our jars states. */
final class Metadata {
  private static final Set<String> KEYS =
      Set.of("condition", "type", "methods", "fields", "allDeclaredMethods", "glob");

  /** The interfaces of proxies, separated by commas. */
  final Set<String> proxies = new TreeSet<>();

  /** Types with all their methods. */
  final Set<String> types = new TreeSet<>();

  /** Members, as {@code type#name}. */
  final Set<String> members = new TreeSet<>();

  final Set<String> resources = new TreeSet<>();

  /** The types of conditions. */
  final Set<String> conditions = new TreeSet<>();

  private Metadata() {}

  static Metadata of(String... artifacts) {
    Metadata all = new Metadata();
    for (String artifact : artifacts) {
      String file =
          "META-INF/native-image/io.github.persona4j/" + artifact + "/reachability-metadata.json";
      all.add(JsonParser.parseString(Jars.text(Jars.of(artifact), file)).getAsJsonObject());
    }
    return all;
  }

  private void add(JsonObject file) {
    if (!Set.of("comment", "reflection", "resources").containsAll(file.keySet())) {
      throw new IllegalArgumentException("unknown parts: " + file.keySet());
    }
    for (JsonElement each : array(file, "reflection")) {
      JsonObject entry = entry(each);
      JsonElement type = entry.get("type");
      if (type.isJsonObject()) {
        proxies.add(
            String.join(
                ",",
                type.getAsJsonObject().getAsJsonArray("proxy").asList().stream()
                    .map(JsonElement::getAsString)
                    .toList()));
        continue;
      }
      if (entry.has("allDeclaredMethods")) {
        types.add(type.getAsString());
      }
      for (JsonElement method : array(entry, "methods")) {
        members.add(type.getAsString() + "#" + method.getAsJsonObject().get("name").getAsString());
      }
    }
    for (JsonElement each : array(file, "resources")) {
      resources.add(entry(each).get("glob").getAsString());
    }
  }

  private JsonObject entry(JsonElement element) {
    JsonObject entry = element.getAsJsonObject();
    if (!KEYS.containsAll(entry.keySet())) {
      throw new IllegalArgumentException("unknown keys: " + entry.keySet());
    }
    JsonObject condition = entry.getAsJsonObject("condition");
    if (!condition.keySet().equals(Set.of("typeReached"))) {
      throw new IllegalArgumentException("unknown condition: " + condition);
    }
    conditions.add(condition.get("typeReached").getAsString());
    return entry;
  }

  private static JsonArray array(JsonObject object, String name) {
    JsonArray array = object.getAsJsonArray(name);
    return array == null ? new JsonArray() : array;
  }
}
