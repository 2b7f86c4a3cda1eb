package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.generator.OperationForms.ShorterBody;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenOperation;

class FormArgumentsTest {
  private static final List<Map<String, Object>> PARTS =
      List.of(
          Map.of(
              "name",
              "a[file]",
              "argument",
              "file",
              "file",
              true,
              "required",
              true,
              "description",
              "The file."),
          Map.of(
              "name",
              "list-id",
              "argument",
              "listId",
              "required",
              true,
              "description",
              "The list."),
          Map.of("name", "note", "argument", "note", "description", "A note."));

  private final CodegenOperation operation = new CodegenOperation();

  private List<String> shown() {
    return FormArguments.of(operation, "ImportForm").stream()
        .map(FormArgumentsTest::shown)
        .toList();
  }

  private static String shown(ShorterBody shorter) {
    return shorter.suffix() + "(" + Form.signature(shorter.parameters()) + "): " + shorter.body();
  }

  @Test
  void requiredParts_areArguments() {
    operation.vendorExtensions.put("x-form", PARTS);

    assertThat(shown())
        .containsExactly(
            "(FileUpload file, String listId): ImportForm.builder().file(file).listId(listId).build()");
  }

  @Test
  void formWithoutRequiredParts_hasNoShorterForm() {
    operation.vendorExtensions.put("x-form", PARTS.subList(2, 3));

    assertThat(shown()).isEmpty();
  }

  @Test
  void kind_setsItsConstants() {
    operation.vendorExtensions.put("x-form", PARTS);
    operation.vendorExtensions.put(
        "x-form-kinds",
        List.of(
            Map.of(
                "name", "ByNote",
                "about", "for a note",
                "constants", Map.of("listId", "all"),
                "required", List.of(),
                "optional", List.of("note"))));

    assertThat(shown())
        .containsExactly(
            "ByNote(@Nullable String note): ImportForm.builder().listId(\"all\").note(note).build()");
  }
}
