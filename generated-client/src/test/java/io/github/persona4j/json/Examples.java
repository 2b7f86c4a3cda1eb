package io.github.persona4j.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.EventResponse;
import io.github.persona4j.model.ModelTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The example bodies of the description. */
final class Examples {
  private static final Path FOLDER = Path.of("../openapi/components/examples");
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  /** A body and its type. */
  record Example(JsonType<?> type, String json) {}

  private Examples() {}

  static List<Example> all() {
    List<Example> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER).sorted()) {
      for (Path file : files.toList()) {
        Map<String, Object> example =
            new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        String name = file.getFileName().toString().replace(".yaml", "");
        all.add(new Example(type(name), GSON.toJson(Objects.requireNonNull(example.get("value")))));
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
