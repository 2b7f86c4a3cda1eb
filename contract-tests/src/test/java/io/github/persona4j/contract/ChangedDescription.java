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
 * A copy of our description, in one file, to be changed: with a few of its operations only, so that
 * a suite over it is short.
 */
final class ChangedDescription {
  private final ObjectNode root;
  private final Map<String, String> pathById = new LinkedHashMap<>();

  private ChangedDescription(ObjectNode root) {
    this.root = root;
  }

  /** A copy with these operations, by their operationIds. */
  static ChangedDescription with(List<String> operations) {
    Path whole = MockFile.of(Contract.SETTINGS, Contract.SETTINGS.ours());
    try {
      ChangedDescription copy =
          new ChangedDescription((ObjectNode) Json.parse(Files.readString(whole)));
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

  /** The operations by their paths. */
  ObjectNode paths() {
    return object("paths");
  }

  /** Everything that is described at the path of an operation. */
  ObjectNode path(String operationId) {
    return (ObjectNode) paths().path(pathById.get(operationId));
  }

  /** An operation. */
  ObjectNode operation(String operationId) {
    return (ObjectNode) path(operationId).elements().next();
  }

  /** Adds a required parameter that is a text. */
  void addParameter(String operationId, String in, String name) {
    ObjectNode parameter = operation(operationId).withArrayProperty("parameters").addObject();
    parameter.put("name", name).put("in", in).put("required", true);
    parameter.putObject("schema").put("type", "string");
  }

  /** The answers of an operation by their status. */
  ObjectNode answers(String operationId) {
    return (ObjectNode) operation(operationId).path("responses");
  }

  /** A schema by its name. */
  ObjectNode schema(String name) {
    return object("components", "schemas", name);
  }

  /** The value of an example by its name. */
  ObjectNode example(String name) {
    return object("components", "examples", name, "value");
  }

  /** The attributes of the resource in an example. */
  ObjectNode attributes(String example) {
    return (ObjectNode) example(example).at("/data/attributes");
  }

  /** An object by the keys that lead to it. */
  ObjectNode object(String... keys) {
    ObjectNode found = root;
    for (String key : keys) {
      found = (ObjectNode) found.required(key);
    }
    return found;
  }

  /** Writes it to a file. */
  Path writeTo(Path file) {
    try {
      return Files.writeString(file, root.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
