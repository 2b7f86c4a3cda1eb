package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

class ExampleCodeTest {
  private final TestModels models = new TestModels();

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private ExampleCode code() {
    return new ExampleCode(models.models(), "pets");
  }

  private String value(CodegenProperty property, String json) {
    return code().value(property, json(json), Set.of()).onOneLine();
  }

  private CodegenModel status(Object... values) {
    CodegenModel status = models.add("Status");
    status.vendorExtensions.put("x-known-values", List.of(values));
    return status;
  }

  @Test
  void scalars_areTheJavaTypesOfSetters() {
    CodegenProperty property = TestModels.scalar("a", "Object");
    property.isDate = true;
    assertThat(value(property, "'2020-02-29'")).isEqualTo("LocalDate.of(2020, 2, 29)");
    property.isDate = false;
    property.isDateTime = true;
    assertThat(value(property, "'2020-02-29T00:00:00Z'"))
        .isEqualTo("OffsetDateTime.parse(\"2020-02-29T00:00:00Z\")");
    property.isDateTime = false;
    property.isInteger = true;
    assertThat(value(property, "3600")).isEqualTo("3600L");
    property.isInteger = false;
    property.isNumber = true;
    assertThat(value(property, "-0.5")).isEqualTo("new BigDecimal(\"-0.5\")");
    assertThat(value(property, "500")).isEqualTo("BigDecimal.valueOf(500)");
    property.isNumber = false;
    property.isBoolean = true;
    assertThat(value(property, "true")).isEqualTo("true");
    property.isBoolean = false;
    assertThat(value(property, "'a'")).isEqualTo("\"a\"");
  }

  @Test
  void knownValue_isItsConstant_andAnotherOneIsKept() {
    status("needs_review", "case.status-updated");
    CodegenProperty property = TestModels.scalar("status", "Status");

    assertThat(value(property, "'needs_review'")).isEqualTo("Status.NEEDS_REVIEW");
    assertThat(value(property, "'case.status-updated'")).isEqualTo("Status.CASE_STATUS_UPDATED");
    assertThat(value(property, "'new'")).isEqualTo("Status.of(\"new\")");
  }

  @Test
  void anyValue_isJson() {
    CodegenProperty property = TestModels.scalar("any", "Object");
    property.isAnyType = true;

    assertThat(value(property, "{'a': 'b', 'c': 1}"))
        .isEqualTo("JsonValue.of(Map.of(\"a\", JsonValue.of(\"b\"), \"c\", JsonValue.of(1)))");
    assertThat(value(property, "[null]")).isEqualTo("JsonValue.ofJson(\"[null]\")");
  }

  @Test
  void nestedObjects_areFunctionsWithNamesOfTheirOwn() {
    CodegenModel inner = models.add("Inner", TestModels.scalar("name", "String"));
    CodegenProperty again = TestModels.model("again", "Inner");
    again.vendorExtensions.put("hasBuilder", true);
    CodegenModel outer = models.add("Outer", again);

    assertThat(
            code()
                .function(outer, "attributes", json("{'again': {'name': 'x'}}"), Set.of())
                .onOneLine())
        .isEqualTo("a -> a.again(ag -> ag.name(\"x\"))");
    assertThat(inner.classname).isEqualTo("Inner");
  }

  @Test
  void fieldThatIsNotDescribed_isSetByItsKey() {
    CodegenModel fields = models.add("Fields");

    assertThat(
            code()
                .built(fields, json("{'own': {'a': [1, 'b']}, 'flag': true}"), Set.of())
                .onOneLine())
        .isEqualTo(
            "Fields.builder().set(\"own\", Map.of(\"a\", List.of(1, \"b\"))).set(\"flag\","
                + " true).build()");
  }

  @Test
  void null_isCleared_ifItIsOptional() {
    CodegenProperty note = TestModels.scalar("note", "String");
    note.vendorExtensions.put("clearMethod", "clearNote");
    CodegenProperty needed = TestModels.required(TestModels.scalar("needed", "String"));
    needed.vendorExtensions.put("clearMethod", "clearNeeded");
    CodegenModel model = models.add("Pet", note, needed);

    assertThat(code().built(model, json("{'note': null, 'needed': null}"), Set.of()).onOneLine())
        .isEqualTo("Pet.builder().clearNote().build()");
  }

  @Test
  void memberOfAUnion_isChosenByItsType_andAnotherOneIsUnknown() {
    models.add("Lost", TestModels.constant("type"), TestModels.scalar("place", "String"));
    models.addUnion("Report", "report/lost", "Lost");
    CodegenProperty property = TestModels.model("report", "Report");

    assertThat(value(property, "{'type': 'report/lost', 'place': 'x'}"))
        .isEqualTo("Lost.builder().place(\"x\").build()");
    assertThat(value(property, "{'type': 'new'}")).startsWith("new Report.Unknown(JsonValue.of(");
  }

  @Test
  void imports_areThoseOfTheCode() {
    status("alive");
    ExampleCode code = code();
    CodegenProperty property = TestModels.scalar("status", "Status");

    assertThat(code.imports()).isEmpty();
    assertThat(code.value(property, json("'alive'"), Set.of()).onOneLine()).isNotEmpty();
    assertThat(code.date("2020-01-01").onOneLine()).isNotEmpty();
    assertThat(code.imports()).containsExactly("java.time.LocalDate", "pets.Status");
  }
}
