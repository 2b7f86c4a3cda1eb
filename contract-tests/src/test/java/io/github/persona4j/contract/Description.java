package io.github.persona4j.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.json.Leftovers.Kind;
import io.github.persona4j.json.Leftovers.Leftover;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A description of the API as its files stand: one file, or many that refer to each other.
 *
 * <p>All files are read at once; it is immutable after that and thread-safe. References that lead
 * nowhere are taken out: without them the rest can be used.
 */
final class Description {
  /** Marks what a reference that leads nowhere was replaced by. */
  private static final String UNRESOLVABLE = "x-unresolvable";

  private final Path entry;
  private final Map<Path, JsonNode> files = new LinkedHashMap<>();
  private final Map<String, Set<String>> namesBySchema = new LinkedHashMap<>();
  private final List<String> unresolvable = new ArrayList<>();

  private Description(Path entry) {
    this.entry = entry;
  }

  /** Reads a file and all files that it leads to. */
  static Description read(Path entry) {
    Description description = new Description(entry.toAbsolutePath().normalize());
    Deque<Path> waiting = new ArrayDeque<>(Set.of(description.entry));
    while (!waiting.isEmpty()) {
      Path file = waiting.remove();
      if (!description.files.containsKey(file)) {
        JsonNode content = load(file);
        description.files.put(file, content);
        for (JsonNode ref : content.findValues("$ref")) {
          Path target = file(file, ref.asText());
          // An example may hold the word without meaning it.
          if (ref.isTextual() && Files.isRegularFile(target)) {
            waiting.add(target);
          }
        }
      }
    }
    description.files.forEach((file, content) -> description.removeUnresolvable(file, "", content));
    return description;
  }

  /**
   * Makes every reference that leads nowhere an object without any rule. In lists where such an
   * object would stand for something else, it is left out.
   */
  private void removeUnresolvable(Path file, String pointer, JsonNode content) {
    if (isUnresolvable(file, content)) {
      unresolvable.add(
          file.getFileName() + "#" + pointer + " refers to " + content.path("$ref").asText());
      ((ObjectNode) content).removeAll().put(UNRESOLVABLE, true);
    } else if (content.isArray()) {
      int index = 0;
      for (Iterator<JsonNode> items = content.elements(); items.hasNext(); index++) {
        JsonNode item = items.next();
        removeUnresolvable(file, pointer + "/" + index, item);
        if (item.has(UNRESOLVABLE) && pointer.matches(".*/(parameters|oneOf)")) {
          items.remove();
        }
      }
    } else {
      content
          .properties()
          .forEach(
              property ->
                  removeUnresolvable(file, pointer + "/" + property.getKey(), property.getValue()));
    }
  }

  private boolean isUnresolvable(Path file, JsonNode content) {
    JsonNode ref = content.path("$ref");
    if (!ref.isTextual()) {
      return false;
    }
    JsonNode target = files.get(file(file, ref.asText()));
    return target == null || target.at(pointer(ref.asText())).isMissingNode();
  }

  /** The references that lead nowhere: where they are, and what they refer to. */
  List<String> unresolvable() {
    return unresolvable;
  }

  /** The entry file's content. */
  Node root() {
    return new Node(entry, at(entry, JsonPointer.empty()), null);
  }

  /**
   * The names of the schemas that are open on purpose: whoever configures the service adds
   * properties, so that an unknown one in them is no gap of the description.
   */
  Set<String> openSchemas() {
    Set<String> names = new TreeSet<>();
    files.forEach(
        (file, content) -> {
          if (content.path("x-fields").asBoolean()) {
            names.add(stem(file));
          }
          content
              .path("components")
              .path("schemas")
              .properties()
              .forEach(
                  schema -> {
                    if (schema.getValue().path("x-fields").asBoolean()) {
                      names.add(schema.getKey());
                    }
                  });
        });
    return names;
  }

