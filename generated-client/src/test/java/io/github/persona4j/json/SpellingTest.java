package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.json.Shape.Sample;
import io.github.persona4j.mini.model.FileField;
import io.github.persona4j.mini.model.PetFields;
import io.github.persona4j.mini.model.PetFile;
import io.github.persona4j.mini.model.TextField;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A property is read in either spelling of its name, and written in the spelling that was read. */
class SpellingTest {
  private static final String TEXT = "{\"type\":\"string\",\"value\":\"Zoe\"}";

  @ParameterizedTest
  @EnumSource
  void anyPropertyOfAnyModel_inTheOtherSpelling_isReadAndIsPreserved(Descriptions description) {
    description.models().forEach((name, type) -> type.properties().forEach(p -> check(type, p)));
  }

  private static void check(ModelType<?> type, String property) {
    String other = Spelling.other(property);
    if (other.equals(property) || Shape.indispensable(type).contains(property)) {
      return;
    }
    StringBuilder envelope = new StringBuilder();
    for (String name : Shape.indispensable(type)) {
      Shape shape = Shape.of(type).property(type, name);
      envelope.append('"').append(name).append("\":");
      envelope.append(shape.fitting().contains(Sample.LIST) ? "[]," : "{},");
    }
    for (Sample sample : Shape.of(type).property(type, property).fitting()) {
      String member = "\":" + sample.json + "}";
      JsonModel described = type.fromJson("{" + envelope + "\"" + property + member, false);
      JsonModel respelled = type.fromJson("{" + envelope + "\"" + other + member, false);
      String place = type.name() + "." + other + " " + sample;

      Method accessor = accessor(described, property);
      assertThat(Accessors.call(respelled, accessor).value())
          .as(place)
          .isEqualTo(Accessors.call(described, accessor).value());
      assertThat(respelled.property(property)).as(place).isEqualTo(described.property(property));
      assertThat(respelled.property(other)).as(place).isEqualTo(described.property(property));
      assertThat(respelled.additionalProperties()).as(place).isEmpty();
      assertThat(respelled.toJson()).as(place).endsWith("\"" + other + member);
    }
  }

  /** Returns the accessor of a property, whose name has no separators. */
  private static Method accessor(JsonModel model, String property) {
    String plain = property.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    return Arrays.stream(model.getClass().getDeclaredMethods())
        .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
        .filter(method -> method.getName().toLowerCase(Locale.ROOT).equals(plain))
        .findFirst()
        .orElseThrow(() -> new AssertionError(model.modelType().name() + "." + property));
  }

  @Test
  void fileOfAField_inEitherSpelling_isRead() {
    for (String json :
        new String[] {
          "{\"byte-size\":7,\"mime-type\":\"image/png\"}",
          "{\"byte_size\":7,\"mime_type\":\"image/png\"}",
          "{\"byte_size\":7,\"mime-type\":\"image/png\"}"
        }) {
      String fields = "{\"photo\":{\"type\":\"file\",\"value\":" + json + "}}";
      PetFields read = PetFields.fromJson(fields);
      PetFile file = Objects.requireNonNull(Objects.requireNonNull(read.photo()).value());

      assertThat(file.byteSize()).isEqualTo(7);
      assertThat(file.mimeType()).isEqualTo("image/png");
      assertThat(file.toBuilder().build()).isEqualTo(file);
      FieldValue field = Objects.requireNonNull(read.field("photo"));
      assertThat(field.as(PetFile.TYPE)).isEqualTo(file);
      assertThat(Objects.requireNonNull(field.asHash()).getLong("byte-size")).isEqualTo(7);
      assertThat(Objects.requireNonNull(field.asHash()).getLong("byte_size")).isEqualTo(7);
      assertThat(Trees.of(read.toJson())).isEqualTo(Trees.of(fields));
    }
    assertThat(FileField.fromJson("{\"type\":\"file\",\"value\":null}").value()).isNull();
  }

  @Test
  void propertyInEitherSpelling_isFoundAndIsNoAdditionalOne() {
    String json = "{\"byte_size\":7,\"mime-type\":\"image/png\",\"other_one\":1}";
    PetFile file = PetFile.fromJson(json);

    for (String name : new String[] {"byte-size", "byte_size"}) {
      assertThat(file.property(name)).isEqualTo(JsonValue.of(7));
    }
    for (String name : new String[] {"mime-type", "mime_type"}) {
      assertThat(file.property(name)).isEqualTo(JsonValue.of("image/png"));
    }
    for (String name : new String[] {"other-one", "other_one"}) {
      assertThat(file.property(name)).isEqualTo(JsonValue.of(1));
    }
    assertThat(file.property("byte")).isNull();
    assertThat(file.additionalProperties()).containsOnlyKeys("other_one");
    assertThat(file.propertyNames())
        .containsExactlyInAnyOrder("byte_size", "mime-type", "other_one");
    assertThat(file.toString()).contains("byte_size");
    assertThat(Trees.of(file.toBuilder().build().toJson())).isEqualTo(Trees.of(json));
    assertThat(PetFile.fromJson("{\"byte_size\":7}").additionalProperties()).isEmpty();
  }

