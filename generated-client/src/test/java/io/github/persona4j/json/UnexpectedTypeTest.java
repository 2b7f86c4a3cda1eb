package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.json.MalformedJsonException.Reason;
import io.github.persona4j.json.Shape.Sample;
import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.model.Dog;
import io.github.persona4j.mini.model.DogAttributes;
import io.github.persona4j.mini.model.ModelTypes;
import io.github.persona4j.mini.model.Pet;
import io.github.persona4j.mini.model.PetPage;
import io.github.persona4j.model.Event;
import io.github.persona4j.request.JsonConverterFactory;
import io.github.persona4j.request.PagedQuery;
import io.github.persona4j.resource.ToMany;
import io.github.persona4j.resource.ToOne;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value of another type than described affects only its own accessor. */
class UnexpectedTypeTest {
  /** A recognizable value of each kind. */
  private static final Map<Sample, String> ODD =
      new EnumMap<>(
          Map.of(
              Sample.STRING, "\"s3cret\"",
              Sample.INTEGER, "70131",
              Sample.DECIMAL, "70131.5",
              Sample.BOOLEAN, "true",
              Sample.LIST, "[\"s3cret\",70131]",
              Sample.OBJECT, "{\"s3cret\":70131}"));

  @ParameterizedTest
  @EnumSource
  void anyPropertyOfAnyModel_ofAnotherKind_affectsOnlyItsAccessor(Descriptions description) {
    description
        .models()
        .forEach(
            (name, type) -> {
              Set<String> indispensable = Shape.indispensable(type);
              for (String property : type.properties()) {
                Shape shape = Shape.of(type).property(type, property);
                ODD.forEach(
                    (sample, json) -> {
                      boolean fits =
                          shape.fitting().contains(sample)
                              || !(shape.slot(json) instanceof UnexpectedValue);
                      if (!fits && !indispensable.contains(property)) {
                        checkContained(type, indispensable, property, json);
                      }
                    });
              }
            });
  }

  /** Returns how many accessors read a property. */
  private static int accessors(JsonModel model, String property) {
    return switch (property) {
      case "links" -> 3; // a page also has the next and the previous one
      case "relationships" -> 1 + relations(model);
      case "attributes" -> model instanceof Event ? 2 : 1; // payload(), too
      case "page" -> model instanceof PagedQuery ? 4 : 1; // its cursors and size, too
      default -> 1;
    };
  }

  private static int relations(JsonModel model) {
    return (int)
        Arrays.stream(model.getClass().getMethods())
            .map(Method::getReturnType)
            .filter(type -> type == ToOne.class || type == ToMany.class)
            .count();
  }

  private static void checkContained(
      ModelType<?> type, Set<String> indispensable, String property, String unexpected) {
    StringBuilder text = new StringBuilder("{\"sibling\":1,");
    for (String name : indispensable) {
      Shape shape = Shape.of(type).property(type, name);
      text.append('"').append(name).append("\":");
      text.append(shape.fitting().contains(Sample.LIST) ? "[]," : "{},");
    }
    text.append('"').append(property).append("\":").append(unexpected).append('}');
    String json = text.toString();
    String context = type.name() + " " + json;

    JsonModel model = type.fromJson(json, false);

    assertThat(Trees.of(model.toJson())).as(context).isEqualTo(Trees.of(json));
    assertThat(model.property(property)).as(context).isEqualTo(JsonValue.ofJson(unexpected));
    assertThat(model.property("sibling")).as(context).isEqualTo(JsonValue.of(1));
    assertThat(model.toString()).as(context).doesNotContain("s3cret", "70131");

    // Paths do not contain names that users choose.
    String path = "$." + (type.hasOwnNames() ? "*" : property);
    int failed = 0;
    for (Accessors.Outcome outcome : Accessors.callAll(model)) {
      Throwable thrown = outcome.error();
      boolean isAbsence =
          thrown != null && String.valueOf(thrown.getMessage()).contains("but is absent");
      if (thrown != null && !isAbsence) {
        failed++;
        assertThat(thrown)
            .as(context)
            .isInstanceOf(UnexpectedTypeException.class)
            .hasMessageContaining(path + " is described as")
            .hasMessageNotContainingAny("s3cret", "70131")
            .extracting(error -> ((UnexpectedTypeException) error).path())
            .isEqualTo(path);
      }
    }
    assertThat(failed).as(context).isBetween(1, accessors(model, property));

    assertThatThrownBy(() -> type.fromJson(json, true))
        .as(context)
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageNotContainingAny("s3cret", "70131")
        .extracting(e -> ((MalformedJsonException) e).reason() + ((JsonException) e).path())
        .isEqualTo("UNEXPECTED_TYPE" + path);
  }

