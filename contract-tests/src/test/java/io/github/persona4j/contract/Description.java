package io.github.persona4j.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.json.UnknownParts.Kind;
import io.github.persona4j.json.UnknownParts.UnknownPart;
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
 * A description of the API in one file, or in several that refer to each other.
 *
 * <p>All files are read initially. Unresolvable references are removed, so that the rest can be
 * used. Immutable and thread-safe.
 */
final class Description {
  /** Marks the replacement of an unresolvable reference. */
  private static final String UNRESOLVABLE = "x-unresolvable";

  private final Path entry;
  private final Map<Path, JsonNode> files = new LinkedHashMap<>();
  private final Map<String, Set<String>> namesBySchema = new LinkedHashMap<>();
  private final List<String> unresolvable = new ArrayList<>();

  private Description(Path entry) {
    this.entry = entry;
  }

  /** Reads a file and all files to which it refers. */
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
          // An example may contain the name without being a reference.
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
   * Replaces unresolvable references by an empty object. In lists where an empty object would have
   * another meaning, they are removed.
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

  /** Returns the unresolvable references: their locations and targets. */
  List<String> unresolvable() {
    return unresolvable;
  }

  /** Returns the root of the entry file. */
  Node root() {
    return new Node(entry, at(entry, JsonPointer.empty()), null);
  }

  /**
   * Returns the names of the schemas that are intentionally open: an organization can add
   * properties, so that unknown ones are not a gap of the description.
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
   * Returns whether the description contains a part that is unknown to a model: in the schema of
   * the same name, or anywhere if there is none.
   */
  boolean describes(UnknownPart part) {
    Set<String> names = namesBySchema().get(part.owner());
    if (names != null) {
      return names.contains(part.subject());
    }
    return part.kind() == Kind.PROPERTY
        ? files.values().stream()
            .flatMap(content -> content.findValues("properties").stream())
            .anyMatch(properties -> properties.has(part.subject()))
        : files.values().stream()
            .flatMap(content -> content.findValues("enum").stream())
            .anyMatch(values -> contains(values, part.subject()));
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

  /** Returns the names of the properties, values and members of a schema. */
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

  /** Returns the schemas by name that are in their own files. */
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

  /** Returns the webhooks by the names of their events; empty if the description has none. */
  Map<String, Node> webhooks() {
    Map<String, Node> webhooks = new LinkedHashMap<>(root().entries("x-webhooks"));
    webhooks.putAll(root().entries("webhooks"));
    return webhooks;
  }

  /** Returns an example of each type of resource that has one. */
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

  /** Writes the files to a folder, at their relative paths. */
  Copy copyTo(Path folder) {
    Path common = entry.getParent();
    for (Path file : files.keySet()) {
      while (common != null && !file.startsWith(common)) {
        common = common.getParent();
      }
    }
    if (common == null) {
      throw new IllegalStateException("The files of the description have no common folder");
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

  /** Copies a file, or writes it as JSON if it was changed. */
  private Path write(Path file, JsonNode content, Path target) throws IOException {
    if (content.equals(load(file))) {
      return Files.copy(file, target);
    }
    // The name must not change. JSON is also YAML, but reading it as such takes much longer.
    Path named = files.size() == 1 ? target.resolveSibling(stem(target) + ".json") : target;
    return Files.writeString(named, content.toString());
  }

  /**
   * A copy of the files.
   *
   * @param folder the folder of all files
   * @param entry the entry file's path in it
   */
  record Copy(Path folder, String entry) {}

  private JsonNode at(Path file, JsonPointer pointer) {
    JsonNode content = files.get(file);
    if (content == null) {
      throw new IllegalStateException(
          "The description refers to " + file + ", which does not exist");
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
    // Anchors are not supported.
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

  /** A location in the description, with resolved references. Immutable. */
  final class Node {
    private final Path file;
    private final JsonNode json;
    private final @Nullable String name;

    private Node(Path file, JsonNode json, @Nullable String name) {
      this.file = file;
      this.json = json;
      this.name = name;
    }

    /** Returns the content, in which references are not resolved. */
    JsonNode json() {
      return json;
    }

    /** Returns the name of the component if this is the target of a reference, otherwise null. */
    @Nullable String name() {
      return name;
    }

    /** Returns the value of a key, or null if it is absent. */
    @Nullable Node get(String key) {
      JsonNode child = json.get(key);
      return child == null ? null : resolved(child);
    }

    /**
     * Returns the properties of this object, or of the object below a key; empty if it is absent.
     */
    Map<String, Node> entries() {
      Map<String, Node> entries = new LinkedHashMap<>();
      json.properties().forEach(entry -> entries.put(entry.getKey(), resolved(entry.getValue())));
      return entries;
    }

    /** Returns the entries below a key; empty if it is absent. */
    Map<String, Node> entries(String key) {
      Node child = get(key);
      return child == null ? Map.of() : child.entries();
    }

    /** Returns the items of the list below a key; empty if it is absent. */
    Iterable<Node> items(String key) {
      Node child = get(key);
      if (child == null) {
        return Set.of();
      }
      Deque<Node> items = new ArrayDeque<>();
      child.json.forEach(item -> items.add(child.resolved(item)));
      return items;
    }

    /** Returns the string below a key, or null if there is none. */
    @Nullable String text(String key) {
      JsonNode child = json.get(key);
      return child == null || !child.isTextual() ? null : child.asText();
    }

    /** Returns whether this contains an unresolvable reference. */
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
      throw new IllegalStateException("A reference in " + file + " is circular");
    }
  }
}
