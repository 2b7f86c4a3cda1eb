package io.github.persona4j.generator;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes what the fake of the API needs of the description into one small text file: a line per
 * operation, schema, example and resource. Lines end with JSON, and the fake parses only those that
 * it uses.
 */
public final class FakeDescription {
  private static final List<String> METHODS = List.of("get", "post", "patch", "put", "delete");

  private static final Set<String> SCHEMA_KEYS =
      Set.of(
          "$ref",
          "additionalProperties",
          "allOf",
          "discriminator",
          "enum",
          "format",
          "items",
          "maximum",
          "minimum",
          "nullable",
          "oneOf",
          "properties",
          "required",
          "type",
          "x-known-values",
          "x-safe-to-log",
          "x-string");

  private final Path root;
  private final Yaml yaml;
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> resources = new TreeMap<>();
  private final Set<String> created = new HashSet<>();
  private final Map<String, String> ids = new TreeMap<>();
  private final Map<String, Map<String, Object>> samples = new TreeMap<>();

  private FakeDescription(Path root) {
    this.root = root;
    LoaderOptions options = new LoaderOptions();
    DumperOptions dumping = new DumperOptions();
    this.yaml =
        new Yaml(
            new SafeConstructor(options),
            new Representer(dumping),
            dumping,
            options,
            new WithoutDates());
  }

