package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A modifiable copy of our description in one file, with only a few of its operations, so that a
 * suite with it is fast.
 */
final class ChangedDescription {
  private final ObjectNode root;
  private final Map<String, String> pathById = new LinkedHashMap<>();

  private ChangedDescription(ObjectNode root) {
    this.root = root;
  }

  /** Returns a copy with these operations, by operationId. */
  static ChangedDescription with(List<String> operations) {
    Path bundled = MockFile.of(Contract.SETTINGS, Contract.SETTINGS.ours());
    try {
      ChangedDescription copy =
          new ChangedDescription((ObjectNode) Json.parse(Files.readString(bundled)));
      copy.keep(operations);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(List<String> operations) {
    ObjectNode kept = root.objectNode();
    for (Operation operation : Contract.ours()) {
      if (operations.contains(operation.id())) {
        String method = operation.method().toLowerCase(Locale.ROOT);
        JsonNode described = paths().path(operation.path()).path(method);
        kept.withObjectProperty(operation.path()).set(method, described);
        pathById.put(operation.id(), operation.path());
      }
    }
    root.set("paths", kept);
  }

  /** Returns the operations by path. */
  ObjectNode paths() {
    return object("paths");
  }

  /** Returns the path item of an operation. */
  ObjectNode path(String operationId) {
    return (ObjectNode) paths().path(pathById.get(operationId));
  }

  /** Returns an operation. */
  ObjectNode operation(String operationId) {
    return (ObjectNode) path(operationId).elements().next();
  }

  /** Adds a required string parameter. */
  void addParameter(String operationId, String in, String name) {
    ObjectNode parameter = operation(operationId).withArrayProperty("parameters").addObject();
    parameter.put("name", name).put("in", in).put("required", true);
    parameter.putObject("schema").put("type", "string");
  }

  /** Returns the responses of an operation by status. */
  ObjectNode responses(String operationId) {
    return (ObjectNode) operation(operationId).path("responses");
  }

  /** Returns a schema by name. */
  ObjectNode schema(String name) {
    return object("components", "schemas", name);
  }

  /** Returns the value of an example by name. */
  ObjectNode example(String name) {
    return object("components", "examples", name, "value");
  }

  /** Returns the attributes of the resource in an example. */
  ObjectNode attributes(String example) {
    return (ObjectNode) example(example).at("/data/attributes");
  }

  /** Returns the object at a path of keys. */
  ObjectNode object(String... keys) {
    ObjectNode found = root;
    for (String key : keys) {
      found = (ObjectNode) found.required(key);
    }
    return found;
  }

  /** Writes this description to a file. */
  Path writeTo(Path file) {
    try {
      return Files.writeString(file, root.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
