package io.github.persona4j.generator;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our description with what a user adds to it: the code is generated, and compiles. */
@Tag("slow")
class PrivateAdditionsTest {
  private static final Path CLIENT = Path.of("../generated-client");

  @TempDir Path folder;

  private Path description() {
    return folder.resolve("mine");
  }

  private void copyDescription() throws IOException {
    Path ours = Path.of("../openapi");
    for (String part : List.of("openapi.yaml", "components", "paths", "webhooks")) {
      try (Stream<Path> files = Files.walk(ours.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = description().resolve(ours.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, REPLACE_EXISTING);
        }
      }
    }
  }

  private void insert(String file, String after, String text) throws IOException {
    Path path = description().resolve(file);
    String content = Files.readString(path);
    assertThat(content).contains(after);
    int end = content.indexOf(after) + after.length();
    Files.writeString(path, content.substring(0, end) + text + content.substring(end));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(description().resolve(file), text);
  }

  private void add() throws IOException {
    insert(
        "components/schemas/AccountAttributes.yaml",
        "properties:\n",
        "  loyalty-level: {type: string, nullable: true, description: Level of loyalty.}\n");
    insert("components/schemas/InquiryStatus.yaml", "x-known-values: [", "on_hold, ");
    insert("components/schemas/Resource.yaml", "oneOf:\n", "  - $ref: Widget.yaml\n");
    insert("components/schemas/Resource.yaml", "mapping:\n", "    widget: Widget.yaml\n");
    write(
        "components/schemas/Widget.yaml",
        """
        type: object
        description: A widget.
        required: [type, id, attributes]
        properties:
          type: {type: string, enum: [widget]}
          id: {type: string}
          attributes:
            type: object
            description: Attributes of a widget.
            properties:
              color: {type: string, description: Color of the widget.}
        """);
    write(
        "components/schemas/WidgetPage.yaml",
        """
        type: object
        description: One page of widgets.
        x-page-of: Widget
        x-envelope: true
        required: [data]
        properties:
          data: {type: array, items: {$ref: Widget.yaml}}
          links: {$ref: PageLinks.yaml}
        """);
    write(
        "paths/widgets.yaml",
        """
        get:
          operationId: widgets.list
          x-pagination: query
          tags: [Widgets]
          summary: List widgets
          description: Returns one page of widgets.
          parameters:
            - $ref: ../components/parameters/Page.yaml
          responses:
            '200':
              description: One page of widgets.
              content:
                application/json:
                  schema: {$ref: ../components/schemas/WidgetPage.yaml}
        """);
    insert("openapi.yaml", "\ntags:\n", "  - {name: Widgets, description: Our widgets.}\n");
    insert("openapi.yaml", "\npaths:\n", "  /widgets: {$ref: paths/widgets.yaml}\n");
  }

  private Path generate() {
    Path output = folder.resolve("generated");
    assertThat(
            new Regeneration(CLIENT.resolve("generator.yaml"), CLIENT.resolve("src/main/templates"))
                .run(description().resolve("openapi.yaml").toString(), output))
        .isEmpty();
    return output.resolve("src/main/java");
  }

  /** Compiles the generated code with the runtime of generated-client. */
  private Path compile(Path sources) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> all = Stream.concat(java(sources), java(CLIENT.resolve("src/main/java"))).toList();
      List<String> options = List.of("-proc:none", "-nowarn", "-d", classes.toString());
      boolean compiles =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
              .call();
      assertThat(compiles).as(messages.toString()).isTrue();
    }
    return classes;
  }

  private static Stream<Path> java(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
          .toList()
          .stream();
    }
  }

  @Test
  void additions_areInTheGeneratedCode() throws Exception {
    copyDescription();
    add();

    URL[] classes = {compile(generate()).toUri().toURL()};

    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      Class<?> attributes = loader.loadClass("io.github.persona4j.model.AccountAttributes");
      assertThat(attributes.getMethod("loyaltyLevel").getReturnType()).isEqualTo(String.class);
      assertThat(attributes.getMethod("referenceId").getReturnType()).isEqualTo(String.class);
      Class<?> status = loader.loadClass("io.github.persona4j.model.InquiryStatus");
      assertThat(status.getField("ON_HOLD").get(null)).hasToString("on_hold");
      Class<?> widget = loader.loadClass("io.github.persona4j.model.Widget");
      assertThat(widget.getInterfaces())
          .contains(loader.loadClass("io.github.persona4j.model.Resource"));
      Class<?> widgets = loader.loadClass("io.github.persona4j.api.WidgetsApi");
      assertThat(widgets.getMethods()).extracting(Method::getName).contains("list");
    }
  }
}
