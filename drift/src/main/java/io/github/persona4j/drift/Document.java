package io.github.persona4j.drift;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of a description. */
final class Document {
  final Path file;
  private final String name;
  private final List<String> problems = new ArrayList<>();
  private @Nullable Node root;

  /** The name is what messages call the file. */
  Document(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  String name() {
    return name;
  }

  /**
   * Returns the content. A file that is still being read, or could not be read, is an empty object.
   */
  Node root() {
    Node result = root;
    return result == null ? new Node(this, 0, Map.of()) : result;
  }

  void setRoot(Node root) {
    this.root = root;
  }

  /** What is wrong with the file, each with its place. */
  List<String> problems() {
    return problems;
  }

  void twice(String name, String place) {
    problems.add(place + ": '" + name + "' is there twice, the last one counts");
  }
}