  private static final String PAGE =
      """
      {"data":[{"type":"pet/dog","id":"dog_1","attributes":{
        "weight":"s3cret","legs":4,"trained":"s3cret","birthdate":"2025-02-30",
        "created-at":"2016-12-31T23:59:60Z","status":7,"version":{},
        "nicknames":["a",70131,null,"b"],"statuses":["alive",false],
        "birthdays":["2025-12-08","s3cret","2025-12-09"],
        "table":[[1,2],"s3cret",[3,4.5,9223372036854775808]],
        "scores":{"a":1.50,"s3cret-key":"s3cret","b":2},
        "checks":[{"name":"x"},70131,{"name":70131}],
        "default-value":{"a":1},"params":true}}],
      "links":{"next":null,"prev":70131}}
      """;

  private static DogAttributes attributes() {
    PetPage page = PetPage.fromJson(PAGE);
    return ((Dog) page.data().get(0)).attributes();
  }

  @ParameterizedTest
  @CsvSource({
    "weight, number, a string",
    "trained, boolean, a string",
    "birthdate, date, a string",
    "createdAt, date-time, a string",
    "status, string, a number",
    "version, string, an object",
    "defaultValue, one of several shapes, an object",
    "params, one of several shapes, a boolean"
  })
  void accessor_ofUnexpectedValue_throwsWithItsPathAndKinds(
      String accessor, String described, String found) throws ReflectiveOperationException {
    Throwable error = Accessors.call(attributes(), DogAttributes.class.getMethod(accessor)).error();

    String name = accessor.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    assertThat(error)
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage("$.data[0].attributes.%s is described as %s but is %s", name, described, found);
    assertThat(((UnexpectedTypeException) Objects.requireNonNull(error)).described())
        .isEqualTo(described);
  }

  @Test
  void siblingsOfUnexpectedValues_areRead() {
    DogAttributes attributes = attributes();

    assertThat(attributes.legs()).isEqualTo(4);
    assertThat(attributes.homepage()).isNull();
    assertThat(attributes.property("weight")).isEqualTo(JsonValue.of("s3cret"));
    assertThat(attributes.toString())
        .isEqualTo(
            "DogAttributes{legs=4, set=[birthdate, weight, trained, nicknames, statuses,"
                + " birthdays, checks, table, scores, default-value, params, version, status,"
                + " created-at]}");
  }

  @Test
  void listsAndMaps_withUnexpectedItems_throwOnlyForThose() {
    DogAttributes attributes = attributes();

    List<String> nicknames = Objects.requireNonNull(attributes.nicknames());
    assertThat(nicknames.get(0)).isEqualTo("a");
    assertThat(nicknames.get(2)).isNull();
    assertThat(nicknames.get(3)).isEqualTo("b");
    assertPath(() -> nicknames.get(1), "$.data[0].attributes.nicknames[1]");

    List<?> birthdays = Objects.requireNonNull(attributes.birthdays());
    assertThat(birthdays.get(2)).hasToString("2025-12-09");
    assertPath(() -> birthdays.get(1), "$.data[0].attributes.birthdays[1]");

    List<List<Long>> table = Objects.requireNonNull(attributes.table());
    assertThat(table.get(0)).containsExactly(1L, 2L);
    assertThat(table.get(2).get(0)).isEqualTo(3);
    assertPath(() -> table.get(1), "$.data[0].attributes.table[1]");
    assertPath(() -> table.get(2).get(1), "$.data[0].attributes.table[2][1]");
    assertPath(() -> table.get(2).get(2), "$.data[0].attributes.table[2][2]");

    Map<String, BigDecimal> scores = Objects.requireNonNull(attributes.scores());
    assertThat(scores).hasSize(3).containsKey("s3cret-key");
    assertThat(scores.get("a")).isEqualTo(new BigDecimal("1.50"));
    assertThat(scores.get("b")).isEqualTo(new BigDecimal("2"));
    assertPath(() -> scores.get("s3cret-key"), "$.data[0].attributes.scores.*");
    assertThat(scores.keySet()).containsExactly("a", "s3cret-key", "b");
    for (Map.Entry<String, BigDecimal> score : scores.entrySet()) {
      if (score.getKey().equals("s3cret-key")) {
        assertPath(score::getValue, "$.data[0].attributes.scores.*");
      } else {
        assertThat(score.getValue()).isEqualTo(scores.get(score.getKey()));
      }
    }

    List<io.github.persona4j.mini.model.Check> checks = Objects.requireNonNull(attributes.checks());
    assertThat(checks.get(0).name()).isEqualTo("x");
    assertPath(() -> checks.get(1), "$.data[0].attributes.checks[1]");
    assertPath(() -> checks.get(2).name(), "$.data[0].attributes.checks[2].name");

    assertThat(nicknames.toString() + table + scores + scores.entrySet())
        .doesNotContain("70131", "1.5", "=", "s3cret");
  }

