package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
  void largeNumbers_areLiteralsThatCompile() {
    CodegenProperty number = TestModels.scalar("a", "BigDecimal");
    number.isNumber = true;
    assertThat(value(number, "3000000000")).isEqualTo("BigDecimal.valueOf(3000000000L)");
    assertThat(value(number, "99999999999999999999"))
        .isEqualTo("new BigDecimal(\"99999999999999999999\")");
    CodegenProperty any = TestModels.scalar("any", "Object");
    any.isAnyType = true;
    assertThat(value(any, "3000000000")).isEqualTo("JsonValue.of(3000000000L)");
    assertThat(value(any, "99999999999999999999"))
        .isEqualTo("JsonValue.ofJson(\"99999999999999999999\")");
    CodegenModel fields = models.add("Fields");
    assertThat(code().built(fields, json("{'own': 3000000000}"), Set.of()).onOneLine())
        .contains("\"own\", 3000000000L)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "boolean | 'yes'",
        "boolean | 1",
        "long | 'many'",
        "long | 1.5",
        "long | 99999999999999999999",
        "number | 'a\"b'",
        "string | 1",
        "string | ['a']",
        "date | '2020-02-30'",
        "date-time | 'on Monday'",
        "date-time | '2020-02-29'",
        "list | 'a'",
        "list | {'a': 'b'}",
        "list | [null]",
        "map | ['a']",
        "map | {'a':'','b':'','c':'','d':'','e':'','f':'','g':'','h':'','i':'','j':'','k':''}",
      })
  void valueOfAnotherType_isRefused(String type, String json) {
    CodegenProperty property = TestModels.scalar("a", "Object");
    property.items = TestModels.scalar("item", "String");
    property.isBoolean = type.equals("boolean");
    property.isLong = type.equals("long");
    property.isNumber = type.equals("number");
    property.isDate = type.equals("date");
    property.isDateTime = type.equals("date-time");
    property.isArray = type.equals("list");
    property.isMap = type.equals("map");

    assertThatThrownBy(() -> value(property, json))
        .isInstanceOfAny(IllegalArgumentException.class, DateTimeParseException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'own': null}",
        "{'own': [null]}",
        "{'own': 99999999999999999999}",
        "{'own': {'a':1,'b':1,'c':1,'d':1,'e':1,'f':1,'g':1,'h':1,'i':1,'j':1,'k':1}}"
      })
  void fieldWithoutALiteral_isRefused(String json) {
    CodegenModel fields = models.add("Fields");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> code().built(fields, json(json), Set.of()));
  }

  @Test
  void objectOfAnotherType_isRefused() {
    models.add("Inner", TestModels.scalar("name", "String"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> value(TestModels.model("inner", "Inner"), "'text'"));
  }

  @ParameterizedTest
  @CsvSource({"_do, d", "_2fa, f", "_, v", "attributes, a"})
  void functionOfANameWithAnUnderscore_hasALetter(String name, String letter) {
    CodegenModel inner = models.add("Inner", TestModels.scalar("name", "String"));

    assertThat(code().function(inner, name, json("{'name': 'x'}"), Set.of()).onOneLine())
        .isEqualTo(letter + " -> " + letter + ".name(\"x\")");
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
