package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions with errors; the small description of generated-client is one without. */
class RegenerationTest {
  private static final Path CLIENT = Path.of("../generated-client");
  private static final Path MINI = CLIENT.resolve("src/test/mini");

  private static final String HEAD =
      """
      openapi: 3.0.3
      info: {title: Test, version: "1"}
      tags:
        - {name: Pets, description: Pets.}
      paths:
      """;

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** Returns the problems with the folder left out. */
  private List<String> problems(Path description) {
    Set<String> problems =
        new Regeneration(MINI.resolve("generator.yaml"), CLIENT.resolve("src/main/templates"))
            .run(description.toString(), folder.resolve("out"));
    return problems.stream().map(each -> each.replace(folder + "/", "")).toList();
  }

  private List<String> problems(String name, String content) throws IOException {
    return problems(file(name, content));
  }

  @Test
  void descriptionWithoutErrors_hasNoProblem() {
    assertThat(problems(MINI.resolve("openapi.yaml"))).isEmpty();
  }

  @Test
  void missingFile_isNamed() {
    assertThat(problems(folder.resolve("none.yaml"))).containsExactly("none.yaml: no such file");
  }

  @Test
  void folder_isNamed() throws IOException {
    Files.createDirectory(folder.resolve("mine"));
    assertThat(problems(folder.resolve("mine")))
        .containsExactly("mine: a folder; name the root file of the description");
  }

