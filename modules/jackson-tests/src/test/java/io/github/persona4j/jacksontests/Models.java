package io.github.persona4j.jacksontests;

import io.github.persona4j.json.JsonType;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.EventResponse;
import io.github.persona4j.model.ModelTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The classes of the models, and the example bodies of the description. */
final class Models {
  private static final Path EXAMPLES = Path.of("../../openapi/components/examples");

  private Models() {}

  /** Returns every class that the registry has, with its type. */
  static Map<Class<?>, JsonType<?>> all() {
    Map<Class<?>, JsonType<?>> all = new java.util.LinkedHashMap<>();
    try {
      Path classes =
          Path.of(ModelTypes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(classes)) {
        addAll(classes, all);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
          addAll(jar.getPath("/"), all);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  private static void addAll(Path root, Map<Class<?>, JsonType<?>> to) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("io/github/persona4j/model")).sorted()) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = load("io.github.persona4j.model." + name);
        JsonType<?> found = ModelTypes.ALL.find(type);
        if (found != null && !name.contains("$")) {
          to.put(type, found);
        }
      }
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Returns the example bodies as values of the client, by their names. */
  static Map<String, Object> examples() {
    Map<String, Object> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.toList()) {
        Map<String, Object> example =
            new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        String name = file.getFileName().toString().replace(".yaml", "");
        Object body = Objects.requireNonNull(example.get("value"), name);
        String json =
            new com.google.gson.GsonBuilder()
                .serializeNulls()
                .disableHtmlEscaping()
                .create()
                .toJson(body);
        all.put(name, type(name).fromJson(json, false));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** Examples are named for their schema, except notifications and errors. */
  private static JsonType<?> type(String name) {
    JsonType<?> type = ModelTypes.ALL.find(name);
    if (type != null) {
      return type;
    }
    return name.endsWith("Notification") ? EventResponse.TYPE : ErrorDocument.TYPE;
  }
}
