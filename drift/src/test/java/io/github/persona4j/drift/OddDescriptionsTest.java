package io.github.persona4j.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions that are wrong, odd or large. */
@Tag("slow")
class OddDescriptionsTest {
  private static final String MINIMAL = "openapi: 3.1.0\npaths: {}\n";

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, text);
    return file;
  }

  private Description read(String name, String text) throws IOException {
    return Description.of(Documents.read(file(name, text)));
  }

  private void assertRefused(String name, String text, String... messages) throws IOException {
    Path file = file(name, text);
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> Description.of(Documents.read(file)))
        .withMessageContainingAll(messages);
  }

  @Test
  void missingFile_isNamed() {
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> Documents.read(folder.resolve("missing.yaml")))
        .withMessageContaining("missing.yaml: no such file");
  }

  @Test
  void wrongFiles_areNamedWithTheLine() throws IOException {
    assertRefused("a.yaml", "openapi: 3.1.0\npaths: [\n", "a.yaml:", "not YAML");
    assertRefused("b.json", "{\"openapi\": \"3.1.0\",\n \"paths\" 5}", "b.json:2", "not JSON");
    assertRefused("c.json", "{\"openapi\": \"3.1.0\", \"paths\": {", "c.json", "not JSON");
    assertRefused("d.yaml", "swagger: '2.0'\n", "d.yaml:1", "'openapi' is missing");
    assertRefused("e.yaml", "openapi: 2.0\n", "e.yaml:1", "'openapi' is 2");
    assertRefused("f.yaml", "", "f.yaml", "'openapi' is missing");
    assertRefused("g.yaml", "openapi: 3.1.0\npaths: &a\n  x: *a\n", "g.yaml", "contains itself");
    assertRefused("h.json", "{\"a\": ".repeat(100_000), "h.json");
    assertRefused("i.yaml", "[".repeat(100_000), "i.yaml");
    assertRefused("j.yaml", "- just\n- a list\n", "j.yaml:1", "'openapi' is missing");
  }

  @Test
  void wrongFileBehindAReference_isNamed() throws IOException {
    file("parts/p.yaml", "get: {\n");
    assertRefused(
        "a.yaml", "openapi: 3.1.0\npaths:\n  /a:\n    $ref: parts/p.yaml\n", "parts/p.yaml:");
  }

  @Test
  void folder_isReadByItsRoot() throws IOException {
    file("one/openapi.yaml", MINIMAL);
    assertThatCode(() -> Description.of(Documents.read(folder.resolve("one"))))
        .doesNotThrowAnyException();
    file("two/api.yaml", MINIMAL);
    file("two/schema.yaml", "type: string\n");
    assertThatCode(() -> Description.of(Documents.read(folder.resolve("two"))))
        .doesNotThrowAnyException();
    file("two/other.json", "{\n  \"openapi\": \"3.1.0\"}");
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> Documents.read(folder.resolve("two")))
        .withMessageContaining("api.yaml, other.json");
    Files.createDirectories(folder.resolve("none"));
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> Documents.read(folder.resolve("none")))
        .withMessageContaining("no description");
  }

  @Test
  void brokenReferences_areProblemsWithFileAndLine() throws IOException {
    Description description =
        read(
            "a.yaml",
            """
            openapi: 3.1.0
            paths:
              /a:
                get:
                  parameters:
                    - $ref: '#/components/parameters/Missing'
                    - {in: query}
                  responses:
                    '200':
                      content:
                        application/json:
                          schema: {$ref: missing.yaml}
                        text/plain:
                          schema: {$ref: 'https://example.com/schema.json'}
              /b: {$ref: '#/paths/~1b'}
            """);
    new Resources(description);
    assertThat(description.problems())
        .anyMatch(problem -> problem.contains("a.yaml:6") && problem.contains("leads nowhere"))
        .anyMatch(problem -> problem.contains("a.yaml:7") && problem.contains("without a name"))
        .anyMatch(problem -> problem.contains("a.yaml:12") && problem.contains("names no file"))
        .anyMatch(problem -> problem.contains("a.yaml:14") && problem.contains("another host"))
        .anyMatch(problem -> problem.contains("a.yaml:15") && problem.contains("to itself"));
  }

  @Test
  void nameThatIsThereTwice_isAProblemWithItsLine() throws IOException {
    file("x.yaml", "type: object\nproperties:\n  a: {}\n  a: {}\n");
    Description yaml =
        read(
            "a.yaml",
            """
            openapi: 3.1.0
            base: &base {a: 1}
            merged: {<<: *base, a: 2}
            paths:
              /a: {}
              /b: {}
              /a: {get: {responses: {200: {content: {a/b: {schema: {$ref: x.yaml}}}}}}}
            """);
    new Resources(yaml);
    assertThat(yaml.problems()).hasSize(2);
    assertThat(yaml.problems())
        .anyMatch(problem -> problem.endsWith("a.yaml:7: '/a' is there twice, the last one counts"))
        .anyMatch(problem -> problem.contains("x.yaml:4: 'a' is there twice"));
    assertThat(
            read("b.json", "{\"openapi\": \"3.1.0\", \"paths\": {\"/a\": {}, \"/a\": {}}}")
                .problems())
        .singleElement()
        .asString()
        .contains("b.json: at $.paths./a: '/a' is there twice");
  }

  @Test
  void filesThatReferToEachOther_areOneDescription() throws IOException {
    file(
        "api/paths.yaml",
        """
        /a:
          get:
            parameters:
              - $ref: ../openapi.yaml#/components/parameters/Q
            responses:
              200:
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/X'}
        """);
    file("api/my schemas/x~1.yml", "type: object\nproperties:\n  next: {$ref: x~1.yml}\n");
    Description many =
        read(
            "openapi.yaml",
            """
            openapi: 3.1.0
            paths: {$ref: api/paths.yaml}
            components:
              parameters:
                Q: {name: q, in: query, schema: {type: string}}
              schemas:
                X: {$ref: './api/my%20schemas/x~1.yml'}
            """);
    Description one =
        read(
            "one.yaml",
            """
            openapi: 3.1.0
            paths:
              /a:
                get:
                  parameters: [{name: q, in: query, schema: {type: string}}]
                  responses:
                    '200': {content: {application/json: {schema: {$ref: '#/x'}}}}
            x: {type: object, properties: {next: {$ref: '#/x'}}}
            """);
    assertThat(Comparison.of(many, one)).isEmpty();
    assertThat(many.problems()).isEmpty();
    assertThat(many.operations()).hasSize(1);
  }

  @Test
  void yaml_isReadAsVersion12() throws IOException {
    Path file =
        file(
            "a.yaml",
            """
            openapi: 3.1.0
            base: &base {a: 1, b: 2}
            merged: {<<: *base, b: 3}
            values: [no, on, 2025-12-08, 1_000, 0x1F, 010, 1.50, true, ~, '5', 1e9, 1e999999, 12:30]
            """);
    Node root = Documents.read(file).root();
    assertThat(JsonText.of(root).toString())
        .contains("\"merged\":{\"a\":1,\"b\":3}")
        .contains("[\"no\",\"on\",\"2025-12-08\",\"1_000\",\"0x1F\",10,1.5,true,null,\"5\",")
        .contains("\"1e999999\",\"12:30\"]");
  }

  @Test
  void byteOrderMarkTabsAndJsonInYaml_areRead() throws IOException {
    assertThatCode(() -> read("a.yaml", "\ufeff" + MINIMAL)).doesNotThrowAnyException();
    assertThatCode(() -> read("b.json", "{\n\t\"openapi\":\t\"3.1.0\",\n\t\"a\": \"\\/\"\n}"))
        .doesNotThrowAnyException();
    assertThatCode(() -> read("c.yaml", "{\"openapi\": \"3.1.0\", \"paths\": {}}"))
        .doesNotThrowAnyException();
  }

  @Test
  void notUtf8_isNamed() throws IOException {
    Path file = folder.resolve("a.yaml");
    Files.write(file, "openapi: 3.1.0 # \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> Documents.read(file))
        .withMessageContaining("a.yaml: cannot be read as UTF-8");
  }

  @Test
  void unionsOfUnions_doNotGrowWithoutEnd() {
    JsonObject schemas = new JsonObject();
    for (int i = 0; i < 40; i++) {
      JsonArray parts = new JsonArray();
      for (int part = 0; part < 3; part++) {
        JsonArray alternatives = new JsonArray();
        for (int j = 0; j < 8; j++) {
          alternatives.add(
              JsonParser.parseString(
                  "{\"type\": \"object\", \"properties\": {\"p%d_%d\": {\"$ref\": \"#/components/schemas/S%d\"}}}"
                      .formatted(part, j, (i * 7 + j * 3 + part) % 40)));
        }
        JsonObject union = new JsonObject();
        union.add("oneOf", alternatives);
        parts.add(union);
      }
      JsonObject schema = new JsonObject();
      schema.add("allOf", parts);
      schemas.add("S" + i, schema);
    }
    JsonObject root = root(schemas, "#/components/schemas/S0");
    assertThat(Pairs.found(folder, root, root)).isEmpty();
  }

  @Test
  void objectsInObjects_areReadToTheEnd() {
    JsonObject schemas = new JsonObject();
    for (int i = 0; i < 300; i++) {
      String next = i == 299 ? "{}" : "{\"$ref\": \"#/components/schemas/S" + (i + 1) + "\"}";
      schemas.add(
          "S" + i,
          JsonParser.parseString("{\"type\": \"object\", \"properties\": {\"n\": " + next + "}}"));
    }
    JsonObject root = root(schemas, "#/components/schemas/S0");
    assertThat(Pairs.found(folder, root, root)).isEmpty();
  }

  private static JsonObject root(JsonObject schemas, String reference) {
    JsonObject root =
        JsonParser.parseString(
                """
                {"openapi": "3.1.0", "components": {}, "paths": {"/a": {"get": {"responses": {"200": {
                  "content": {"application/json": {"schema": {"$ref": "%s"}}}}}}}}}
                """
                    .formatted(reference))
            .getAsJsonObject();
    root.getAsJsonObject("components").add("schemas", schemas);
    return root;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void damagedDescription_isCompared(long seed) {
    Random random = new Random(seed);
    JsonObject damaged = OurDescription.bundle();
    damage(damaged, random, 0.002);
    damaged.addProperty("openapi", "3.0.3");
    JsonObject whole = OurDescription.bundle();
    assertThatCode(() -> Pairs.found(folder, whole, damaged)).doesNotThrowAnyException();
    assertThatCode(() -> Pairs.found(folder, damaged, whole)).doesNotThrowAnyException();
    assertThat(Pairs.found(folder, damaged, damaged)).isEmpty();
  }

  private static void damage(JsonElement json, Random random, double share) {
    if (json.isJsonArray()) {
      JsonArray array = json.getAsJsonArray();
      for (int i = 0; i < array.size(); i++) {
        if (random.nextDouble() < share) {
          array.set(i, odd(random, array));
        } else {
          damage(array.get(i), random, share);
        }
      }
    } else if (json.isJsonObject()) {
      JsonObject object = json.getAsJsonObject();
      for (String name : List.copyOf(object.keySet())) {
        if (random.nextDouble() < share) {
          object.add(name, odd(random, object));
        } else {
          damage(object.get(name), random, share);
        }
      }
    }
  }

  private static JsonElement odd(Random random, JsonElement outer) {
    List<JsonElement> values = new ArrayList<>();
    values.add(JsonNull.INSTANCE);
    values.add(new JsonPrimitive(true));
    values.add(new JsonPrimitive(-7.5));
    values.add(new JsonPrimitive(""));
    values.add(new JsonPrimitive("#/components/schemas/Inquiry"));
    values.add(new JsonArray());
    values.add(new JsonObject());
    values.add(outer.deepCopy());
    values.add(JsonParser.parseString("{\"$ref\": \"#/components/schemas/Resource\"}"));
    return values.get(random.nextInt(values.size()));
  }
}
