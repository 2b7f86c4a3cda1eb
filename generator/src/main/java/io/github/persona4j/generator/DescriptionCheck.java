package io.github.persona4j.generator;

import io.github.persona4j.generator.DescriptionFiles.Part;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Checks a description before code is generated from it, so that each error has its file, its line
 * and its column.
 */
final class DescriptionCheck {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^}]*)}");

  /** Members whose content is data, in which {@code $ref} is no reference. */
  private static final Set<String> DATA = Set.of("example", "default", "enum", "const", "value");

  private static final Set<String> TYPES =
      Set.of("array", "boolean", "integer", "number", "object", "string");

  private final DescriptionFiles files = new DescriptionFiles();
  private final Map<String, Part> operations = new HashMap<>();
  private final Map<String, Part> schemas = new HashMap<>();
  private final Set<String> tags = new HashSet<>();

  /** Returns what is wrong with the description, each with its place; empty if nothing is. */
  Set<String> check(String description) {
    Path file;
    try {
      file = Path.of(description);
    } catch (InvalidPathException e) {
      files.problems().add(description + ": no such file");
      return files.problems();
    }
    String shown = DescriptionFiles.shown(file);
    if (Files.isDirectory(file)) {
      files.problems().add(shown + ": a folder; name the root file of the description");
    } else if (!Files.isRegularFile(file)) {
      files.problems().add(shown + ": no such file");
    } else {
      Part root = files.read(file);
      if (root != null && isDescription(root)) {
        follow(root);
        checkComposition();
        collectTags(root);
        checkOperations(root);
      }
    }
    return files.problems();
  }

  private boolean isDescription(Part root) {
    if (!(root.node() instanceof MappingNode)) {
      files.problem(root, "no OpenAPI description: it is not an object");
      return false;
    }
    Part swagger = root.member("swagger");
    if (swagger != null) {
      files.problem(swagger, "this is Swagger 2.0; convert it to OpenAPI 3.0");
      return false;
    }
    Part openapi = root.member("openapi");
    if (openapi == null) {
      files.problem(root, "no OpenAPI description: 'openapi' is missing");
      return false;
    }
    if (!String.valueOf(openapi.text()).matches("3\\.0(\\.\\d+)?")) {
      files.problem(
          openapi, "the generator reads OpenAPI 3.0, and this is '" + openapi.text() + "'");
      return false;
    }
    if (root.member("paths") == null) {
      files.problem(root, "no operations: 'paths' is missing");
      return false;
    }
    return true;
  }

  /** A part to visit, and whether the names of its members are names that the author chose. */
  private record Visit(Part part, boolean isNames) {}

  /** Follows all references, and reports keys that are there twice. */
  private void follow(Part root) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Visit> open = new ArrayDeque<>();
    open.add(new Visit(root, false));
    while (!open.isEmpty()) {
      Visit visit = open.remove();
      Part part = visit.part();
      if (!seen.add(part.node())) {
        continue;
      }
      part.items().forEach(item -> open.add(new Visit(item, false)));
      Map<String, NodeTuple> names = new HashMap<>();
      for (NodeTuple tuple : part.members()) {
        String name = Part.name(tuple);
        NodeTuple former = names.putIfAbsent(name, tuple);
        if (former != null) {
          int line = former.getKeyNode().getStartMark().getLine() + 1;
          files.problem(
              new Part(part.file(), tuple.getKeyNode()),
              "'" + name + "' is there twice, first in line " + line);
        }
        Part member = new Part(part.file(), tuple.getValueNode());
        if (name.equals("$ref") && !visit.isNames() && member.text() != null) {
          Part target = files.target(member, member.text());
          if (target != null) {
            addSchema(member.text(), target);
            open.add(new Visit(target, false));
          }
        } else if (name.equals("mapping") && !visit.isNames()) {
          followMapping(member, open);
        } else if (visit.isNames() || !DATA.contains(name)) {
          if (visit.isNames() || name.equals("items") || name.equals("schema")) {
            checkType(member);
          }
          boolean isNames =
              !visit.isNames() && (name.equals("properties") || name.equals("schemas"));
          open.add(new Visit(member, isNames));
          if (name.equals("schemas") && !visit.isNames()) {
            member.members().forEach(each -> addSchema(Part.name(each), valueOf(member, each)));
          }
        }
      }
    }
  }

  /** Reports schemas that consist of themselves, which have no end in Java. */
  private void checkComposition() {
    Set<Node> finished = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Part schema : schemas.values()) {
      checkComposition(schema, Collections.newSetFromMap(new IdentityHashMap<>()), finished);
    }
  }

  private void checkComposition(Part schema, Set<Node> open, Set<Node> finished) {
    if (finished.contains(schema.node())) {
      return;
    }
    open.add(schema.node());
    for (String keyword : List.of("allOf", "oneOf", "anyOf")) {
      for (Part item : schema.items(keyword)) {
        Part part = files.resolve(item);
        if (part != null && open.contains(part.node())) {
          files.problem(item, "the schema is a part of itself, through " + keyword);
        } else if (part != null) {
          checkComposition(part, open, finished);
        }
      }
    }
    open.remove(schema.node());
    finished.add(schema.node());
  }

  private void checkType(Part schema) {
    Part type = schema.member("type");
    if (type != null && !TYPES.contains(String.valueOf(type.text()))) {
      files.problem(type, "there is no type '" + type.text() + "'");
    }
  }

  private static Part valueOf(Part part, NodeTuple tuple) {
    return new Part(part.file(), tuple.getValueNode());
  }

  /** Follows the references in the mapping of a discriminator. */
  private void followMapping(Part mapping, Deque<Visit> open) {
    for (NodeTuple tuple : mapping.members()) {
      if (tuple.getValueNode() instanceof ScalarNode scalar
          && scalar.getValue().matches(".*[#/].*|.*\\.(ya?ml|json)")) {
        Part target = files.target(valueOf(mapping, tuple), scalar.getValue());
        if (target != null) {
          open.add(new Visit(target, false));
        }
      }
    }
  }

  private void addSchema(String reference, Part part) {
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    Part resolved = files.resolve(part);
    if (resolved != null) {
      schemas.putIfAbsent(name.replaceAll("\\.(ya?ml|json)$", ""), resolved);
    }
  }

  private void collectTags(Part root) {
    for (Part tag : root.items("tags")) {
      String api = tag.text("x-api");
      String name = api == null ? tag.text("name") : api;
      if (tag.text("description") == null) {
        files.problem(tag, "the tag '" + name + "' has no description");
      }
      tags.add(group(String.valueOf(name)));
    }
  }

  /** Names of groups are compared as the names of their classes. */
  private static String group(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private void checkOperations(Part root) {
    Part paths = root.member("paths");
    Part all = paths == null ? null : files.resolve(paths);
    if (all != null) {
      for (NodeTuple path : all.members()) {
        Part item = files.resolve(valueOf(all, path));
        if (item != null) {
          checkOperations(Part.name(path), item);
        }
      }
    }
    if (operations.isEmpty() && files.problems().isEmpty()) {
      files.problem(root, "no operations: 'paths' is empty");
    }
  }

  private void checkOperations(String path, Part item) {
    for (NodeTuple member : item.members()) {
      String method = Part.name(member);
      if (METHODS.contains(method)) {
        Part key = new Part(item.file(), member.getKeyNode());
        String name = method.toUpperCase(Locale.ROOT) + " " + path;
        Part operation = valueOf(item, member);
        checkOperation(key, name, operation);
        checkPathParameters(key, name, List.of(item, operation));
      }
    }
  }

  private void checkOperation(Part key, String name, Part operation) {
    Part id = operation.member("operationId");
    if (id == null || id.text() == null) {
      files.problem(key, name + " has no operationId");
    } else {
      Part former = operations.putIfAbsent(id.text(), id);
      if (former != null && !former.equals(id)) {
        files.problem(
            id,
            "the operationId '"
                + id.text()
                + "' is there twice, first at "
                + DescriptionFiles.shown(former.file())
                + ":"
                + (former.node().getStartMark().getLine() + 1));
      }
    }
    if (operation.member("responses") == null) {
      files.problem(key, name + " has no responses");
    }
    checkTag(key, name, operation);
  }

  private void checkPathParameters(Part key, String name, List<Part> owners) {
    Set<String> described = new HashSet<>();
    for (Part owner : owners) {
      for (Part item : owner.items("parameters")) {
        Part parameter = files.resolve(item);
        if (parameter != null && "path".equals(parameter.text("in"))) {
          described.add(String.valueOf(parameter.text("name")));
        }
      }
    }
    PATH_PARAMETER
        .matcher(name)
        .results()
        .map(match -> match.group(1))
        .filter(parameter -> !described.contains(parameter))
        .forEach(parameter -> files.problem(key, name + " has no parameter '" + parameter + "'"));
  }

  private void checkTag(Part key, String name, Part operation) {
    Part api = operation.member("x-api");
    Part tag = api != null ? api : operation.items("tags").stream().findFirst().orElse(null);
    if (tag == null) {
      files.problem(key, name + " has no tag, which names the class of its methods");
    } else if (!tags.contains(group(String.valueOf(tag.text())))) {
      files.problem(
          tag,
          "the tag '"
              + tag.text()
              + "' of "
              + name
              + " is not in the list 'tags' of the root file");
    }
  }

  /** Adds what the generator refuses, at the place of the schema or the operation. */
  void refused(Refused refused) {
    Part part =
        refused.operation() != null
            ? operations.get(refused.operation())
            : schema(String.valueOf(refused.schema()), String.valueOf(refused.getMessage()));
    String message = String.valueOf(refused.getMessage());
    if (part == null) {
      files.problems().add(message);
    } else {
      files.problem(part, message);
    }
  }

  /** Returns the property of a schema that a message names first, or the schema. */
  private @Nullable Part schema(String name, String message) {
    Part schema = schemas.get(name);
    if (schema == null) {
      return inline(name);
    }
    Part properties = schema.member("properties");
    Part found = schema;
    if (properties != null) {
      int first = message.length();
      for (NodeTuple property : properties.members()) {
        int index = message.indexOf("'" + Part.name(property) + "'");
        if (index >= 0 && index < first) {
          first = index;
          found = new Part(properties.file(), property.getKeyNode());
        }
      }
    }
    return found;
  }

  /** Returns the operation or the schema that contains a schema without a name of its own. */
  private @Nullable Part inline(String name) {
    String searched = group(name);
    Part found = null;
    int length = 0;
    for (Map<String, Part> parts : List.of(operations, schemas)) {
      for (Map.Entry<String, Part> part : parts.entrySet()) {
        String start = group(part.getKey());
        if (start.length() > length && searched.startsWith(start)) {
          found = part.getValue();
          length = start.length();
        }
      }
    }
    return found;
  }

  /**
   * Returns the place of what a message of the parser names, such as {@code paths.'/x'(get).tags};
   * the root file if it names nothing.
   */
  void invalid(String description, String message) {
    Part part = files.read(Path.of(description));
    String rest = message.replaceFirst("^attribute ", "");
    while (part != null) {
      Part resolved = files.resolve(part);
      NodeTuple next = resolved == null ? null : named(resolved, rest);
      if (resolved == null || next == null) {
        files.problem(part, message);
        return;
      }
      String name = Part.name(next);
      rest = rest.substring(rest.indexOf(name) + name.length()).replaceFirst("^['\\)]+", "");
      part = valueOf(resolved, next);
    }
  }

  /** Returns the member whose name a text begins with. */
  private static @Nullable NodeTuple named(Part part, String text) {
    for (NodeTuple member : part.members()) {
      String name = Pattern.quote(Part.name(member));
      if (text.matches("(?s)[.'(]*" + name + "(?![A-Za-z0-9_-]).*")) {
        return member;
      }
    }
    return null;
  }
}