  private static void assertPath(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String path) {
    UnexpectedTypeException error = catchThrowableOfType(UnexpectedTypeException.class, call);
    assertThat(error).isNotNull().hasMessageNotContainingAny("70131", "\"");
    assertThat(error.path()).isEqualTo(path);
  }

  @Test
  void pathsInUnionMembers_tagLast_areTheSameAsWithTheTagFirst() {
    String json =
        """
        {"data":[{"type":"pet/dog"},{"a.b":1,"attributes":{"weight":"s3cret"},"type":"pet/dog"}]}
        """;
    Dog dog = (Dog) PetPage.fromJson(json).data().get(1);

    assertPath(() -> dog.attributes().weight(), "$.data[1].attributes.weight");
    assertThatThrownBy(() -> PetPage.TYPE.fromJson(json, true))
        .hasMessageContaining("$.data[1].attributes.weight");
  }

  @Test
  void unexpectedTypesEverywhere_writtenBack_areUnchanged() {
    assertThat(Trees.of(PetPage.fromJson(PAGE).toJson())).isEqualTo(Trees.of(PAGE));
  }

  @Test
  void unexpectedItemOfAList_strict_failsWithThePathOfTheItem() {
    assertThatThrownBy(
            () -> DogAttributes.TYPE.fromJson("{\"nicknames\":[\"a\",70131,\"b\"]}", true))
        .hasMessage(
            "Malformed JSON at $.nicknames[1]: a value has another type than described"
                + " (string expected, found a number)");
    assertThatThrownBy(
            () -> DogAttributes.TYPE.fromJson("{\"birthdays\":[\"2025-12-08\",\"s3cret\"]}", true))
        .hasMessageContaining("$.birthdays[1]:")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void unexpectedResourceInAList_decoded_affectsOnlyItself() {
    PetPage page = PetPage.fromJson("{\"data\":[{\"type\":\"pet/dog\",\"id\":\"1\"},\"s3cret\"]}");

    assertThat(page.data()).hasSize(2);
    assertThat(page.items().get(0).id()).isEqualTo("1");
    assertPath(() -> page.items().get(1), "$.data[1]");
  }

  @Test
  void requiredString_absent_throwsUnexpectedType() {
    Dog dog = Dog.fromJson("{\"id\":null}");

    assertThatThrownBy(dog::id)
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage("Dog.id is described as required but is absent");
    assertThat(dog.attributes().propertyNames()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|MISSING_DATA|$.data",
        "{\"links\":{\"next\":null}}|MISSING_DATA|$.data",
        "{\"data\":null}|MISSING_DATA|$.data",
        "{\"data\":{}}|UNEXPECTED_TYPE|$.data",
        "{\"data\":\"s3cret\"}|UNEXPECTED_TYPE|$.data",
        "[]|UNEXPECTED_TYPE|$",
        "null|UNEXPECTED_TYPE|$",
        "\"s3cret\"|UNEXPECTED_TYPE|$",
        "70131|UNEXPECTED_TYPE|$",
        "<html>s3cret</html>|SYNTAX|$"
      })
  void invalidEnvelope_decoded_failsWithItsReason(String json, Reason reason, String path) {
    for (boolean strict : new boolean[] {false, true}) {
      MalformedJsonException error =
          catchThrowableOfType(
              MalformedJsonException.class, () -> PetPage.TYPE.fromJson(json, strict));
      assertThat(error).isNotNull().hasMessageNotContainingAny("s3cret", "70131");
      assertThat(error.reason()).isEqualTo(reason);
      assertThat(error.path()).isEqualTo(path);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void factory_unexpectedValue_isKeptOrFailsInStrictMode(boolean strict) throws Exception {
    JsonConverterFactory factory =
        strict
            ? JsonConverterFactory.strict(ModelTypes.ALL)
            : JsonConverterFactory.create(ModelTypes.ALL);
    byte[] bytes = PAGE.getBytes(UTF_8);

    if (strict) {
      assertThatThrownBy(() -> RetrofitCodec.decode(factory, PetsApi.class, "list", bytes))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageContaining("$.data[0].attributes.weight");
    } else {
      PetPage page = (PetPage) RetrofitCodec.decode(factory, PetsApi.class, "list", bytes);
      assertThat(page.items()).hasSize(1).first().extracting(Pet::id).isEqualTo("dog_1");
    }
  }
}
