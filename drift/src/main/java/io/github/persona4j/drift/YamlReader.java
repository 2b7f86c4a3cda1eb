package io.github.persona4j.drift;

import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads YAML with the types of YAML 1.2, which OpenAPI prescribes: {@code no}, {@code on} and
 * {@code 2025-12-08} are strings.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 400;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

  private final Document document;
  private final IdentityHashMap<org.yaml.snakeyaml.nodes.Node, Node> known =
      new IdentityHashMap<>();
  private final IdentityHashMap<org.yaml.snakeyaml.nodes.Node, Boolean> open =
      new IdentityHashMap<>();

  private YamlReader(Document document) {
    this.document = document;
  }

  static Node read(Document document, Reader reader) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(100_000);
    options.setNestingDepthLimit(MAX_DEPTH);
    try {
      org.yaml.snakeyaml.nodes.Node root = new Yaml(new SafeConstructor(options)).compose(reader);
      return root == null
          ? new Node(document, 0, new LinkedHashMap<String, Node>())
          : new YamlReader(document).convert(root, 0);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new DescriptionException(
          document.name() + ":" + line + ": not YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw new DescriptionException(document.name() + ": not YAML: " + e.getMessage(), e);
    }
  }

  private Node convert(org.yaml.snakeyaml.nodes.Node source, int depth) {
    Node done = known.get(source);
    if (done != null) {
      return done;
    }
    int line = source.getStartMark().getLine() + 1;
    if (depth > MAX_DEPTH || open.put(source, true) != null) {
      throw new DescriptionException(
          document.name() + ":" + line + ": an alias contains itself, or the nesting is too deep");
    }
    Node node = new Node(document, line, value(source, depth));
    open.remove(source);
    known.put(source, node);
    return node;
  }

  private @Nullable Object value(org.yaml.snakeyaml.nodes.Node source, int depth) {
    if (source instanceof MappingNode mapping) {
      Map<String, Node> members = new LinkedHashMap<>();
      Set<String> names = new HashSet<>();
      for (NodeTuple entry : mapping.getValue()) {
        String name = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
        Node member = convert(entry.getValueNode(), depth + 1);
        if (name.equals("<<")) {
          merge(members, member);
        } else {
          if (!names.add(name)) {
            int line = entry.getKeyNode().getStartMark().getLine() + 1;
            document.twice(name, document.name() + ":" + line);
          }
          members.put(name, member);
        }
      }
      return members;
    }
    if (source instanceof SequenceNode sequence) {
      List<Node> items = new ArrayList<>();
      for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
        items.add(convert(item, depth + 1));
      }
      return items;
    }
    ScalarNode scalar = (ScalarNode) source;
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    return plain ? plain(scalar.getValue()) : scalar.getValue();
  }

  private static void merge(Map<String, Node> members, Node merged) {
    List<Node> sources = merged.isArray() ? merged.items() : List.of(merged);
    for (Node source : sources) {
      source.members().forEach(members::putIfAbsent);
    }
  }

  private static @Nullable Object plain(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> number(text);
    };
  }

  /** Returns the number, or the text if it is none or absurdly large. */
  static Object number(String text) {
    return text.length() < 400 && NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
  }
}
