package io.github.persona4j.drift;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns nodes into JSON that tests can change, and JSON into descriptions. */
final class JsonText {
  private JsonText() {}

  static JsonElement of(Node node) {
    if (node.isObject()) {
      JsonObject object = new JsonObject();
      node.members().forEach((name, member) -> object.add(name, of(member)));
      return object;
    }
    if (node.isArray()) {
      JsonArray array = new JsonArray();
      node.items().forEach(item -> array.add(of(item)));
      return array;
    }
    if (node.isNull()) {
      return JsonNull.INSTANCE;
    }
    if (node.isBoolean()) {
      return new JsonPrimitive(node.isTrue());
    }
    return node.isNumber()
        ? new JsonPrimitive(new BigDecimal(node.text()))
        : new JsonPrimitive(node.text());
  }

  /** Writes a description to a file of the folder and reads it. */
  static Description description(Path folder, String name, JsonElement root) {
    try {
      Path file = folder.resolve(name + ".json");
      Files.writeString(file, root.toString());
      return Description.of(Documents.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