  /** Dates in the description are texts. */
  private static final class WithoutDates extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
      addImplicitResolver(Tag.INT, INT, "-+0123456789");
      addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
      addImplicitResolver(Tag.MERGE, MERGE, "<");
      addImplicitResolver(Tag.NULL, NULL, "~nN\0");
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }

  /**
   * Reads the directory of the description, the first argument, and writes the file, the second.
   */
  public static void main(String[] arguments) throws IOException {
    FakeDescription description = new FakeDescription(Path.of(arguments[0]));
    description.read();
    Path target = Path.of(arguments[1]);
    Files.createDirectories(target.getParent());
    Files.write(target, description.lines);
  }

  private void read() throws IOException {
    Map<String, Object> paths = map(load(root.resolve("openapi.yaml")).get("paths"));
    for (Map.Entry<String, Object> path : paths.entrySet()) {
      Map<String, Object> item = load(root.resolve(reference(path.getValue())));
      for (String method : METHODS) {
        if (item.containsKey(method)) {
          addOperation(method, path.getKey(), map(item.get(method)));
        }
      }
    }
    each(
        "schemas",
        (name, schema) -> {
          addResource(name, map(schema));
          add("schema", name, compact(schema));
        });
    each(
        "examples",
        (name, example) -> {
          Object value = map(example).get("value");
          collectSamples(value);
          add("example", name, value);
        });
    resources.forEach(
        (type, schema) ->
            lines.add(
                String.join(
                    "\t",
                    "resource",
                    type,
                    schema,
                    prefix(type),
                    Boolean.toString(created.contains(type)),
                    samples.containsKey(type) ? (String) samples.get(type).get("id") : "",
                    gson.toJson(samples.get(type)))));
  }

  private void addOperation(String method, String path, Map<String, Object> operation)
      throws IOException {
    Map<String, Object> compact = new LinkedHashMap<>();
    copy(operation, "x-path-resource", compact, "resource");
    copy(operation, "x-pagination", compact, "pagination");
    copy(operation, "x-base-path", compact, "base-path");
    copy(operation, "x-sandbox-only", compact, "sandbox-only");
    copy(operation, "x-authorization", compact, "authorization");
    if (operation.containsKey("x-search")) {
      Map<String, Object> search = new LinkedHashMap<>();
      for (Object attribute : list(operation.get("x-search"))) {
        Map<String, Object> known = new LinkedHashMap<>();
        copy(map(attribute), "type", known, "type");
        copy(map(attribute), "operators", known, "operators");
        search.put((String) map(attribute).get("name"), known);
      }
      compact.put("search", search);
    }
    List<?> security = list(operation.get("security"));
    if (operation.containsKey("security") && (security.isEmpty() || security.contains(Map.of()))) {
      compact.put("public", true);
    }
    List<Object> parameters = new ArrayList<>();
    for (Object parameter : list(operation.get("parameters"))) {
      Map<String, Object> whole = resolve("parameters", parameter);
      if ("header".equals(whole.get("in"))) {
        continue; // the fake reads its headers itself
      }
      Map<String, Object> reduced = new LinkedHashMap<>();
      for (String key : List.of("name", "in", "required", "style")) {
        copy(whole, key, reduced, key);
      }
      reduced.put("schema", compact(whole.get("schema")));
      parameters.add(reduced);
    }
    compact.put("parameters", parameters);
    if (operation.containsKey("requestBody")) {
      Map<String, Object> body = map(operation.get("requestBody"));
      compact.put("request", content(body));
      compact.put("body-required", Boolean.TRUE.equals(body.get("required")));
    }
    Map<String, Object> responses = new LinkedHashMap<>();
    List<Integer> errors = new ArrayList<>();
    for (Map.Entry<String, Object> response : map(operation.get("responses")).entrySet()) {
      if (response.getKey().startsWith("2")) {
        responses.put(response.getKey(), content(resolve("responses", response.getValue())));
      } else {
        errors.add(Integer.valueOf(response.getKey()));
      }
    }
    compact.put("responses", responses);
    compact.put("errors", errors);
    if (method.equals("post") && !path.contains("{")) {
      addCreatedTypes(operation);
    }
    lines.add(
        String.join(
            "\t",
            "operation",
            (String) operation.get("operationId"),
            method.toUpperCase(Locale.ROOT),
            path,
            gson.toJson(compact)));
  }

  /** Notes the types of the objects that an operation without an object in its path returns. */
  private void addCreatedTypes(Map<String, Object> operation) throws IOException {
    for (Map.Entry<String, Object> response : map(operation.get("responses")).entrySet()) {
      for (Object media : map(map(response.getValue()).get("content")).values()) {
        for (Object example : map(map(media).get("examples")).values()) {
          Map<String, Object> value = map(resolve("examples", example).get("value"));
          if (value.get("data") instanceof Map) {
            created.add((String) map(value.get("data")).get("type"));
          }
        }
      }
    }
  }

  /** Returns schema and examples of each media type. */
  private Map<String, Object> content(Map<String, Object> bodyOrResponse) {
    Map<String, Object> content = new LinkedHashMap<>();
    for (Map.Entry<String, Object> media : map(bodyOrResponse.get("content")).entrySet()) {
      Map<String, Object> type = map(media.getValue());
      List<String> examples = new ArrayList<>();
      for (Object example : map(type.get("examples")).values()) {
        examples.add(name(reference(example)));
      }
      Map<String, Object> compact = new LinkedHashMap<>();
      compact.put("schema", compact(type.get("schema")));
      compact.put("examples", examples);
      content.put(media.getKey(), compact);
    }
    return content;
  }

  private Map<String, Object> resolve(String kind, Object value) throws IOException {
    Map<String, Object> map = map(value);
    return map.containsKey("$ref")
        ? load(root.resolve("components/" + kind + "/" + name(reference(map)) + ".yaml"))
        : map;
  }

  /** Returns the schema without descriptions and extensions, with names as references. */
  private static @Nullable Object compact(@Nullable Object schema) {
    if (!(schema instanceof Map)) {
      return schema; // additionalProperties may be a boolean
    }
    Map<String, Object> compact = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : map(schema).entrySet()) {
      String key = entry.getKey();
      Object value = entry.getValue();
      if (!SCHEMA_KEYS.contains(key)) {
        continue;
      }
      switch (key) {
        case "$ref" -> compact.put(key, name((String) value));
        case "properties" -> {
          Map<String, Object> properties = new LinkedHashMap<>();
          map(value).forEach((name, property) -> properties.put(name, compact(property)));
          compact.put(key, properties);
        }
        case "items", "additionalProperties" -> compact.put(key, compact(value));
        case "allOf", "oneOf" ->
            compact.put(key, list(value).stream().map(FakeDescription::compact).toList());
        case "discriminator" -> {
          Map<String, Object> mapping = new LinkedHashMap<>();
          map(map(value).get("mapping"))
              .forEach((type, target) -> mapping.put(type, name((String) target)));
          Map<String, Object> discriminator = new LinkedHashMap<>();
          discriminator.put("propertyName", map(value).get("propertyName"));
          discriminator.put("mapping", mapping);
          compact.put(key, discriminator);
        }
        default -> compact.put(key, value);
      }
    }
    return compact;
  }

  /** Notes the schema of a resource, which has a type of its own, an id and attributes. */
  private void addResource(String name, Map<String, Object> schema) {
    Map<String, Object> properties = map(schema.get("properties"));
    List<?> types = list(map(properties.get("type")).get("enum"));
    if (types.size() == 1
        && properties.containsKey("id")
        && properties.containsKey("attributes")
        && !name.endsWith("NotificationEvent")) {
      String type = (String) types.get(0);
      if (resources.putIfAbsent(type, name) != null) {
        throw new IllegalArgumentException("Two schemas describe " + type);
      }
    }
  }

  /** Keeps the largest object of each type that the examples have. */
  private void collectSamples(@Nullable Object value) {
    if (value instanceof List<?> list) {
      list.forEach(this::collectSamples);
    } else if (value instanceof Map) {
      Map<String, Object> map = map(value);
      if (map.get("type") instanceof String type && map.get("id") instanceof String id) {
        ids.putIfAbsent(type, id);
        if (map.containsKey("attributes")) {
          samples.merge(type, map, (former, other) -> size(other) > size(former) ? other : former);
        }
      }
      map.values().forEach(this::collectSamples);
    }
  }

  private static int size(Map<String, Object> resource) {
    return map(resource.get("attributes")).size() * 100 + map(resource.get("relationships")).size();
  }

  /** Returns the prefix of the ids of a type, or of another type of the same kind. */
  private String prefix(String type) {
    String family = type.contains("/") ? type.substring(0, type.indexOf('/') + 1) : type;
    for (String start : List.of(type, family)) {
      for (Map.Entry<String, String> id : ids.entrySet()) {
        int end = id.getValue().lastIndexOf('_');
        if (id.getKey().startsWith(start) && end > 0) {
          return id.getValue().substring(0, end);
        }
      }
    }
    return type.replaceAll("[^a-z]", "");
  }

  private void add(String kind, String name, @Nullable Object value) {
    lines.add(kind + '\t' + name + '\t' + gson.toJson(value));
  }

  private void each(String kind, BiConsumer<String, Object> consumer) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("components/" + kind))) {
      for (Path file : files.sorted().toList()) {
        consumer.accept(name(file.getFileName().toString()), load(file));
      }
    }
  }

  private Map<String, Object> load(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return map(yaml.load(reader));
    }
  }

  private static String reference(Object value) {
    return (String) Objects.requireNonNull(map(value).get("$ref"), "$ref");
  }

  /** Returns the name of a file without its directory and its extension. */
  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1).replace(".yaml", "");
  }

  private static void copy(
      Map<String, Object> from, String key, Map<String, Object> to, String newKey) {
    if (from.containsKey(key)) {
      to.put(newKey, from.get(key));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  private static List<?> list(@Nullable Object value) {
    return value == null ? List.of() : (List<?>) value;
  }
}
