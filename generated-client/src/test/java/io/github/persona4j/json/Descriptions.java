package io.github.persona4j.json;

import io.github.persona4j.model.ModelTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The two descriptions from which code is generated: that of the API and the mini description. */
enum Descriptions {
  API("target/generated-sources/openapi/src/main/java/io/github/persona4j/model"),
  MINI("target/generated-test-sources/mini/src/main/java/io/github/persona4j/mini/model");

  private static final Pattern CASE =
      Pattern.compile("case \"([^\"]+)\" -> \\w+(\\.Common)?\\.TYPE;");

  private final Path folder;

  Descriptions(String folder) {
    this.folder = Path.of(folder);
  }

  JsonTypes types() {
    return switch (this) {
      case API -> ModelTypes.ALL;
      case MINI -> io.github.persona4j.mini.model.ModelTypes.ALL;
    };
  }

  /** Returns every type by the name of its schema. */
  Map<String, JsonType<?>> all() {
    Map<String, JsonType<?>> all = new TreeMap<>();
    for (String name : cases(folder.resolve("ModelTypes.java"))) {
      all.put(name, Objects.requireNonNull(types().find(name), name));
    }
    return all;
  }

  /** Returns every model by its name. */
  Map<String, ModelType<?>> models() {
    Map<String, ModelType<?>> models = new TreeMap<>();
    all()
        .forEach(
            (name, type) -> {
              if (type instanceof ModelType<?> model) {
                models.put(name, model);
              }
            });
    return models;
  }

  /** Returns every class in the folder of the models. */
  List<Class<?>> classes() {
    String name = types().getClass().getPackageName();
    try (Stream<Path> files = Files.list(folder)) {
      List<Class<?>> classes = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        String simple = file.getFileName().toString().replace(".java", "");
        classes.add(Class.forName(name + "." + simple));
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Returns the tags of all members of unions. */
  Set<String> tags() {
    Set<String> tags = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> !file.endsWith("ModelTypes.java"))
          .forEach(file -> tags.addAll(cases(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tags;
  }

  private static Set<String> cases(Path file) {
    Set<String> cases = new TreeSet<>();
    try {
      Matcher matcher = CASE.matcher(Files.readString(file));
      while (matcher.find()) {
        cases.add(matcher.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }
}
