package io.github.persona4j.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads from the description of the API which properties have a flag, such as {@code nullable}. */
final class DescribedProperties {
  private static final Path FOLDER = Path.of("../openapi/components/schemas");

  private final Map<String, Map<?, ?>> schemas = new TreeMap<>();

  private DescribedProperties() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        Map<?, ?> schema =
            new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        schemas.put(file.getFileName().toString(), schema);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the names of the properties with a flag, by schema. */
  static Map<String, Set<String>> with(String flag) {
    DescribedProperties all = new DescribedProperties();
    Map<String, Set<String>> found = new TreeMap<>();
    all.schemas.forEach(
        (file, schema) -> {
          Set<String> names = new TreeSet<>();
          all.add(schema, flag, names);
          found.put(file.replace(".yaml", ""), names);
        });
    return found;
  }

  private void add(Map<?, ?> schema, String flag, Set<String> names) {
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (name, property) -> {
            if (Boolean.TRUE.equals(resolved(property).get(flag))) {
              names.add((String) name);
            }
          });
    }
    if (schema.get("allOf") instanceof List<?> parts) {
      parts.forEach(part -> add(resolved(part), flag, names));
    }
  }

  private Map<?, ?> resolved(Object part) {
    Map<?, ?> schema = (Map<?, ?>) part;
    return schema.get("$ref") instanceof String file
        ? Objects.requireNonNull(schemas.get(file), file)
        : schema;
  }
}
