package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.mini.model.BreederRelationship;
import io.github.persona4j.mini.model.Check;
import io.github.persona4j.mini.model.CreatePetAttributes;
import io.github.persona4j.mini.model.CreatePetData;
import io.github.persona4j.mini.model.CreatePetRequest;
import io.github.persona4j.mini.model.Dog;
import io.github.persona4j.mini.model.DogAttributes;
import io.github.persona4j.mini.model.MiniVersion;
import io.github.persona4j.mini.model.Owner;
import io.github.persona4j.mini.model.OwnerIdentifier;
import io.github.persona4j.mini.model.OwnerRelationship;
import io.github.persona4j.mini.model.OwnersRelationship;
import io.github.persona4j.mini.model.PetFields;
import io.github.persona4j.mini.model.PetPage;
import io.github.persona4j.mini.model.PetStatus;
import io.github.persona4j.mini.model.Registration;
import io.github.persona4j.mini.model.Resource;
import io.github.persona4j.mini.model.Scalar;
import io.github.persona4j.mini.model.TextOrObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The behavior common to all generated models, open enums and unions of shapes. */
class ModelTest {
  @Test
  void absentAndNullAndSet_written_areDistinguished() {
    CreatePetAttributes.Builder builder =
        CreatePetAttributes.builder().kind("dog").tags(List.of("a"));

    assertThat(builder.build().toJson()).isEqualTo("{\"kind\":\"dog\",\"tags\":[\"a\"]}");
    assertThat(builder.clearNote().build().toJson())
        .isEqualTo("{\"kind\":\"dog\",\"tags\":[\"a\"],\"note\":null}");
    assertThat(builder.note("x").build().toJson())
        .isEqualTo("{\"kind\":\"dog\",\"tags\":[\"a\"],\"note\":\"x\"}");
    assertThat(builder.note(null).build().toJson())
        .isEqualTo("{\"kind\":\"dog\",\"tags\":[\"a\"]}");
    builder.note("x");
    assertThat(builder.unset("note").build().toJson())
        .isEqualTo("{\"kind\":\"dog\",\"tags\":[\"a\"]}");
  }

  @Test
  void absentAndNull_decoded_areDistinguished() {
    DogAttributes absent = DogAttributes.fromJson("{}");
    DogAttributes isNull = DogAttributes.fromJson("{\"homepage\":null,\"x\":null}");

    assertThat(absent.homepage()).isNull();
    assertThat(isNull.homepage()).isNull();
    assertThat(absent.property("homepage")).isNull();
    assertThat(isNull.property("homepage")).isEqualTo(JsonValue.NULL);
    assertThat(isNull.property("x")).isEqualTo(JsonValue.NULL);
    assertThat(absent.propertyNames()).isEmpty();
    assertThat(isNull.propertyNames()).containsExactly("homepage", "x");
    assertThat(absent).isNotEqualTo(isNull);
    assertThat(isNull.toBuilder().unset("homepage").unset("x").build()).isEqualTo(absent);
  }

