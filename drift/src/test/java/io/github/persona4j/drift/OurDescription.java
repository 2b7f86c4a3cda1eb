package io.github.persona4j.drift;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The description of this project, also as one file that tests can change. */
final class OurDescription {
  static final Path FOLDER = Path.of("..", "openapi");

  private final JsonObject root;
  private final Map<String, JsonObject> components = new TreeMap<>();

  private OurDescription() {
    root = yaml(FOLDER.resolve("openapi.yaml")).getAsJsonObject();
    for (String kind : List.of("schemas", "parameters", "responses", "headers")) {
      JsonObject all = new JsonObject();
      for (Path file : files(FOLDER.resolve("components").resolve(kind))) {
        all.add(nameOf(file), local(yaml(file), kind));
      }
      components.put(kind, all);
    }
    for (String keyword : List.of("paths", "x-webhooks")) {
      JsonObject items = root.getAsJsonObject(keyword);
      for (String name : List.copyOf(items.keySet())) {
        String file = items.getAsJsonObject(name).get("$ref").getAsString();
        items.add(name, local(yaml(FOLDER.resolve(file)), "schemas"));
      }
    }
    JsonObject own = root.getAsJsonObject("components");
    components.forEach(own::add);
  }

  /** Returns a new copy of the description as one file, without examples. */
  static JsonObject bundle() {
    return Holder.BUNDLE.deepCopy();
  }

  private static final class Holder {
    static final JsonObject BUNDLE = new OurDescription().root;
  }

  private static JsonElement yaml(Path file) {
    return JsonText.of(Documents.read(file).root());
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", "");
  }

  /** Replaces references to files by references to components. */
  private static JsonElement local(JsonElement json, String kind) {
    if (json.isJsonArray()) {
      JsonArray array = new JsonArray();
      json.getAsJsonArray().forEach(item -> array.add(local(item, kind)));
      return array;
    }
    if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()) {
      String text = json.getAsString();
      if (!text.matches("(\\.\\./)*([a-z]+/)*[A-Za-z0-9]+\\.yaml")) {
        return json;
      }
      Path path = Path.of(text);
      Path folder = path.getParent();
      Path name = folder == null ? null : folder.getFileName();
      return new JsonPrimitive("#/components/" + (name == null ? kind : name) + "/" + nameOf(path));
    }
    if (!json.isJsonObject()) {
      return json;
    }
    JsonObject object = new JsonObject();
    json.getAsJsonObject()
        .entrySet()
        .forEach(
            entry -> {
              if (!entry.getKey().equals("examples") && !entry.getKey().equals("example")) {
                object.add(entry.getKey(), local(entry.getValue(), kind));
              }
            });
    return object;
  }
}
