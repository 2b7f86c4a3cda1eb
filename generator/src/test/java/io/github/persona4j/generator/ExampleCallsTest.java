package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.persona4j.generator.ExampleCalls.Called;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;

class ExampleCallsTest {
  private final TestModels models = new TestModels();
  private final CodegenOperation operation = new CodegenOperation();

  @BeforeEach
  void describe() {
    CodegenProperty day = TestModels.scalar("day", "LocalDate");
    day.isDate = true;
    models.add("Visit", day, TestModels.scalar("vet", "String"));
    operation.operationId = "visit";
    operation.httpMethod = "POST";
    operation.bodyParam = new CodegenParameter();
    operation.bodyParam.dataType = "Visit";
    operation.bodyParam.required = true;
  }

  private OperationExample example(Map<String, String> parameters, String body)
      throws JsonProcessingException {
    ExampleCalls calls =
        new ExampleCalls(models.models(), "clinic.model", Map.of("pet-id", "pet_1"));
    RequestExample example =
        new RequestExample(
            parameters,
            body.isEmpty() ? null : new ObjectMapper().readTree(body.replace('\'', '"')));
    return calls.of(
        new Called(
            operation,
            "pets",
            List.of(Argument.path("petId", "pet-id", "The pet.")),
            Argument.body("Visit", "body", "The body."),
            null,
            example));
  }

  @Test
  void exampleOfTheDescription_isCalledInItsShortestForm() throws JsonProcessingException {
    OperationExample example =
        example(Map.of("pet-id", "pet_2"), "{'day': '2020-02-29', 'vet': 'Ada'}");

    assertThat(example.text())
        .isEqualTo(
            "persona.pets().visit(\"pet_2\", b -> b.day(LocalDate.of(2020, 2, 29)).vet(\"Ada\"));");
    assertThat(example.parameters()).containsExactly("String", "Consumer");
    assertThat(example.imports()).containsExactly("java.time.LocalDate");
    assertThat(example.isComplete()).isTrue();
  }

  @Test
  void bodyWithoutExample_isAVariable() throws JsonProcessingException {
    OperationExample example = example(Map.of(), "");

    assertThat(example.text()).isEqualTo("persona.pets().visit(\"pet_1\", body);");
    assertThat(example.isComplete()).isFalse();
  }

  @Test
  void exampleThatDoesNotMatchItsSchema_isLeftOut() throws JsonProcessingException {
    OperationExample example = example(Map.of(), "{'day': 'on Monday'}");

    assertThat(example.text()).isEqualTo("persona.pets().visit(\"pet_1\", body);");
    assertThat(example.isComplete()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Integer, many",
    "Integer, 3000000000",
    "Boolean, yes",
    "LocalDate, today",
    "OffsetDateTime, today"
  })
  void parameterOfAnotherType_isAVariable(String type, String value) {
    operation.bodyParam = null;
    operation.operationId = "list";
    OperationExample example =
        new ExampleCalls(models.models(), "clinic.model", Map.of())
            .of(
                new Called(
                    operation,
                    "pets",
                    List.of(Argument.query("size", "size", type, Map.of(), "The size.")),
                    null,
                    null,
                    new RequestExample(Map.of("size", value), null)));

    assertThat(example.text()).isEqualTo("persona.pets().list(size);");
    assertThat(example.isComplete()).isFalse();
  }

  @Test
  void nameOfAFile_isALiteral() throws JsonProcessingException {
    CodegenParameter file = new CodegenParameter();
    file.paramName = "file";
    file.baseName = "file";
    file.isFile = true;
    file.required = true;
    operation.bodyParam = null;
    operation.formParams.add(file);

    assertThat(example(Map.of(), "{'file': {'filename': 'a\\\\b.csv'}}").text())
        .isEqualTo(
            "persona.pets().visit(\"pet_1\", FileUpload.of(Path.of(\"a\\\\b.csv\"), \"text/csv\"));");
  }

  @Test
  void queryOfAnExample_isJson() {
    assertThat(OperationIndex.json(Map.of("name", "a\"b"))).isEqualTo("{\"name\":\"a\\\"b\"}");
  }

  @Test
  void variable_isTheClass_orTheLastWordOfALongName_andNeverAKeyword() {
    assertThat(ExampleCalls.variable("Inquiry")).isEqualTo("inquiry");
    assertThat(ExampleCalls.variable("InquirySession")).isEqualTo("inquirySession");
    assertThat(ExampleCalls.variable("BrowserFingerprintListItem")).isEqualTo("item");
    assertThat(ExampleCalls.variable("Case")).isEqualTo("theCase");
    assertThat(ExampleCalls.variable("Persona")).isEqualTo("thePersona");
  }
}