  @Test
  void requiredProperty_notSet_isNamedByBuild() {
    assertThatThrownBy(() -> CreatePetAttributes.builder().kind("dog").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("CreatePetAttributes: tags is required");
    assertThatThrownBy(() -> CreatePetAttributes.builder().kind(null).tags(List.of()).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("CreatePetAttributes: kind is required");
    assertThatThrownBy(() -> CreatePetRequest.builder().build())
        .hasMessage("CreatePetRequest: data is required");
  }

  @Test
  void requiredNullableProperties_notSetOrNull_areSentAsNull() {
    String nulls =
        "{\"register\":\"r\",\"number\":null,\"holder\":null,\"status\":null,"
            + "\"names\":null,\"anything\":null}";

    assertThat(Registration.builder().register("r").build().toJson()).isEqualTo(nulls);
    assertThat(
            Registration.builder()
                .register("r")
                .number(null)
                .holder(null)
                .status(null)
                .names(null)
                .anything(JsonValue.NULL)
                .build()
                .toJson())
        .isEqualTo(nulls);
    assertThat(Registration.fromJson("{\"register\":\"r\"}").toBuilder().build().toJson())
        .isEqualTo(nulls);
    assertThat(
            Registration.builder()
                .register("r")
                .number("7")
                .unset("number")
                .names(List.of("n"))
                .build()
                .toJson())
        .isEqualTo(nulls.replace("\"names\":null", "\"names\":[\"n\"]"));
    assertThatThrownBy(() -> Registration.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Registration: register is required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"number\":null,\"holder\":null,\"status\":null,\"names\":null,\"anything\":null}"
      })
  void requiredNullableProperties_nullOrAbsent_areReadAsNull(String json) {
    Registration registration = Registration.fromJson(json);

    assertThat(registration.number()).isNull();
    assertThat(registration.holder()).isNull();
    assertThat(registration.status()).isNull();
    assertThat(registration.names()).isNull();
    assertThat(registration.anything()).isNull();
    assertThat(registration.toJson()).isEqualTo(json);
    assertThatThrownBy(registration::register).isInstanceOf(UnexpectedTypeException.class);
  }

  @Test
  void builtRequest_written_isTheJsonOfTheApi() {
    CreatePetRequest request =
        CreatePetRequest.builder()
            .data(
                CreatePetData.builder()
                    .attributes(
                        CreatePetAttributes.builder()
                            .kind("dog")
                            .tags(List.of("a", "b"))
                            .bornOn(LocalDate.of(2025, 12, 8))
                            .additionalProperty("new-one", JsonValue.of(new BigDecimal("1.10")))
                            .build())
                    .build())
            .build();

    assertThat(request.toJson())
        .isEqualTo(
            "{\"data\":{\"attributes\":{\"kind\":\"dog\",\"tags\":[\"a\",\"b\"],"
                + "\"born-on\":\"2025-12-08\",\"new-one\":1.10}}}");
    assertThat(CreatePetRequest.fromJson(request.toJson()))
        .isEqualTo(request)
        .hasSameHashCodeAs(request);
  }

  @Test
  void everyTypeOfProperty_setAndRead_isTheSame() {
    OffsetDateTime timestamp = OffsetDateTime.parse("2025-12-08T10:15:30.120+05:30");
    Check check = Check.builder().name("x").child(Check.builder().build()).build();
    DogAttributes dog =
        DogAttributes.builder()
            .birthdate(LocalDate.of(2020, 2, 29))
            .weight(new BigDecimal("12345678901234567890.10"))
            .legs(4L)
            .trained(true)
            .statuses(List.of(PetStatus.ALIVE, PetStatus.of("new")))
            .birthdays(List.of(LocalDate.of(2021, 1, 1)))
            .checks(List.of(check))
            .table(List.of(List.of(1L, 2L), List.of()))
            .scores(Map.of("a", new BigDecimal("1.50")))
            .checksByName(Map.of("b", check))
            .anything(JsonValue.of(Map.of("k", JsonValue.of(List.of(JsonValue.NULL)))))
            .things(List.of(JsonValue.of("t"), JsonValue.of(7)))
            .free(JsonValue.NULL)
            .defaultValue(Scalar.of(List.of("p", "q")))
            .params(TextOrObject.of(check))
            .propertyClass("c")
            .version(MiniVersion.V2025_12_08)
            .createdAt(timestamp)
            .build();

    for (DogAttributes same : List.of(dog, DogAttributes.fromJson(dog.toJson()))) {
      assertThat(same).isEqualTo(dog).hasSameHashCodeAs(dog);
      assertThat(same.birthdate()).isEqualTo(LocalDate.of(2020, 2, 29));
      assertThat(same.weight()).isEqualTo(new BigDecimal("12345678901234567890.10"));
      assertThat(same.legs()).isEqualTo(4);
      assertThat(same.trained()).isTrue();
      assertThat(same.statuses()).containsExactly(PetStatus.ALIVE, PetStatus.of("new"));
      assertThat(same.birthdays()).containsExactly(LocalDate.of(2021, 1, 1));
      assertThat(same.checks()).containsExactly(check);
      assertThat(same.table()).containsExactly(List.of(1L, 2L), List.of());
      assertThat(same.scores()).isEqualTo(Map.of("a", new BigDecimal("1.50")));
      assertThat(same.checksByName()).isEqualTo(Map.of("b", check));
      assertThat(Objects.requireNonNull(same.anything()).asMap().get("k"))
          .isEqualTo(JsonValue.ofJson("[null]"));
      assertThat(same.things()).containsExactly(JsonValue.of("t"), JsonValue.of(7));
      assertThat(same.free()).isNull();
      assertThat(same.property("free")).isEqualTo(JsonValue.NULL);
      assertThat(Objects.requireNonNull(same.defaultValue()).asList()).containsExactly("p", "q");
      assertThat(Objects.requireNonNull(same.params()).asCheck()).isEqualTo(check);
      assertThat(same.propertyClass()).isEqualTo("c");
      assertThat(same.version()).isSameAs(MiniVersion.V2025_12_08);
      assertThat(same.createdAt()).isEqualTo(timestamp);
    }
  }

  @Test
  void listsAndMapsPassedIn_changedLater_doNotChangeTheModel() {
    List<@org.jspecify.annotations.Nullable String> nicknames = new ArrayList<>(List.of("a"));
    Map<String, BigDecimal> scores = new LinkedHashMap<>(Map.of("a", BigDecimal.ONE));
    List<Long> row = new ArrayList<>(List.of(1L));
    DogAttributes.Builder builder =
        DogAttributes.builder().nicknames(nicknames).scores(scores).table(List.of(row));
    DogAttributes dog = builder.build();
    String before = dog.toJson();

    nicknames.add("b");
    scores.clear();
    row.set(0, 2L);
    builder.legs(3L).additionalProperty("x", JsonValue.of(true));

    assertThat(dog.toJson()).isEqualTo(before);
    assertThat(builder.build().nicknames()).containsExactly("a");
    dog.toBuilder().additionalProperty("y", JsonValue.of(1)).legs(9L);
    assertThat(dog.toJson()).isEqualTo(before);
  }

  @Test
  void returnedCollections_areUnmodifiable() {
    DogAttributes dog =
        DogAttributes.fromJson(
            "{\"nicknames\":[\"a\"],\"scores\":{\"a\":1},\"table\":[[1]],\"free\":{\"a\":[1]},\"x\":1}");

    JsonValue free = Objects.requireNonNull(dog.free());
    for (Collection<?> collection :
        List.of(
            Objects.requireNonNull(dog.nicknames()),
            Objects.requireNonNull(dog.scores()).keySet(),
            Objects.requireNonNull(dog.scores()).values(),
            Objects.requireNonNull(dog.scores()).entrySet(),
            Objects.requireNonNull(dog.table()).get(0),
            dog.additionalProperties().keySet(),
            dog.propertyNames(),
            free.asMap().values(),
            Objects.requireNonNull(free.asMap().get("a")).asList())) {
      assertThatThrownBy(collection::clear).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThatThrownBy(() -> Objects.requireNonNull(dog.scores()).put("b", BigDecimal.ONE))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> dog.additionalProperties().put("b", JsonValue.NULL))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> PetPage.fromJson("{\"data\":[]}").items().remove(0))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void additionalProperties_withAnyName_areSetReadAndWritten() {
    Owner owner =
        Owner.builder()
            .id("1")
            .additionalProperty("Id", JsonValue.of("odd case"))
            .additionalProperty("", JsonValue.of(List.of()))
            .additionalProperty("n", JsonValue.NULL)
            .build();

    assertThat(owner.toJson())
        .isEqualTo("{\"type\":\"owner\",\"id\":\"1\",\"Id\":\"odd case\",\"\":[],\"n\":null}");
    assertThat(owner.additionalProperties()).containsOnlyKeys("Id", "", "n");
    assertThat(owner.property("Id")).isEqualTo(JsonValue.of("odd case"));
    assertThat(owner.property("absent")).isNull();
    assertThat(owner).isEqualTo(Owner.fromJson(owner.toJson()));
  }

  @Test
  void additionalProperty_withDescribedName_isRejected() {
    assertThatThrownBy(() -> Owner.builder().additionalProperty("id", JsonValue.of("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: id is described, use its own method of Owner");
  }

  @Test
  void objectsWithPropertiesInAnotherOrder_areEqual() {
    Dog one = Dog.fromJson("{\"type\":\"pet/dog\",\"x\":{\"a\":1,\"b\":[{\"c\":1,\"d\":2}]}}");
    Dog other = Dog.fromJson("{\"x\":{\"b\":[{\"d\":2,\"c\":1}],\"a\":1},\"type\":\"pet/dog\"}");

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(Owner.fromJson(one.toJson())).isNotEqualTo(null);
  }

  @Test
  void jsonValues_thatDifferOnlyInDigits_areNotEqual() {
    assertThat(JsonValue.ofJson("[12345678901234567890]"))
        .isNotEqualTo(JsonValue.ofJson("[12345678901234567891]"));
    assertThat(JsonValue.ofJson("{\"a\":0.1}"))
        .isNotEqualTo(JsonValue.ofJson("{\"a\":0.1000000000000000055511151231257827}"));
    assertThat(JsonValue.ofJson("\"1\"")).isNotEqualTo(JsonValue.ofJson("1"));
    assertThat(JsonValue.ofJson("1e99999999999").hashCode())
        .isEqualTo(JsonValue.ofJson("1e99999999999").hashCode());
  }

  @Test
  void jsonValue_readAsAnotherKind_throwsUnexpectedType() {
    assertThatThrownBy(() -> JsonValue.of("s3cret").asLong())
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> JsonValue.of(1).asString())
        .isInstanceOf(UnexpectedTypeException.class);
    assertThatThrownBy(() -> JsonValue.ofJson("1e99999999999").asDecimal())
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessageNotContaining("99");
    assertThat(JsonValue.ofJson(" null ")).isEqualTo(JsonValue.NULL);
    assertThatThrownBy(() -> JsonValue.ofJson("{")).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void openValue_knownAndUnknown_areDistinguished() {
    PetStatus known = PetStatus.of("needs_review");
    PetStatus unknown = PetStatus.of("of-the-future");

    assertThat(known).isSameAs(PetStatus.NEEDS_REVIEW);
    assertThat(known.isKnown()).isTrue();
    assertThat(known.value()).isEqualTo("needs_review");
    assertThat(unknown.isKnown()).isFalse();
    assertThat(unknown.value()).isEqualTo("of-the-future");
    assertThat(unknown).isEqualTo(PetStatus.of("of-the-future")).isNotEqualTo(known);
    assertThat(unknown).hasSameHashCodeAs(PetStatus.of("of-the-future"));
    assertThat(describe(known) + describe(unknown)).isEqualTo("review?");
    assertThat(PetStatus.CASE_STATUS_UPDATED.value()).isEqualTo("case.status-updated");
    assertThat(MiniVersion.ALL.value()).isEqualTo("*");
    assertThat(PetStatus.of("*").equals((Object) MiniVersion.ALL)).isFalse();
    // A value may be equal to the name of the constant for unknown values.
    assertThat(PetStatus.of("UNKNOWN").isKnown()).isFalse();
  }

  private static String describe(PetStatus status) {
    return switch (status.known()) {
      case ALIVE -> "alive";
      case NEEDS_REVIEW -> "review";
      case CASE_STATUS_UPDATED -> "updated";
      case UNKNOWN -> "?";
    };
  }

  @Test
  void shapes_ofEveryKind_areReadOnlyAsThemselves() {
    Scalar text = Scalar.of("x");
    Scalar number = Scalar.of(new BigDecimal("1.50"));
    Scalar flag = Scalar.of(true);
    Scalar list = Scalar.of(List.of("a"));

    assertThat(text.asString()).isEqualTo("x");
    assertThat(text.asDecimal()).isNull();
    assertThat(text.kind()).isEqualTo(JsonValue.Kind.STRING);
    assertThat(number.asDecimal()).isEqualTo(new BigDecimal("1.50"));
    assertThat(number.json().json()).isEqualTo("1.50");
    assertThat(number.asString()).isNull();
    assertThat(flag.asBoolean()).isTrue();
    assertThat(list.asList()).containsExactly("a");
    assertThat(text).isEqualTo(Scalar.of("x")).isNotEqualTo(Scalar.of("y"));
    assertThat(text).hasSameHashCodeAs(Scalar.of("x"));
    assertThat(text).hasToString("Scalar{a string}");
    assertThat(TextOrObject.of("x").asCheck()).isNull();
  }

  @Test
  void valueOfNoShape_isAnUnexpectedValue() {
    for (String other : List.of("{\"a\":1}", "1e99999999999999")) {
      JsonType<List<Scalar>> type = JsonType.list(Scalar.TYPE);
      List<Scalar> items = type.fromJson("[" + other + "]", false);

      assertThatThrownBy(() -> items.get(0))
          .isInstanceOf(UnexpectedTypeException.class)
          .hasMessageContaining("$[0]");
      assertThatThrownBy(() -> type.fromJson("[" + other + "]", true))
          .isInstanceOf(MalformedJsonException.class);
    }
    // An unexpected value within a shape is kept there, except in strict mode.
    assertThat(JsonType.list(Scalar.TYPE).fromJson("[[\"a\",7]]", false).get(0).asList())
        .hasSize(2);
    assertThatThrownBy(() -> Scalar.TYPE.fromJson("[\"a\",7]", true))
        .isInstanceOf(MalformedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"data\":null}",
        "{\"data\":{}}",
        "{\"links\":{\"self\":\"/owners\"}}",
        "{\"data\":{},\"meta\":{}}"
      })
  void relationshipWithoutTarget_inAnyForm_isReadAsNull(String json) {
    assertThat(OwnerRelationship.fromJson(json).data()).isNull();
    assertThat(BreederRelationship.fromJson(json).data()).isNull();
    assertThat(OwnersRelationship.fromJson(json).data()).isEmpty();

    assertThat(OwnerRelationship.fromJson(json).toJson()).isEqualTo(json);
    assertThat(BreederRelationship.fromJson(json).toJson()).isEqualTo(json);
    assertThat(OwnersRelationship.fromJson(json).toJson()).isEqualTo(json);
    assertThat(OwnersRelationship.fromJson(json).toBuilder().build().toJson()).isEqualTo(json);
  }

  @Test
  void relationshipWithTarget_isReadAsThat() {
    String owner = "{\"type\":\"owner\",\"id\":\"1\"}";
    String unknown = "{\"type\":\"of/the-future\",\"id\":\"2\"}";

    assertThat(OwnerRelationship.fromJson("{\"data\":" + owner + "}").data())
        .extracting(OwnerIdentifier::id)
        .isEqualTo("1");
    assertThat(BreederRelationship.fromJson("{\"data\":" + owner + "}").data())
        .isEqualTo(Owner.fromJson(owner));
    assertThat(BreederRelationship.fromJson("{\"data\":" + unknown + "}").data())
        .extracting(Resource::id)
        .isEqualTo("2");
    assertThat(OwnersRelationship.fromJson("{\"data\":[" + owner + "]}").data())
        .extracting(OwnerIdentifier::id)
        .containsExactly("1");
    assertThat(OwnersRelationship.fromJson("{\"data\":[]}").data()).isEmpty();
    OwnersRelationship unexpected = OwnersRelationship.fromJson("{\"data\":" + owner + "}");
    assertThatThrownBy(unexpected::data).isInstanceOf(UnexpectedTypeException.class);
  }

  @Test
  void fields_ofATemplate_areReadByKey() {
    PetFields fields =
        PetFields.fromJson(
            """
            {"name-first":{"type":"string","value":"Zoe"},
             "Favourite Toy_1":{"type":"string","value":"ball"},
             "born":{"type":"date","value":"2020-02-29"},
             "n":{"type":"number","value":1.50},"i":{"type":"integer","value":7},
             "b":{"type":"boolean","value":false},"none":{"type":"string","value":null},
             "gone":null,"plain":"text","typed":{"type":"string"},"empty":{},
             "at":{"type":"datetime","value":"2025-12-08T10:15:30Z"},
             "h":{"type":"hash","value":{"in-ner":{"type":"string","value":"deep"}}},
             "odd":{"type":"string","value":["s3cret"]}}
            """);

    assertThat(fields.fieldNames()).contains("name-first", "Favourite Toy_1", "odd");
    assertThat(fields.getString("name-first")).isEqualTo("Zoe");
    assertThat(Objects.requireNonNull(fields.nameFirst()).value()).isEqualTo("Zoe");
    assertThat(fields.getString("Favourite Toy_1")).isEqualTo("ball");
    assertThat(fields.getString("favourite-toy-1")).isNull();
    assertThat(fields.getDate("born")).isEqualTo("2020-02-29");
    assertThat(fields.getNumber("n")).isEqualTo(new BigDecimal("1.50"));
    assertThat(fields.getLong("i")).isEqualTo(7);
    assertThat(fields.getBoolean("b")).isFalse();
    assertThat(fields.getString("none")).isNull();
    assertThat(fields.getString("gone")).isNull();
    assertThat(fields.field("gone")).isNull();
    assertThat(fields.getString("plain")).isEqualTo("text");
    assertThat(fields.getString("typed")).isNull();
    assertThat(fields.getString("empty")).isNull();
    assertThat(fields.getDateTime("at")).isEqualTo(OffsetDateTime.parse("2025-12-08T10:15:30Z"));
    assertThat(Objects.requireNonNull(fields.getHash("h")).getString("in-ner")).isEqualTo("deep");
    assertThat(fields.getHash("absent")).isNull();
    assertThat(fields.getArray("absent")).isEmpty();
    assertThatThrownBy(() -> fields.getString("odd"))
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage("PetFields.* is described as string but is a list");
    assertThatThrownBy(() -> fields.getDate("name-first"))
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage("PetFields.* is described as date but is a string");
    FieldValues inner = Objects.requireNonNull(fields.getHash("h"));
    assertThatThrownBy(() -> inner.getLong("in-ner"))
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage("PetFields.*.* is described as integer but is a string");
    assertThat(fields).hasToString("PetFields{14 fields}");
    assertThat(fields.field("born")).hasToString("FieldValue{type=date}");
    assertThat(inner).hasToString("FieldHash{1 fields}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'type':'multi_choices','value':['a','b']}|a,b",
        "{'type':'multi_choices','value':['a']}|a",
        "{'type':'multi_choices','value':'a'}|a",
        "{'type':'multi_choices','value':[]}|",
        "{'type':'multi_choices','value':null}|",
        "{'type':'multi_choices'}|",
        "['a','b']|a,b",
        "'a'|a",
        "{}|",
        "null|",
        "{'type':'array','value':[{'type':'string','value':'a'},{'type':'string','value':'b'}]}|a,b",
        "{'type':'array','value':[{'type':'string','value':'a'},'b']}|a,b"
      })
  void listField_ofAnyShape_returnsItsStrings(String field, @Nullable String strings) {
    String json = "{\"k\":" + field.replace('\'', '"') + "}";
    String nested = "{\"h\":{\"type\":\"hash\",\"value\":" + json + "}}";
    List<String> expected = strings == null ? List.of() : List.of(strings.split(","));

    assertThat(PetFields.fromJson(json).getArray("k"))
        .extracting(FieldValue::asString)
        .isEqualTo(expected);
    assertThat(Objects.requireNonNull(PetFields.fromJson(nested).getHash("h")).getArray("k"))
        .extracting(FieldValue::asString)
        .isEqualTo(expected);
    assertThat(PetFields.fromJson(json).toJson()).isEqualTo(json);
  }

  @Test
  void listField_withItemsOfEveryKind_returnsEachAsItsKind() {
    List<FieldValue> items =
        PetFields.fromJson(
                """
                {"a":{"type":"array","value":[{"type":"string","value":"one"},7,null,["x","y"],
                 {"type":"hash","value":{"in":{"type":"string","value":"deep"}}},
                 {"type":"passport","number":1}]}}
                """)
            .getArray("a");

    assertThat(items.get(0).type()).isEqualTo("string");
    assertThat(items.get(0).asString()).isEqualTo("one");
    assertThat(items.get(1).type()).isNull();
    assertThat(items.get(1).asLong()).isEqualTo(7);
    assertThatThrownBy(() -> items.get(1).asString())
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage("PetFields.*[1] is described as string but is a number");
    assertThat(items.get(2).asString()).isNull();
    assertThat(items.get(3).asArray()).extracting(FieldValue::asString).containsExactly("x", "y");
    assertThat(Objects.requireNonNull(items.get(4).asHash()).getString("in")).isEqualTo("deep");
    assertThat(Objects.requireNonNull(items.get(5).asHash()).getString("type"))
        .isEqualTo("passport");
    assertThat(Objects.requireNonNull(items.get(5).asHash()).getLong("number")).isEqualTo(1);
  }

  @Test
  void typeAdapter_inGsonOfTheCaller_readsAndWrites() throws Exception {
    com.google.gson.TypeAdapter<Owner> adapter = Owner.TYPE.typeAdapter();

    Owner owner = adapter.fromJson("{\"type\":\"owner\",\"id\":\"1\",\"x\":1.10}");
    assertThat(adapter.toJson(owner)).isEqualTo("{\"type\":\"owner\",\"id\":\"1\",\"x\":1.10}");
    assertThat(adapter.fromJson("null")).isNull();
    assertThat(adapter.toJson(null)).isEqualTo("null");
    assertThatThrownBy(() -> adapter.fromJson("[]")).isInstanceOf(UnexpectedTypeException.class);
  }
}
