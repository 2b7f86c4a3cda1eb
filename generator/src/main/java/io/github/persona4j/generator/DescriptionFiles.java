package io.github.persona4j.generator;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The files of a description, YAML or JSON, with the line and column of each part. */
final class DescriptionFiles {
  private static final int MAX_CHAIN = 50;

  private final Map<Path, @Nullable Node> files = new HashMap<>();
  private final Set<String> problems = new LinkedHashSet<>();

  /** A part of a file. */
  record Part(Path file, Node node) {
    /** Returns the member with the name, or null if there is none. */
    @Nullable Part member(String name) {
      NodeTuple tuple = tuple(name);
      return tuple == null ? null : new Part(file, tuple.getValueNode());
    }

    /** Returns the name of the member as a part, for its place; null if there is none. */
    @Nullable Part key(String name) {
      NodeTuple tuple = tuple(name);
      return tuple == null ? null : new Part(file, tuple.getKeyNode());
    }

    private @Nullable NodeTuple tuple(String name) {
      for (NodeTuple tuple : members()) {
        if (name.equals(name(tuple))) {
          return tuple;
        }
      }
      return null;
    }

    List<NodeTuple> members() {
      return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    List<Part> items() {
      return node instanceof SequenceNode sequence
          ? sequence.getValue().stream().map(item -> new Part(file, item)).toList()
          : List.of();
    }

    /** Returns the items of the member; empty if there is none. */
    List<Part> items(String name) {
      Part member = member(name);
      return member == null ? List.of() : member.items();
    }

    /** Returns the text of the member, or null if there is none. */
    @Nullable String text(String name) {
      Part member = member(name);
      return member == null ? null : member.text();
    }

    @Nullable String text() {
      return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    static String name(NodeTuple tuple) {
      return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }
  }

  /** What is wrong, each with its place. */
  Set<String> problems() {
    return problems;
  }

  void problem(Part part, String text) {
    problems.add(place(part.file(), part.node().getStartMark()) + ": " + text);
  }

  /** Returns the content of a file, or null with a problem if it cannot be read. */
  @Nullable Part read(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    if (!files.containsKey(absolute)) {
      files.put(absolute, parse(absolute));
    }
    Node root = files.get(absolute);
    return root == null ? null : new Part(absolute, root);
  }

  private @Nullable Node parse(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      problems.add(shown(file) + ": cannot be read as UTF-8 text");
      return null;
    }
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    try {
      Node root = text.stripLeading().startsWith("{") ? json(text) : yaml(text);
      if (root == null) {
        problems.add(shown(file) + ": the file is empty");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      problems.add(
          place(file, location == null ? null : mark(location))
              + ": not JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (MarkedYAMLException e) {
      problems.add(place(file, e.getProblemMark()) + ": not YAML: " + problem(e));
    } catch (IOException | YAMLException e) {
      problems.add(
          shown(file)
              + ": neither YAML nor JSON: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return null;
  }

  private static String problem(MarkedYAMLException e) {
    String context = e.getContext();
    return context == null || context.isBlank() ? e.getProblem() : context + ", " + e.getProblem();
  }

  private static @Nullable Node yaml(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(100_000);
    return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
  }

  private static Node json(String text) throws IOException {
    try (JsonParser parser = new JsonMapper().createParser(text)) {
      parser.nextToken();
      Node root = json(parser);
      parser.nextToken();
      return root;
    }
  }

  private static Node json(JsonParser parser) throws IOException {
    Mark start = mark(parser.currentTokenLocation());
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      List<NodeTuple> members = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        Node key = scalar(parser, mark(parser.currentTokenLocation()));
        parser.nextToken();
        members.add(new NodeTuple(key, json(parser)));
      }
      return new MappingNode(Tag.MAP, true, members, start, start, FlowStyle.FLOW);
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(json(parser));
      }
      return new SequenceNode(Tag.SEQ, true, items, start, start, FlowStyle.FLOW);
    }
    return scalar(parser, start);
  }

  private static Node scalar(JsonParser parser, Mark start) throws IOException {
    return new ScalarNode(Tag.STR, parser.getText(), start, start, ScalarStyle.DOUBLE_QUOTED);
  }

  private static Mark mark(JsonLocation location) {
    return new Mark("", 0, location.getLineNr() - 1, location.getColumnNr() - 1, new int[0], 0);
  }

  /**
   * Follows the references of a part. Returns null with a problem if one leads nowhere.
   *
   * @param part a part that may be an object with {@code $ref}
   */
  @Nullable Part resolve(Part part) {
    Part current = part;
    for (int i = 0; i < MAX_CHAIN; i++) {
      Part reference = current.member("$ref");
      String text = reference == null ? null : reference.text();
      if (reference == null || text == null) {
        return current;
      }
      Part target = target(reference, text);
      if (target == null) {
        return null;
      }
      current = target;
    }
    problem(part, "the reference leads to itself");
    return null;
  }

  /** Returns where a reference leads; null with a problem if it leads nowhere. */
  @Nullable Part target(Part from, String reference) {
    int hash = reference.indexOf('#');
    String path = hash < 0 ? reference : reference.substring(0, hash);
    if (path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      problem(from, "the reference '" + reference + "' leads to another host; save the file first");
      return null;
    }
    Part root = path.isEmpty() ? read(from.file()) : file(from, path, reference);
    if (root == null || hash < 0) {
      return root;
    }
    Part current = root;
    String pointer = reference.substring(hash + 1).replaceFirst("^/", "");
    for (String token : pointer.isEmpty() ? new String[0] : pointer.split("/", -1)) {
      Part next = child(current, unescape(token));
      if (next == null && current.member("$ref") != null) {
        Part resolved = resolve(current);
        next = resolved == null ? null : child(resolved, unescape(token));
      }
      if (next == null) {
        problem(
            from,
            "the reference '"
                + reference
                + "' leads nowhere: "
                + shown(root.file())
                + " has no '"
                + unescape(token)
                + "' there");
        return null;
      }
      current = next;
    }
    return current;
  }

  private @Nullable Part file(Part from, String path, String reference) {
    try {
      // As the generator reads it: %20 is no space.
      Path file = from.file().resolveSibling(path).normalize();
      if (Files.isRegularFile(file)) {
        return read(file);
      }
      problem(from, "the reference '" + reference + "' names no file: there is no " + shown(file));
    } catch (InvalidPathException e) {
      problem(from, "the reference '" + reference + "' names no file");
    }
    return null;
  }

  private static @Nullable Part child(Part part, String token) {
    if (part.node() instanceof SequenceNode) {
      return token.matches("[0-9]{1,6}") && Integer.parseInt(token) < part.items().size()
          ? part.items().get(Integer.parseInt(token))
          : null;
    }
    return part.member(token);
  }

  private static String unescape(String token) {
    String text = token;
    if (token.indexOf('%') >= 0) {
      try {
        text = URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        // It is a percent sign.
      }
    }
    return text.replace("~1", "/").replace("~0", "~");
  }

  private static String place(Path file, @Nullable Mark mark) {
    return mark == null
        ? shown(file)
        : shown(file) + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  /** Returns the path from where the program was started, if the file is below. */
  static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().normalize();
    return (absolute.startsWith(here) && !absolute.equals(here)
            ? here.relativize(absolute)
            : absolute)
        .toString();
  }
}