  @Test
  void otherSpellingBesideTheDescribedOne_isAnAdditionalProperty() {
    PetFile file = PetFile.fromJson("{\"byte_size\":7,\"byte-size\":8}");

    assertThat(file.byteSize()).isEqualTo(8);
    assertThat(file.property("byte-size")).isEqualTo(JsonValue.of(8));
    assertThat(file.property("byte_size")).isEqualTo(JsonValue.of(7));
    assertThat(file.additionalProperties()).containsOnlyKeys("byte_size");
  }

  @Test
  void fieldNames_areInTheOrderReceived() {
    String own = "\"zoo\":" + TEXT + ",\"name-first\":" + TEXT + ",\"alpha\":" + TEXT;
    PetFields fields = PetFields.fromJson("{\"photo\":null," + own + ",\"shoe-size\":null}");

    assertThat(fields.fieldNames())
        .containsExactly("photo", "zoo", "name-first", "alpha", "shoe-size");
    PetFields changed =
        fields.toBuilder()
            .unset("zoo")
            .additionalProperty("new", JsonValue.of(1))
            .setNull("name-first")
            .build();
    assertThat(changed.fieldNames())
        .containsExactly("photo", "name-first", "alpha", "shoe-size", "new");
    assertThat(fields)
        .isEqualTo(PetFields.fromJson("{" + own + ",\"photo\":null,\"shoe-size\":null}"));
  }

  @ParameterizedTest
  @CsvSource({"name-first,name_first", "name_first,name-first", "shoe-size,shoe_size"})
  void field_requestedInTheOtherSpelling_isFound(String given, String asked) {
    PetFields fields = PetFields.fromJson("{\"" + given + "\":" + TEXT + "}");
    PetFields nested =
        PetFields.fromJson(
            "{\"h\":{\"type\":\"hash\",\"value\":{\"" + given + "\":" + TEXT + "}}}");

    assertThat(fields.getString(given)).isEqualTo("Zoe");
    assertThat(fields.getString(asked)).isEqualTo("Zoe");
    assertThat(Objects.requireNonNull(nested.getHash("h")).getString(asked)).isEqualTo("Zoe");
    assertThat(fields.fieldNames()).containsExactly(given);
  }

  @Test
  void bothSpellings_present_areReadSeparately() {
    String json = "{\"name-first\":" + TEXT + ",\"name_first\":" + TEXT.replace("Zoe", "Ada") + "}";
    PetFields fields = PetFields.fromJson(json);

    assertThat(Objects.requireNonNull(fields.nameFirst()).value()).isEqualTo("Zoe");
    assertThat(fields.getString("name-first")).isEqualTo("Zoe");
    assertThat(fields.getString("name_first")).isEqualTo("Ada");
    assertThat(fields.toJson()).isEqualTo(json);
    assertThat(fields.toBuilder().unset("name-first").build().getString("name-first"))
        .isEqualTo("Ada");
  }

  @Test
  void describedSpelling_thatIsNull_hidesTheOther() {
    PetFields fields = PetFields.fromJson("{\"name_first\":" + TEXT + ",\"name-first\":null}");

    assertThat(fields.nameFirst()).isNull();
    assertThat(fields.getString("name-first")).isNull();
  }

  @Test
  void propertyInTheOtherSpelling_setOrUnset_isOneProperty() {
    PetFields fields = PetFields.fromJson("{\"name_first\":" + TEXT + ",\"x\":1}");
    TextField ada = TextField.builder().value("Ada").build();

    assertThat(fields.toBuilder().nameFirst(ada).build().toJson())
        .isEqualTo("{\"name_first\":{\"value\":\"Ada\"},\"x\":1}");
    assertThat(fields.toBuilder().setNull("name-first").build().toJson())
        .isEqualTo("{\"name_first\":null,\"x\":1}");
    assertThat(fields.toBuilder().nameFirst(null).build().toJson()).isEqualTo("{\"x\":1}");
    assertThat(fields.toBuilder().unset("name-first").build().toJson()).isEqualTo("{\"x\":1}");
    assertThat(fields.toBuilder().unset("name_first").build().toJson()).isEqualTo("{\"x\":1}");
  }

  @Test
  void requiredPropertyInTheOtherSpelling_isSet() {
    assertThat(
            PetFile.builder().additionalProperty("byte_size", JsonValue.of(7)).build().byteSize())
        .isEqualTo(7);
    assertThatThrownBy(
            () -> PetFile.builder().additionalProperty("byte_size", JsonValue.NULL).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("PetFile: byte-size is required");
  }

  @Test
  void unexpectedValueInTheOtherSpelling_throwsWithItsNameUnlessAUserMayHaveChosenIt() {
    PetFile file = PetFile.fromJson("{\"mime_type\":70131}");
    PetFields fields = PetFields.fromJson("{\"name_first\":{\"value\":70131}}");

    assertThatThrownBy(file::mimeType)
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage("PetFile.mime_type is described as string but is a number");
    TextField name = Objects.requireNonNull(fields.nameFirst());
    assertThatThrownBy(name::value)
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage("PetFields.*.value is described as string but is a number");
  }
}
