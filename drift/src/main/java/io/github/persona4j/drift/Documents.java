package io.github.persona4j.drift;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a description, and the references between them. A reference that leads nowhere is a
 * {@link #problems() problem} and counts as an empty object, so that the rest can be compared.
 */
final class Documents {
  private static final List<String> ROOT_NAMES =
      List.of("openapi.yaml", "openapi.yml", "openapi.json");

  private final Path folder;
  private final Map<Path, Document> loaded = new HashMap<>();
  private final IdentityHashMap<Node, Node> targets = new IdentityHashMap<>();
  private final IdentityHashMap<Node, String> names = new IdentityHashMap<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Document root;

  private Documents(Path file) {
    Path parent = file.getParent();
    this.folder = parent == null ? file : parent;
    this.root = load(file);
  }

  /**
   * Reads a description.
   *
   * @param file its root file, or the folder that contains it
   * @throws DescriptionException if there is no such file, or it is neither JSON nor YAML
   */
  static Documents read(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      return new Documents(rootOf(absolute));
    }
    if (!Files.isRegularFile(absolute)) {
      throw new DescriptionException(file + ": no such file");
    }
    return new Documents(absolute);
  }

  private static Path rootOf(Path folder) {
    for (String name : ROOT_NAMES) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> roots = files.filter(Documents::looksLikeRoot).sorted().toList();
      if (roots.size() == 1) {
        return roots.get(0);
      }
      throw new DescriptionException(
          folder
              + (roots.isEmpty()
                  ? ": contains no description"
                  : ": contains several descriptions, name one: "
                      + roots.stream().map(Path::getFileName).toList()));
    } catch (IOException e) {
      throw new DescriptionException(folder + ": cannot be read", e);
    }
  }

  private static boolean looksLikeRoot(Path file) {
    if (!file.toString().matches(".*\\.(ya?ml|json)") || !Files.isRegularFile(file)) {
      return false;
    }
    try {
      return Files.readString(file).matches("(?s)(.*\\n)?[\\s{]*\"?openapi\"?\\s*:.*");
    } catch (IOException e) {
      return false;
    }
  }

  Node root() {
    return root.root();
  }

  /** What is wrong with the description, each with its file and place. */
  Set<String> problems() {
    return problems;
  }

  void problem(Node node, String problem) {
    problems.add(node.place() + ": " + problem);
  }

  /**
   * Follows the references of an object that is not a schema. Members next to a reference replace
   * those of its target.
   */
  Node resolve(Node node) {
    List<Node> chain = new ArrayList<>();
    Node current = node;
    while (current.string("$ref") != null) {
      Node target = chain.size() > 50 ? null : target(current);
      if (target == null) {
        if (chain.size() > 50) {
          problem(node, "the reference leads to itself");
        }
        return new Node(node.document, node.line, Map.of());
      }
      chain.add(current);
      current = target;
    }
    for (int i = chain.size() - 1; i >= 0; i--) {
      if (chain.get(i).members().size() > 1) {
        current = current.with(chain.get(i));
      }
    }
    return current;
  }

  /** Returns the target of the reference in the object, or null if it leads nowhere. */
  @Nullable Node target(Node node) {
    String reference = node.string("$ref");
    if (reference == null) {
      return null;
    }
    Node known = targets.get(node);
    if (known != null) {
      return known;
    }
    Node target = find(node, reference);
    if (target != null) {
      targets.put(node, target);
    }
    return target;
  }

  /** Returns the target of a reference that the node contains, or null if it leads nowhere. */
  @Nullable Node find(Node from, String reference) {
    return find(from, reference, 0);
  }

  private @Nullable Node find(Node from, String reference, int depth) {
    int hash = reference.indexOf('#');
    String path = hash < 0 ? reference : reference.substring(0, hash);
    String pointer = hash < 0 ? "" : reference.substring(hash + 1);
    Document document = path.isEmpty() ? from.document : document(from, path);
    if (document == null) {
      return null;
    }
    Node found = walk(document, pointer, depth);
    if (found == null && path.isEmpty() && from.document != root) {
      // Files that were split by hand often refer to the root file as if they were a part of it.
      found = walk(root, pointer, depth);
    }
    if (found == null) {
      problem(from, "the reference '" + reference + "' leads nowhere");
    }
    return found;
  }

  private @Nullable Node walk(Document document, String pointer, int depth) {
    Node node = document.root();
    String name = withoutExtension(document.file);
    for (String part : pointer.split("/", -1)) {
      if (part.isEmpty() && node == document.root()) {
        continue;
      }
      String token = unescape(part);
      Node next = child(node, token);
      if (next == null && node.string("$ref") != null && depth < 50) {
        Node target = find(node, String.valueOf(node.string("$ref")), depth + 1);
        next = target == null ? null : child(target, token);
      }
      if (next == null) {
        return null;
      }
      node = next;
      name = token;
    }
    names.putIfAbsent(node, name);
    return node;
  }

  /** Returns the name of the component or the file that the node is, or null if it is inline. */
  @Nullable String nameOf(Node node) {
    return names.get(node);
  }

  private @Nullable Document document(Node from, String path) {
    if (path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      problem(from, "the reference '" + path + "' leads to another host");
      return null;
    }
    Path parent = from.document.file.getParent();
    if (parent == null) {
      return null;
    }
    try {
      Path file = parent.resolve(path).normalize();
      if (!Files.isRegularFile(file)) {
        file = parent.resolve(decode(path)).normalize();
      }
      if (Files.isRegularFile(file)) {
        return load(file);
      }
    } catch (InvalidPathException e) {
      // The problem below says it.
    }
    problem(from, "the reference '" + path + "' names no file");
    return null;
  }

  private Document load(Path file) {
    Document known = loaded.get(file);
    if (known != null) {
      return known;
    }
    Document document = new Document(file, file.startsWith(folder) ? name(file) : file.toString());
    loaded.put(file, document);
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new DescriptionException(
          document.name() + ": cannot be read as UTF-8: " + e.getMessage(), e);
    }
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    document.setRoot(parse(document, text));
    problems.addAll(document.problems());
    return document;
  }

  private static Node parse(Document document, String text) {
    Reader reader = new StringReader(text);
    try {
      return text.stripLeading().startsWith("{") && !document.name().matches(".*\\.ya?ml")
          ? JsonReader.read(document, reader)
          : YamlReader.read(document, reader);
    } catch (StackOverflowError e) {
      throw new DescriptionException(document.name() + ": the nesting is too deep", e);
    }
  }

  private String name(Path file) {
    Path base = folder.getFileName();
    String relative = folder.relativize(file).toString().replace('\\', '/');
    return base == null ? relative : base + "/" + relative;
  }

  private static @Nullable Node child(Node node, String token) {
    return node.isArray() ? item(node, token) : node.get(token);
  }

  private static @Nullable Node item(Node array, String index) {
    return index.matches("[0-9]{1,6}") && Integer.parseInt(index) < array.items().size()
        ? array.items().get(Integer.parseInt(index))
        : null;
  }

  private static String unescape(String token) {
    return decode(token).replace("~1", "/").replace("~0", "~");
  }

  private static String decode(String text) {
    if (text.indexOf('%') >= 0) {
      try {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        // It is a percent sign.
      }
    }
    return text;
  }

  private static String withoutExtension(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }
}
