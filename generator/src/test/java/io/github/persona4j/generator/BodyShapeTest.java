package io.github.persona4j.generator;

import static io.github.persona4j.generator.TestModels.constant;
import static io.github.persona4j.generator.TestModels.model;
import static io.github.persona4j.generator.TestModels.required;
import static io.github.persona4j.generator.TestModels.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.generator.BodyShape.Part;
import io.github.persona4j.generator.BodyShape.SingleValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenProperty;

class BodyShapeTest {
  private final TestModels models = new TestModels();

  private BodyShape shape(String type) {
    return BodyShape.of(type, models.models());
  }

  @Test
  void bodyWithAttributesAndMeta_hasThemAsParts() {
    models.add("Create", model("data", "CreateData"), model("meta", "CreateMeta"));
    models.add("CreateData", constant("type"), model("attributes", "CreateAttributes"));
    models.add("CreateAttributes", scalar("name", "String"), scalar("note", "String"));
    models.add("CreateMeta", scalar("upsert", "Boolean"));

    BodyShape shape = shape("Create");

    Part attributes = shape.part().orElseThrow();
    Part meta = shape.meta().orElseThrow();
    assertThat(attributes.name()).isEqualTo("attributes");
    assertThat(shape.body(attributes, "a"))
        .isEqualTo("Create.builder().data(CreateData.builder().attributes(a).build()).build()");
    assertThat(shape.body(attributes, "a", meta, "m"))
        .isEqualTo(
            "Create.builder().data(CreateData.builder().attributes(a).build()).meta(m).build()");
    assertThat(shape.singleValue()).isEmpty();
  }

  @Test
  void dataWithoutAttributes_isThePart() {
    models.add("Run", model("data", "RunData"));
    models.add("RunData", scalar("action-id", "String"), scalar("note", "String"));

    BodyShape shape = shape("Run");

    assertThat(shape.part().map(Part::name)).contains("data");
    assertThat(shape.body(shape.part().orElseThrow(), "d"))
        .isEqualTo("Run.builder().data(d).build()");
  }

  @Test
  void bodyOfAnotherShape_isItsOnlyPart() {
    models.add("Search", model("query", "Query"), model("meta", "SearchMeta"));
    models.add("SearchMeta", scalar("size", "Long"));

    BodyShape shape = shape("Search");

    assertThat(shape.part().map(Part::name)).contains("body");
    assertThat(shape.meta()).isEmpty();
    assertThat(shape.body(shape.part().orElseThrow(), "b")).isEqualTo("b");
  }

  @Test
  void onlyScalarOfTheBody_isItsSingleValue() {
    models.add("Decide", model("meta", "DecideMeta"));
    models.add("DecideMeta", scalar("comment", "String"));

    BodyShape shape = shape("Decide");

    assertThat(shape.isOnlyValue()).isTrue();
    assertThat(shape.singleValue())
        .hasValueSatisfying(
            value -> {
              assertThat(value.name()).isEqualTo("comment");
              assertThat(value.type()).isEqualTo("String");
              assertThat(value.isRequired()).isFalse();
              assertThat(value.built()).isEqualTo("DecideMeta.builder().comment(comment).build()");
            });
  }

  @Test
  void requiredScalar_isARequiredValue() {
    models.add("Assign", model("meta", "AssignMeta"));
    models.add("AssignMeta", required(scalar("user-id", "String")));

    assertThat(shape("Assign").singleValue())
        .hasValueSatisfying(value -> assertThat(value.isRequired()).isTrue());
  }

  @Test
  void valueNamedByTheDescription_isTheSingleValueAmongSeveral() {
    models.add("Tag", model("meta", "TagMeta"));
    models
        .add("TagMeta", scalar("tag-id", "String"), scalar("tag-name", "String"))
        .vendorExtensions
        .put("x-argument", "tag-name");

    BodyShape shape = shape("Tag");

    assertThat(shape.singleValue())
        .hasValueSatisfying(value -> assertThat(value.name()).isEqualTo("tagName"));
    assertThat(shape.isOnlyValue()).isFalse();
  }

  @Test
  void valueThatTheModelDoesNotHave_isRefused() {
    models.add("Tag", model("meta", "TagMeta"));
    models.add("TagMeta", scalar("tag-id", "String")).vendorExtensions.put("x-argument", "name");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape("Tag").singleValue())
        .withMessage("TagMeta has no property name");
  }

  @Test
  void onlyOpenValueOfTheBody_oneOrAList_isNoSingleValue() {
    CodegenProperty any = scalar("rows", "JsonElement");
    any.isAnyType = true;
    CodegenProperty map = scalar("rows", "Map<String, JsonElement>");
    map.isMap = true;
    CodegenProperty freeForm = scalar("rows", "JsonObject");
    freeForm.isFreeFormObject = true;
    for (CodegenProperty value : List.of(any, map, freeForm)) {
      assertThat(singleValue(value)).as(value.dataType).isEmpty();
      assertThat(singleValue(listOf(value))).as("List<" + value.dataType + ">").isEmpty();
    }
    assertThat(singleValue(listOf(scalar("rows", "String")))).isPresent();
  }

  private static Optional<SingleValue> singleValue(CodegenProperty value) {
    TestModels models = new TestModels();
    models.add("Create", model("meta", "CreateMeta"));
    models.add("CreateMeta", value);
    return BodyShape.of("Create", models.models()).singleValue();
  }

  private static CodegenProperty listOf(CodegenProperty item) {
    CodegenProperty list = scalar("rows", "List<" + item.dataType + ">");
    list.isArray = true;
    list.items = item;
    return list;
  }

  @Test
  void onlyModelOfTheBody_isNoSingleValue() {
    models.add("Update", model("meta", "UpdateMeta"));
    models.add("UpdateMeta", model("fields", "Fields"));
    models.add("Fields", scalar("name", "String"));

    assertThat(shape("Update").singleValue()).isEmpty();
  }

  @Test
  void dataOfOneOfSeveralKinds_hasAPartOfEachKind() {
    models.add("Create", model("data", "CreateData"), model("meta", "CreateMeta"));
    models.addUnion("CreateData", "report/address-lookup", "Lookup");
    models.add("Lookup", constant("type"), model("attributes", "LookupAttributes"));
    models.add("LookupAttributes", scalar("name", "String"), scalar("note", "String"));
    models.add("CreateMeta", scalar("sync", "Boolean"));

    BodyShape shape = shape("Create");

    assertThat(shape.part()).isEmpty();
    assertThat(shape.kinds())
        .singleElement()
        .satisfies(
            kind -> {
              assertThat(kind.name()).isEqualTo("AddressLookup");
              assertThat(shape.body(kind.part(), "a"))
                  .isEqualTo(
                      "Create.builder().data(Lookup.builder().attributes(a).build()).build()");
            });
  }

  @Test
  void bodyWithoutABuilder_hasNoParts() {
    assertThat(shape("Unknown").part()).isEmpty();
    assertThat(shape("Unknown").kinds()).isEmpty();
  }
}
