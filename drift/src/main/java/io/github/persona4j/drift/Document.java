package io.github.persona4j.drift;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of a description. */
final class Document {
  final Path file;
  private final String name;
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
}
