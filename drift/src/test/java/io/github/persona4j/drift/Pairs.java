package io.github.persona4j.drift;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pairs of small descriptions in {@code pairs.yaml}, which states how they are written. */
final class Pairs {
  private static final String RESOURCE = "pairs.yaml";

  private Pairs() {}

  /** A pair, and the differences in both directions as {@code rule | place | part | ...}. */
  record Pair(
      String name,
      JsonObject from,
      JsonObject to,
      List<String> expected,
      List<String> expectedReversed) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Pair> all() {
    Document document = new Document(Path.of(RESOURCE), RESOURCE);
    try (InputStream stream = Pairs.class.getResourceAsStream(RESOURCE)) {
      Node root =
          YamlReader.read(
              document,
              new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8));
      return root.items().stream().map(Pairs::pair).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pair pair(Node node) {
    String at = String.valueOf(node.string("at"));
    JsonElement components =
        node.has("components") ? JsonText.of(Objects.requireNonNull(node.get("components"))) : null;
    return new Pair(
        String.valueOf(node.string("name")),
        description(at, node.get("from"), components),
        description(at, node.get("to"), components),
        lines(node, "gives"),
        lines(node, "reversed"));
  }

  private static List<String> lines(Node node, String name) {
    return new ArrayList<>(node.strings(name));
  }

  private static JsonObject description(
      String at, @Nullable Node part, @Nullable JsonElement components) {
    JsonElement json = part == null || part.isNull() ? null : JsonText.of(part);
    JsonObject root =
        switch (at) {
          case "attribute" -> resource(json == null ? "{}" : "{\"a\": " + json + "}", "{}");
          case "attributes" -> withAttributes(Objects.requireNonNull(json).toString(), "{}");
          case "relationship" -> resource("{}", json == null ? "{}" : "{\"r\": " + json + "}");
          case "data" ->
              paths(get("{\"type\": \"object\", \"properties\": {\"data\": " + json + "}}"));
          case "response" -> paths(get(String.valueOf(json)));
          case "property" -> paths(post(object(json)));
          case "body" -> paths(post(String.valueOf(json)));
          case "parameters" ->
              paths("{\"/things\": {\"get\": {\"parameters\": " + json + ", \"responses\": {}}}}");
          case "operation" -> paths("{\"/things\": {\"post\": " + json + "}}");
          case "paths" -> paths(String.valueOf(json));
          case "root" -> Objects.requireNonNull(json).getAsJsonObject();
          default -> throw new IllegalArgumentException("at: " + at);
        };
    if (!root.has("openapi")) {
      root.addProperty("openapi", "3.1.0");
    }
    if (components != null && !root.has("components")) {
      root.add("components", components);
    }
    return root;
  }

  private static String object(@Nullable JsonElement property) {
    String properties = property == null ? "{}" : "{\"a\": " + property + "}";
    return "{\"type\": \"object\", \"properties\": " + properties + "}";
  }

  private static JsonObject resource(String attributes, String relationships) {
    return withAttributes(
        "{\"type\": \"object\", \"properties\": " + attributes + "}", relationships);
  }

  private static JsonObject withAttributes(String attributes, String relationships) {
    return paths(
        get(
            """
            {"type": "object", "properties": {"data": {
              "type": "object",
              "properties": {
                "type": {"type": "string", "enum": ["thing"]},
                "id": {"type": "string"},
                "attributes": %s,
                "relationships": {"type": "object", "properties": %s}}}}}
            """
                .formatted(attributes, relationships)));
  }

  private static String get(String schema) {
    return """
    {"/things": {"get": {"responses": {"200": {"description": "", "content": {
      "application/json": {"schema": %s}}}}}}}
    """
        .formatted(schema);
  }

  private static String post(String schema) {
    return """
    {"/things": {"post": {"requestBody": {"content": {
      "application/json": {"schema": %s}}}, "responses": {}}}}
    """
        .formatted(schema);
  }

  private static JsonObject paths(String paths) {
    JsonObject root = new JsonObject();
    root.add("paths", JsonParser.parseString(paths));
    return root;
  }

  /** Returns the differences as the file states them. */
  static List<String> found(Path folder, JsonObject from, JsonObject to) {
    Description old = JsonText.description(folder, "from", from);
    Description now = JsonText.description(folder, "to", to);
    return Comparison.of(old, now).stream().map(Pairs::line).sorted().toList();
  }

  static String line(Difference difference) {
    List<String> cells = new ArrayList<>();
    cells.add(difference.rule());
    cells.add(difference.place());
    if (!difference.part().isEmpty()) {
      cells.add(difference.part());
    }
    if (!difference.from().isEmpty() || !difference.to().isEmpty()) {
      cells.add((difference.from() + " -> " + difference.to()).strip());
    }
    cells.add(difference.request().text() + ", " + difference.response().text());
    return String.join(" | ", cells);
  }

  static JsonArray array(List<String> lines) {
    JsonArray array = new JsonArray();
    lines.forEach(array::add);
    return array;
  }
}
