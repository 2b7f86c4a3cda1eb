package io.github.persona4j.testing.internal.description;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The description of the API. Immutable and shared by all fakes of the process. */
public final class ApiDescription {
  private static final String FILE = "description.tsv";

  /** The operation of a request, with the values of the parameters of its path. */
  public record Match(Operation operation, Map<String, String> pathParameters) {}

  private static final class Holder {
    static final ApiDescription INSTANCE = new ApiDescription();
  }

  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<String, List<Operation>> byFirstSegment = new HashMap<>();
  private final Map<String, String> schemaLines = new HashMap<>();
  private final Map<String, String> exampleLines = new HashMap<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<String, ResourceType> resources = new TreeMap<>();

  /** Reads the file; package-private so that a test has one that has parsed nothing yet. */
  ApiDescription() {
    for (String line : text().lines().toList()) {
      String[] columns = line.split("\t", -1);
      switch (columns[0]) {
        case "operation" ->
            add(new Operation(this, columns[1], columns[2], columns[3], columns[4]));
        case "schema" -> schemaLines.put(columns[1], columns[2]);
        case "example" -> exampleLines.put(columns[1], columns[2]);
        case "resource" -> resources.put(columns[1], new ResourceType(this, columns));
        default -> throw new IllegalStateException(FILE + " has a line of unknown kind");
      }
    }
  }

  /** Returns the description, which is loaded at the first call. */
  public static ApiDescription get() {
    return Holder.INSTANCE;
  }

  private static String text() {
    try (InputStream in = ApiDescription.class.getResourceAsStream(FILE)) {
      return new String(
          Objects.requireNonNull(in, FILE + " is missing").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Operation operation) {
    operations.put(operation.id(), operation);
    byFirstSegment
        .computeIfAbsent(operation.segments().get(0), segment -> new ArrayList<>())
        .add(operation);
  }

  /** Returns all operations in the order of the description. */
  public Collection<Operation> operations() {
    return Collections.unmodifiableCollection(operations.values());
  }

  /**
   * Returns the operation with this id, such as {@code inquiries.approve}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Operation operation(String id) {
    Operation operation = operations.get(id);
    if (operation == null) {
      throw new IllegalArgumentException("unknown operation: " + id);
    }
    return operation;
  }

  /**
   * Returns the operation of a request; null if there is none. A literal segment of a path wins
   * over a parameter: {@code /inquiries/search} is not an inquiry.
   *
   * @param path the path after the base path, such as {@code /inquiries/inq_1}
   */
  public @Nullable Match match(String method, String path) {
    Match found = null;
    String[] segments = path.split("/", -1);
    if (segments.length < 2) {
      return null;
    }
    for (Operation operation : byFirstSegment.getOrDefault(segments[1], List.of())) {
      Map<String, String> parameters =
          operation.method().equals(method) ? operation.match(segments) : null;
      if (parameters != null
          && (found == null || parameters.size() < found.pathParameters().size())) {
        found = new Match(operation, parameters);
      }
    }
    return found;
  }

  /**
   * Returns whether there is an operation that a request with this method and path can be for.
   *
   * @param method in capitals, or {@code *} for any
   * @param segments the path after the base path, split at the slashes; one in braces is any
   */
  public boolean hasOperation(String method, List<String> segments) {
    return operations.values().stream()
        .anyMatch(
            operation ->
                (method.equals("*") || method.equals(operation.method()))
                    && fits(operation.segments(), segments));
  }

  private static boolean fits(List<String> described, List<String> given) {
    boolean fits = described.size() == given.size();
    for (int i = 0; fits && i < given.size(); i++) {
      String segment = given.get(i);
      fits =
          segment.startsWith("{")
              || (described.get(i).startsWith("{")
                  ? !segment.isEmpty()
                  : described.get(i).equals(segment));
    }
    return fits;
  }

  /**
   * Returns the schema with this name, such as {@code InquiryAttributes}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Schema schema(String name) {
    Schema known = schemas.get(name);
    if (known != null) {
      return known;
    }
    String line = schemaLines.get(name);
    if (line == null) {
      throw new IllegalArgumentException("unknown schema: " + name);
    }
    // Not computeIfAbsent: a schema reads those that it inherits from, and the map forbids that.
    Schema schema = new Schema(this, StrictJsonParser.parse(line).getAsJsonObject());
    Schema other = schemas.putIfAbsent(name, schema);
    return other == null ? schema : other;
  }

  /**
   * Returns a new copy of the example with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public JsonElement example(String name) {
    String line = exampleLines.get(name);
    if (line == null) {
      throw new IllegalArgumentException("unknown example: " + name);
    }
    return StrictJsonParser.parse(line);
  }

  /** Returns all types of resources in alphabetical order. */
  public Collection<ResourceType> resourceTypes() {
    return Collections.unmodifiableCollection(resources.values());
  }

  /** Returns the resource type with this name, such as {@code verification/selfie}. */
  public @Nullable ResourceType resourceType(String type) {
    return resources.get(type);
  }

  Schema inline(JsonObject json) {
    return json.has("$ref") && json.size() == 1
        ? schema(json.get("$ref").getAsString())
        : new Schema(this, json);
  }
}
