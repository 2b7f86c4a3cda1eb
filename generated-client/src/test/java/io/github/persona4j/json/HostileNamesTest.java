package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.mini.model.DogAttributes;
import io.github.persona4j.mini.model.Owner;
import io.github.persona4j.mini.model.Pet;
import io.github.persona4j.mini.model.PetPage;
import io.github.persona4j.mini.model.PetStatus;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.AccountFields;
import io.github.persona4j.model.AccountResponse;
import io.github.persona4j.model.CreateInquiryAttributes;
import io.github.persona4j.model.CreateInquiryRequest;
import io.github.persona4j.model.ErrorObject;
import io.github.persona4j.model.InquiryFieldValues;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.TagMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names and IDs of a response in messages and {@code toString()}: on one short line, without names
 * that users chose.
 */
class HostileNamesTest {
  private static final String LONG = "n".repeat(3_000_000);
  private static final String FORGED =
      "x\\r\\n2026-01-01 ERROR forged\\u0000\\u001b[2J\\u202e\\u2028y";
  private static final String CLEAN = "x 2026-01-01 ERROR forged [2J y";

  private static JsonException failure(Runnable call) {
    JsonException failure = catchThrowableOfType(JsonException.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  // ---- names that users chose ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // keys below x-fields
        "{\"data\":{\"attributes\":{\"fields\":{\"s3cret\":1,\"s3cret\":2}}}}"
            + "|$.data.attributes.fields.*",
        "{\"data\":{\"attributes\":{\"fields\":{\"s3cret\" 1}}}}|$.data.attributes.fields.*",
        "{\"data\":{\"attributes\":{\"fields\":{\"s3cret\":!}}}}|$.data.attributes.fields.*",
        "{\"data\":{\"attributes\":{\"fields\":{\"s3cret\":{\"value\":!}}}}}"
            + "|$.data.attributes.fields.*.*",
        "{\"data\":{\"attributes\":{\"fields\":{\"s3cret\":[{\"s3cret\":!}]}}}}"
            + "|$.data.attributes.fields.*[0].*",
        "{\"data\":{\"attributes\":{\"fields\":{\"name-first\":{\"type\":\"string\",\"value\":!}}}}}"
            + "|$.data.attributes.fields.*.value",
        "{\"data\":{\"attributes\":{\"fields\":{\"name-first\":{\"s3cret\":!}}}}}"
            + "|$.data.attributes.fields.*.s3cret",
        // after them, names are shown again
        "{\"data\":{\"attributes\":{\"fields\":{\"s3cret\":{\"s3cret\":1}},\"status\":!}}}"
            + "|$.data.attributes.status",
        "{\"data\":{\"attributes\":{\"behaviors\":{\"new\":!}}}}|$.data.attributes.behaviors.new",
        "{\"data\":{\"attributes\":{\"new\":{\"s3cret\":[[{\"s3cret\":!}]]}}}}"
            + "|$.data.attributes.new.*[0][0].*",
        "{\"data\":{\"attributes\":{\"new\":!}}}|$.data.attributes.new",
      })
  void namesThatAUserChose_areHiddenInPaths(String json, String path) {
    JsonException failure = failure(() -> InquiryResponse.fromJson(json));

    assertThat(failure.path()).isEqualTo(path);
    assertThat(failure).hasMessageStartingWith("Malformed JSON at " + path + ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fields", "other"})
  void namesInAUnionReadAhead_areHidden(String name) {
    String json =
        "{\"data\":[{\"attributes\":{\"%s\":{\"s3cret\":!}},\"type\":\"pet/dog\"}]}"
            .formatted(name);

    assertThat(failure(() -> PetPage.fromJson(json)).path()).isEqualTo("$.data[0].attributes.*.*");
  }

  @Test
  void unexpectedValueOfAField_isReportedWithoutItsName() {
    AccountResponse response =
        AccountResponse.TYPE.fromJson(
            """
            {"data":{"type":"account","id":"act_1","attributes":{"fields":{
              "birthdate":{"type":"date","value":70131},
              "s3cret":{"type":"hash","value":{"s3cret":{"type":"array","value":[7]}}}}}}}
            """,
            false);
    AccountFields fields = Objects.requireNonNull(response.data().attributes().fields());

    assertThat(failure(() -> Objects.requireNonNull(fields.birthdate()).value()))
        .hasMessage("$.data.attributes.fields.*.value is described as string but is a number");
    assertThat(failure(() -> fields.getDate("s3cret")))
        .hasMessage("AccountFields.* is described as date but is an object");
    assertThat(failure(() -> Objects.requireNonNull(fields.getHash("s3cret")).getLong("s3cret")))
        .hasMessage("AccountFields.*.* is described as integer but is a list");
    assertThat(fields).hasToString("AccountFields{2 fields}");
    assertThat(fields.additionalProperties()).hasToString("{1 entries}").containsOnlyKeys("s3cret");
    assertThat(response.data().attributes().toString()).doesNotContain("s3cret");
  }

  @Test
  void ownNamesOfARequest_areHidden() {
    InquiryFieldValues fields =
        InquiryFieldValues.builder()
            .nameFirst("Zoe")
            .additionalProperty("s3cret", JsonValue.of("s3cret"))
            .build();
    CreateInquiryAttributes attributes = CreateInquiryAttributes.builder().fields(fields).build();

    assertThat(fields).hasToString("InquiryFieldValues{2 fields}");
    assertThat(attributes).hasToString("CreateInquiryAttributes{set=[fields]}");
    assertThat(
            failure(
                    () ->
                        CreateInquiryRequest.fromJson(
                            "{\"data\":{\"attributes\":{\"fields\":{\"s3cret\":!}}}}"))
                .path())
        .isEqualTo("$.data.attributes.fields.*");
  }

  @Test
  void keysOfMaps_areHidden() {
    DogAttributes dog = DogAttributes.fromJson("{\"scores\":{\"s3cret\":\"x\",\"b\":2}}");
    Map<String, ?> scores = Objects.requireNonNull(dog.scores());

    assertThat(failure(() -> scores.get("s3cret")))
        .hasMessage("$.scores.* is described as number but is a string");
    assertThat(scores).hasToString("{2 entries}");
    assertThat(scores.entrySet().toString()).doesNotContain("s3cret");
    assertThat(JsonValue.ofJson("{\"s3cret\":1}").asMap())
        .hasToString("{1 entries}")
        .containsExactly(Map.entry("s3cret", JsonValue.of(1)))
        .isEqualTo(Map.of("s3cret", JsonValue.of(1)));
  }

  @Test
  void userInput_isNotShown() {
    assertThat(TagMeta.fromJson("{\"tag-id\":\"tag_1\",\"tag-name\":\"s3cret\"}"))
        .hasToString("TagMeta{tag-id=tag_1, set=[tag-name]}");
    assertThat(
            Account.fromJson(
                    """
                    {"type":"account","id":"act_1","attributes":{"account-status":"s3cret",
                     "account-type-name":"s3cret","tags":["s3cret"]}}
                    """)
                .attributes())
        .hasToString("AccountAttributes{set=[account-type-name, account-status, tags]}");
    assertThat(
            ErrorObject.fromJson(
                    """
                    {"title":"s3cret","code":"bad","source":{"pointer":"/data/attributes/fields/s3cret"},
                     "details":"s3cret"}
                    """)
                .toString())
        .contains("code=bad")
        .doesNotContain("s3cret");
  }

  // ---- names that are no names of the API ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "john@example.com",
        "john@x.de 1985-12-10",
        "1985-12-10",
        "ada-1985-12-10",
        "Ada Example",
        "+4912345678",
        "name.first",
        "Zo\u00eb",
        ""
      })
  void nameOfAnotherKind_isHidden(String name) {
    assertThat(failure(() -> DogAttributes.fromJson("{\"" + name + "\":!}")))
        .hasMessageStartingWith("Malformed JSON at $.*: ");
    assertThat(failure(() -> JsonValue.ofJson("{\"" + name + "\":1,\"" + name + "\":2}")).path())
        .isEqualTo("$.*");
    assertThat(DogAttributes.fromJson("{\"" + name + "\":1}"))
        .hasToString("DogAttributes{set=[*]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"new", "new-name", "new_name", "newName", "_id", "address-street-1", "sha256"})
  void nameLikeThoseOfTheApi_isShown(String name) {
    assertThat(failure(() -> DogAttributes.fromJson("{\"" + name + "\":!}")).path())
        .isEqualTo("$." + name);
    assertThat(DogAttributes.fromJson("{\"" + name + "\":1}"))
        .hasToString("DogAttributes{set=[" + name + "]}");
  }

  // ---- names that forge lines ----

  @Test
  void unknownNames_areHiddenInMessages() {
    String json = "{\"" + FORGED + "\":1,\"" + FORGED + "\":2,\"legs\":1}";

    assertThat(failure(() -> DogAttributes.fromJson(json)))
        .hasMessage("Malformed JSON at $.*: duplicate property");
    assertThat(DogAttributes.fromJson("{\"legs\":4,\"" + FORGED + "\":1}"))
        .hasToString("DogAttributes{legs=4, set=[*]}");
  }

  @Test
  void typesIdsAndOpenValues_areOneLine() {
    String object = "{\"type\":\"" + FORGED + "\",\"id\":\"" + FORGED + "\"}";

    assertThat(Owner.fromJson(object))
        .hasToString("Owner{type=" + CLEAN + ", id=" + CLEAN + ", set=[]}");
    assertThat(Pet.TYPE.fromJson(object, false))
        .hasToString("Unknown{type=" + CLEAN + ", id=" + CLEAN + "}")
        .satisfies(pet -> assertThat(pet.id()).contains("\r\n"));
    PetStatus status = PetStatus.of("x\r\ny");
    assertThat(status).hasToString("x y");
    assertThat(status.value()).isEqualTo("x\r\ny");
    assertThat(
            ErrorObject.fromJson(
                "{\"title\":\""
                    + FORGED
                    + "\",\"code\":\""
                    + FORGED
                    + "\",\"details\":\"s3cret\"}"))
        .hasToString("ErrorObject{code=" + CLEAN + ", set=[title, details]}");
    assertThat(FieldValue.of("f", JsonValue.ofJson("{\"type\":\"" + FORGED + "\",\"value\":1}")))
        .hasToString("FieldValue{type=" + CLEAN + "}");
  }

  @Test
  void knownValuesOfOpenEnums_areShownUnchanged() {
    int checked = 0;
    for (Descriptions description : Descriptions.values()) {
      for (Class<?> type : description.classes()) {
        if (OpenValue.class.isAssignableFrom(type)) {
          for (var field : type.getFields()) {
            if (field.getType() == type) {
              OpenValue value = (OpenValue) Accessors.constant(field);
              assertThat(value).hasToString(value.value());
              checked++;
            }
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(300);
  }

  // ---- names that fill a log ----

  @Test
  void longNames_haveShortMessages() {
    String name = "{\"" + LONG + "\":";
    List<Runnable> calls =
        List.of(
            () -> DogAttributes.fromJson(name + "1,\"" + LONG + "\":2}"),
            () -> DogAttributes.fromJson(name + "!}"),
            () -> DogAttributes.fromJson("{\"free\":" + name + "!}}"),
            () -> DogAttributes.fromJson("{\"scores\":" + name + "!}}"),
            () -> Pet.TYPE.fromJson(name + "1,\"type\":!}", false),
            () -> JsonValue.ofJson(name + "1,\"" + LONG + "\":2}"),
            () -> JsonValue.ofJson("{\"a\":" + name + "!}}"),
            () -> InquiryFieldValues.fromJson(name + "!}"),
            () -> AccountFields.fromJson(name + "1}").getString(LONG));
    for (Runnable call : calls) {
      JsonException failure = failure(call);
      assertThat(failure.getMessage()).hasSizeLessThan(200).doesNotContain("n".repeat(101));
      assertThat(failure.path()).hasSizeLessThan(150);
    }
  }

  @Test
  void deepPathOfLongNames_isTruncated() {
    int levels = 60;
    String part = "{\"children\":[{\"" + "n".repeat(1_000) + "\":";
    String json = "{\"children\":[".repeat(levels) + part + "!";

    JsonException failure = failure(() -> io.github.persona4j.mini.model.Check.fromJson(json));

    assertThat(failure.path()).hasSize(400).startsWith("$.children[0].children[0].").endsWith("…");
    assertThat(failure.getMessage()).hasSizeLessThan(500);
  }

  @Test
  void longNamesAndValues_areShortInToString() {
    StringBuilder many = new StringBuilder("{\"legs\":4");
    for (int i = 0; i < 10_000; i++) {
      many.append(",\"new").append(i).append("\":1");
    }
    List<Object> objects = new ArrayList<>();
    objects.add(DogAttributes.fromJson("{\"" + LONG + "\":1}"));
    objects.add(DogAttributes.fromJson("{\"" + LONG + "\":1}").additionalProperties());
    objects.add(JsonValue.ofJson("{\"" + LONG + "\":1}").asMap());
    objects.add(DogAttributes.fromJson(many.append('}').toString()));
    objects.add(Owner.fromJson("{\"type\":\"" + LONG + "\",\"id\":\"" + LONG + "\"}"));
    objects.add(Pet.TYPE.fromJson("{\"type\":\"" + LONG + "\",\"id\":\"" + LONG + "\"}", false));
    objects.add(PetStatus.of(LONG));
    objects.add(ErrorObject.fromJson("{\"title\":\"" + LONG + "\",\"code\":\"" + LONG + "\"}"));
    objects.add(FieldValue.of("f", JsonValue.ofJson("{\"type\":\"" + LONG + "\"}")));

    for (Object object : objects) {
      assertThat(object.toString()).hasSizeLessThan(500).doesNotContain("n".repeat(101));
    }
    assertThat(objects.get(3).toString())
        .startsWith("DogAttributes{legs=4, set=[new0, new1, ")
        .endsWith(", new19, 9980 more]}");
  }

  @Test
  void nameInAGsonReader_isShortAndOnOneLine() throws Exception {
    for (String name : List.of(LONG, FORGED)) {
      var reader =
          new com.google.gson.stream.JsonReader(
              new java.io.StringReader("{\"" + name + "\":[{\"legs\":1,\"legs\":2}]}"));
      reader.beginObject();
      assertThat(reader.nextName()).isNotEmpty();
      reader.beginArray();

      String message =
          Objects.requireNonNull(
              catchThrowableOfType(
                      JsonException.class, () -> DogAttributes.TYPE.typeAdapter().read(reader))
                  .getMessage());

      assertThat(message).hasSizeLessThan(500).doesNotContain("\n", "\r", "\u202e", "\u0000");
    }
  }
}