  @Test
  void bytesThatAreNotUtf8_areReported() throws IOException {
    Path file = folder.resolve("a.yaml");
    Files.write(file, "openapi: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems(file)).containsExactly("a.yaml: cannot be read as UTF-8 text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                  | a.yaml: the file is empty
          hello                               | a.yaml:1:1: no OpenAPI description: it is not an object
          foo: 1                              | a.yaml:1:1: no OpenAPI description: 'openapi' is missing
          swagger: "2.0"                      | a.yaml:1:10: this is Swagger 2.0; convert it to OpenAPI 3.0
          openapi: 3.1.0                      | a.yaml:1:10: the generator reads OpenAPI 3.0, and this is '3.1.0'
          openapi: 3.0.3                      | a.yaml:1:1: no operations: 'paths' is missing
          {"openapi": "3.0.3", "paths": {}}   | a.yaml:1:1: no operations: 'paths' is empty
          """)
  void noDescription_isReported(String content, String problem) throws IOException {
    assertThat(problems("a.yaml", content)).containsExactly(problem);
  }

  @Test
  void syntaxErrorInYaml_hasItsPlace() throws IOException {
    assertThat(problems("a.yaml", "openapi: 3.0.3\ninfo:\n  title: a: b\n"))
        .containsExactly("a.yaml:3:11: not YAML: mapping values are not allowed here");
  }

  @Test
  void syntaxErrorInJson_hasItsPlace() throws IOException {
    assertThat(problems("a.json", "{\"openapi\": \"3.0.3\",\n\t\"info\": {\"a\" 1}}"))
        .singleElement()
        .asString()
        .startsWith("a.json:2:15: not JSON: ")
        .contains("colon");
  }

  @Test
  void jsonThatEndsEarly_hasItsPlace() throws IOException {
    assertThat(problems("a.json", "{\"openapi\": \"3.0.3\",\n"))
        .singleElement()
        .asString()
        .startsWith("a.json:2:1: not JSON: Unexpected end-of-input");
  }

  @Test
  void jsonThatIsNestedTooDeeply_isReported() throws IOException {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    assertThat(problems("a.json", "{\"openapi\": \"3.0.3\", \"x\": " + deep + "}"))
        .singleElement()
        .asString()
        .startsWith("a.json")
        .contains("not JSON: Document nesting depth");
  }

  @Test
  void escapedSpaceInTheNameOfAFile_isNone() throws IOException {
    String mini = Files.readString(MINI.resolve("openapi.yaml"));
    file("my files/x.yaml", "type: object\nproperties: {a: {type: string}}\n");
    String trained = "trained: {type: boolean}";
    assertThat(problems("a.yaml", mini.replace(trained, "trained: {$ref: my files/x.yaml}")))
        .isEmpty();
    assertThat(problems("b.yaml", mini.replace(trained, "trained: {$ref: my%20files/x.yaml}")))
        .containsExactly(
            "b.yaml:549:25: the reference 'my%20files/x.yaml' names no file: there is no"
                + " my%20files/x.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A: {allOf: [{$ref: '#/components/schemas/A'}]}|960:17|allOf",
        "A: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}|960:17|oneOf",
        "A: {anyOf: [{allOf: [{$ref: '#/components/schemas/A'}]}]}|960:26|allOf",
      })
  void schemaThatIsAPartOfItself_isReported(String schema, String place, String keyword)
      throws IOException {
    String mini = Files.readString(MINI.resolve("openapi.yaml"));
    assertThat(problems("a.yaml", mini + "\n    " + schema + "\n"))
        .containsExactly(
            "a.yaml:" + place + ": the schema is a part of itself, through " + keyword);
  }

  @Test
  void schemaThatContainsItself_isNoError() throws IOException {
    String mini = Files.readString(MINI.resolve("openapi.yaml"));
    String tree =
        "\n    Tree: {type: object, properties: {left: {$ref: '#/components/schemas/Tree'}}}\n";
    assertThat(problems("a.yaml", mini + tree)).isEmpty();
  }

  @Test
  void errorInReferencedFile_isInThatFile() throws IOException {
    file("paths/b.yaml", "get: [\n");
    assertThat(problems("a.yaml", HEAD + "  /b: {$ref: paths/b.yaml}\n"))
        .first()
        .asString()
        .startsWith("paths/b.yaml:2:1: not YAML: ");
  }

  @Test
  void brokenReferences_areReportedTogether() throws IOException {
    file("b.yaml", "c: {$ref: '#/d'}\nd: {e: 1}\n");
    file("loop.yaml", "$ref: loop.yaml\n");
    String paths =
        """
          /a: {$ref: none.yaml}
          /b: {$ref: "b.yaml#/c/f"}
          /c: {$ref: "#/components/pathItems/~1c"}
          /d: {$ref: "https://example.com/d.yaml"}
          /e: {$ref: loop.yaml}
        """;
    assertThat(problems("a.yaml", HEAD + paths))
        .contains(
            "a.yaml:6:14: the reference 'none.yaml' names no file: there is no none.yaml",
            "a.yaml:7:14: the reference 'b.yaml#/c/f' leads nowhere: b.yaml has no 'f' there",
            "a.yaml:8:14: the reference '#/components/pathItems/~1c' leads nowhere: a.yaml has no"
                + " 'components' there",
            "a.yaml:9:14: the reference 'https://example.com/d.yaml' leads to another host; save"
                + " the file first",
            "a.yaml:10:7: the reference leads to itself");
  }

  @Test
  void referencesInExamples_areData() throws IOException {
    String mini = Files.readString(MINI.resolve("openapi.yaml"));
    String changed =
        mini.replace(
            "weight: {type: number,", "weight: {type: number, example: {$ref: none.yaml},");
    assertThat(problems("a.yaml", changed)).isEmpty();
  }

  @Test
  void brokenOperations_areReportedTogether() throws IOException {
    String paths =
        """
          /a:
            get: {operationId: pets.list, tags: [Pets], responses: {"200": {description: Done.}}}
            put: {tags: [Dogs]}
          /b:
            get: {operationId: pets.list, responses: {"200": {description: Done.}}}
            get: {}
        """;
    assertThat(problems("a.yaml", HEAD + paths))
        .contains(
            "a.yaml:8:5: PUT /a has no operationId",
            "a.yaml:8:5: PUT /a has no responses",
            "a.yaml:8:18: the tag 'Dogs' of PUT /a is not in the list 'tags' of the root file",
            "a.yaml:10:24: the operationId 'pets.list' is there twice, first at a.yaml:7",
            "a.yaml:10:5: GET /b has no tag, which names the class of its methods",
            "a.yaml:11:5: 'get' is there twice, first in line 10");
  }

  @Test
  void whatTheParserRefuses_hasItsPlace() throws IOException {
    String path =
        """
          /a:
            get:
              operationId: pets.list
              tags: [Pets]
              responses:
                "200":
                  content: 1
        """;
    assertThat(problems("a.yaml", HEAD + path))
        .contains(
            "a.yaml:12:11: attribute paths.'/a'(get).responses.200.description is missing",
            "a.yaml:12:20: attribute paths.'/a'(get).responses.200.content is not of type"
                + " `object`");
  }

  @Test
  void memberOfAUnionThatItsMappingLacks_hasItsPlace() throws IOException {
    String mini = Files.readString(MINI.resolve("openapi.yaml"));
    String line = "          pet/cat: \"#/components/schemas/Cat\"\n";
    assertThat(mini).contains(line);
    assertThat(problems("a.yaml", mini.replaceFirst(Pattern.quote(line), "")))
        .containsExactly(
            "a.yaml:701:7: the schema Pet: the mapping of its discriminator lacks Cat");
  }

  @Test
  void parameterOfAPathThatIsNotDescribed_hasItsPlace() throws IOException {
    String mini = Files.readString(MINI.resolve("openapi.yaml"));
    String path = "  /pets/{pet-id}/tags/{tag}:";
    assertThat(mini).contains(path);
    assertThat(problems("a.yaml", mini.replace(path, "  /pets/{pet-id}/tags/{name}:")))
        .contains(
            "a.yaml:113:5: POST /pets/{pet-id}/tags/{name} has no parameter 'name'",
            "a.yaml:128:5: PUT /pets/{pet-id}/tags/{name} has no parameter 'name'");
  }

  /**
   * Each changes the small description at one place: by a text, what replaces it, and the error.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          trained: {type: boolean} | le-gs: {type: integer}\\n        le_gs: {type: integer} | a.yaml:550:9: the schema DogAttributes: the property 'le_gs' has the accessor leGs(), as 'le-gs' has
          trained: {type: boolean} | hash-code: {type: boolean} | a.yaml:549:9: the schema DogAttributes: the property 'hash-code' needs the accessor hashCode(), which every class has already
          trained: {type: boolean} | trained: {type: boolean, deprecated: true} | a.yaml:549:9: the schema DogAttributes: 'trained' is deprecated, but x-deprecated-instead does not name what to use
          trained: {type: boolean} | trained: {type: string, enum: [a, b]} | a.yaml:549:9: the schema DogAttributes: the enum of 'trained' has several values; list them under x-known-values
          trained: {type: boolean} | trained: {type: string, x-safe-to-log: 'maybe'} | a.yaml:549:9: the schema DogAttributes: x-safe-to-log of 'trained' is not true or false
          trained: {type: boolean} | trained: {type: object, properties: {a: {type: string}}, additionalProperties: {type: string}} | a.yaml:540:7: the schema DogAttributes_trained: it has properties and additionalProperties; without these, others are kept, too
          trained: {type: boolean} | trained: {type: tring} | a.yaml:549:25: there is no type 'tring'
          trained: {type: boolean} | trained: {oneOf: [{type: string}, {type: integer}]} | a.yaml:540:7: the schema DogAttributes_trained: its oneOf has a member that is no object: Integer
          former-owners: {$ref: "#/components/schemas/OwnersRelationship"} | former-owners: {$ref: "#/components/schemas/PetStatus"} | a.yaml:530:9: the schema PetRelationships: 'former-owners' is no relationship: it has no x-relationship
          former-owners: {$ref: "#/components/schemas/OwnersRelationship"} | id: {$ref: "#/components/schemas/OwnersRelationship"} | a.yaml:530:9: the schema PetRelationships: the relationship 'id' needs the accessor id(), which Cat has already
          x-page-of: Pet | x-other: Pet | a.yaml:20:20: the operation pets.list: list has pages, but PetPage has no x-page-of
          summary: Retrieve a pet | x-summary: Retrieve a pet | a.yaml:76:20: the operation pets.retrieve: it has no summary
          description: Returns one pet. | x-description: Returns one pet. | a.yaml:76:20: the operation pets.retrieve: it has no description
          description: The secret of the pet. | x-description: The secret of the pet. | a.yaml:91:20: the operation pets.redact: the parameter 'petSecret' has no description
          name: Pet-Secret | name: options | a.yaml:91:20: the operation pets.redact: the parameter 'options' has the name of an argument that methods have already
          operationId: pets.retrieve | operationId: dogs.list | a.yaml:76:20: the operation dogs.list: Pets has a method list already
          """)
  void whatTheGeneratorRefuses_hasItsPlace(String old, String now, String problem)
      throws IOException {
    String mini = Files.readString(MINI.resolve("openapi.yaml"));
    assertThat(mini).contains(old);
    assertThat(problems("a.yaml", mini.replace(old, now.replace("\\n", "\n"))))
        .containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Map", "Optional", "JsonModel", "Builder", "Page", "String", "Override"})
  void schemaWithTheNameOfAClassThatCodeNeeds_isRefused(String name) throws IOException {
    String mini = Files.readString(MINI.resolve("openapi.yaml"));
    String schema = "\n    " + name + ": {type: object, properties: {a: {type: string}}}\n";
    assertThat(problems("a.yaml", mini + schema))
        .containsExactly(
            "a.yaml:960:%d: the schema %s: its class %s has the name of one that it needs"
                .formatted(name.length() + 7, name, name));
  }

  @Test
  void classesOfGeneratedCode_areRefusedAsNamesOfSchemas() throws IOException {
    Set<String> imported = new TreeSet<>();
    try (Stream<Path> files = Files.walk(CLIENT.resolve("src/test/golden"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.matches("import [a-z].*;") && !line.contains(".mini."))
            .filter(line -> !line.startsWith("import static"))
            .forEach(line -> imported.add(line.replaceAll(".*\\.|;", "")));
      }
    }
    assertThat(imported).hasSizeGreaterThan(50);
    assertThat(NameClashes.CLASSES).containsAll(imported);
  }
}