  /**
   * Whether the description knows what a model does not: in the schema with the model's name, or
   * anywhere if there is none.
   */
  boolean describes(Leftover leftover) {
    Set<String> names = namesBySchema().get(leftover.owner());
    if (names != null) {
      return names.contains(leftover.subject());
    }
    return leftover.kind() == Kind.PROPERTY
        ? files.values().stream()
            .flatMap(content -> content.findValues("properties").stream())
            .anyMatch(properties -> properties.has(leftover.subject()))
        : files.values().stream()
            .flatMap(content -> content.findValues("enum").stream())
            .anyMatch(values -> contains(values, leftover.subject()));
  }

  private synchronized Map<String, Set<String>> namesBySchema() {
    if (namesBySchema.isEmpty()) {
      files.forEach(
          (file, content) -> {
            Node node = new Node(file, content, null);
            namesBySchema.put(stem(file), namesIn(node));
            Node components = node.get("components");
            if (components != null) {
              components
                  .entries("schemas")
                  .forEach((name, schema) -> namesBySchema.put(name, namesIn(schema)));
            }
          });
    }
    return namesBySchema;
  }

  /** The names of a schema's properties, values and members. */
  private static Set<String> namesIn(Node schema) {
    Set<String> names = new TreeSet<>(Schemas.properties(schema).keySet());
    for (String key : new String[] {"enum", "x-known-values"}) {
      schema.json().path(key).forEach(value -> names.add(value.asText()));
    }
    schema.json().at("/discriminator/mapping").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean contains(JsonNode values, String text) {
    for (JsonNode value : values) {
      if (value.isTextual() && value.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  /** The schemas by their names: those that stand in files of their own. */
  Map<String, Node> schemas() {
    Map<String, Node> schemas = new LinkedHashMap<>();
    files.forEach(
        (file, content) -> {
          if (file.resolveSibling("").endsWith("schemas")) {
            schemas.put(stem(file), new Node(file, content, stem(file)));
          }
        });
    return schemas;
  }

  /** The webhooks by the names of their events; none where the description has none. */
  Map<String, Node> webhooks() {
    Map<String, Node> webhooks = new LinkedHashMap<>(root().entries("x-webhooks"));
    webhooks.putAll(root().entries("webhooks"));
    return webhooks;
  }

  /** An example of a resource for each type of which there is one. */
  Map<String, ObjectNode> resources() {
    Map<String, ObjectNode> resources = new LinkedHashMap<>();
    for (JsonNode content : files.values()) {
      for (JsonNode parent : content.findParents("attributes")) {
        if (parent instanceof ObjectNode object
            && object.path("id").isTextual()
            && object.path("type").isTextual()) {
          resources.putIfAbsent(object.path("type").asText(), object);
        }
      }
    }
    return resources;
  }

  /** Writes the files, and no others, to their places in a folder. */
  Copy copyTo(Path folder) {
    Path common = entry.getParent();
    for (Path file : files.keySet()) {
      while (common != null && !file.startsWith(common)) {
        common = common.getParent();
      }
    }
    if (common == null) {
      throw new IllegalStateException("The files of the description have no folder in common");
    }
    try {
      Path copy = folder;
      for (Map.Entry<Path, JsonNode> file : files.entrySet()) {
        Path target = folder.resolve(common.relativize(file.getKey()));
        Files.createDirectories(target.getParent());
        Path written = write(file.getKey(), file.getValue(), target);
        copy = file.getKey().equals(entry) ? written : copy;
      }
      return new Copy(folder, folder.relativize(copy).toString().replace('\\', '/'));
    } catch (IOException e) {
      throw new UncheckedIOException("The description cannot be copied", e);
    }
  }

  /** Writes a file as it is, or as JSON if it was changed here. */
  private Path write(Path file, JsonNode content, Path target) throws IOException {
    if (content.equals(load(file))) {
      return Files.copy(file, target);
    }
    // JSON is YAML as well, but takes far longer to read as such. Others refer to the name.
    Path named = files.size() == 1 ? target.resolveSibling(stem(target) + ".json") : target;
    return Files.writeString(named, content.toString());
  }

  /**
   * A copy of the files.
   *
   * @param folder the folder that holds them all
   * @param entry the entry file's path in it
   */
  record Copy(Path folder, String entry) {}

  private JsonNode at(Path file, JsonPointer pointer) {
    JsonNode content = files.get(file);
    if (content == null) {
      throw new IllegalStateException("The description refers to " + file + ", which is not there");
    }
    JsonNode found = content.at(pointer);
    if (found.isMissingNode()) {
      throw new IllegalStateException("The description has no " + pointer + " in " + file);
    }
    return found;
  }

  private static Path file(Path from, String ref) {
    int hash = ref.indexOf('#');
    String name = hash < 0 ? ref : ref.substring(0, hash);
    return name.isEmpty() ? from : from.resolveSibling(name).normalize();
  }

  private static JsonPointer pointer(String ref) {
    int hash = ref.indexOf('#');
    String pointer = hash < 0 ? "" : ref.substring(hash + 1);
    // The name of an anchor is no pointer; no description is known that has one.
    return pointer.isEmpty() || pointer.startsWith("/")
        ? JsonPointer.compile(URLDecoder.decode(pointer.replace("+", "%2B"), UTF_8))
        : JsonPointer.compile("/" + pointer);
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static JsonNode load(Path file) {
    try {
      String text = Files.readString(file);
      return file.toString().endsWith(".json") ? Json.parse(text) : Json.YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("The description's " + file + " cannot be read", e);
    }
  }

  /** A place in the description, with its references followed. Immutable. */
  final class Node {
    private final Path file;
    private final JsonNode json;
    private final @Nullable String name;

    private Node(Path file, JsonNode json, @Nullable String name) {
      this.file = file;
      this.json = json;
      this.name = name;
    }

    /** What stands here; below it, references are not followed. */
    JsonNode json() {
      return json;
    }

    /** The name of the component that a reference led to, null where none did. */
    @Nullable String name() {
      return name;
    }

    /** The value of a key, null where it is absent. */
    @Nullable Node get(String key) {
      JsonNode child = json.get(key);
      return child == null ? null : resolved(child);
    }

    /** The values of an object's keys, or of a key whose value is an object; none if absent. */
    Map<String, Node> entries() {
      Map<String, Node> entries = new LinkedHashMap<>();
      json.properties().forEach(entry -> entries.put(entry.getKey(), resolved(entry.getValue())));
      return entries;
    }

    /** The entries below a key; none where it is absent. */
    Map<String, Node> entries(String key) {
      Node child = get(key);
      return child == null ? Map.of() : child.entries();
    }

    /** The items of the list below a key; none where it is absent. */
    Iterable<Node> items(String key) {
      Node child = get(key);
      if (child == null) {
        return Set.of();
      }
      Deque<Node> items = new ArrayDeque<>();
      child.json.forEach(item -> items.add(child.resolved(item)));
      return items;
    }

    /** The text below a key, null where there is none. */
    @Nullable String text(String key) {
      JsonNode child = json.get(key);
      return child == null || !child.isTextual() ? null : child.asText();
    }

    /** Whether something is missing here or below, because a reference leads nowhere. */
    boolean isIncomplete() {
      return isIncomplete(Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private boolean isIncomplete(Set<JsonNode> seen) {
      if (!seen.add(json)) {
        return false;
      }
      boolean incomplete = json.has(UNRESOLVABLE);
      for (JsonNode child : json) {
        incomplete |= child.isContainerNode() && resolved(child).isIncomplete(seen);
      }
      return incomplete;
    }

    private Node resolved(JsonNode child) {
      Node node = new Node(file, child, null);
      for (int i = 0; i < 50; i++) {
        JsonNode ref = node.json.get("$ref");
        if (ref == null || !ref.isTextual()) {
          return node;
        }
        Path target = file(node.file, ref.asText());
        JsonPointer pointer = pointer(ref.asText());
        String component = pointer.matches() ? stem(target) : pointer.last().getMatchingProperty();
        node = new Node(target, at(target, pointer), component);
      }
      throw new IllegalStateException("A reference in " + file + " leads in a circle");
    }
  }
}
