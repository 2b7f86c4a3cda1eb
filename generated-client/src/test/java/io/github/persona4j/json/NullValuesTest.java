package io.github.persona4j.json;

import static io.github.persona4j.json.BuiltProperty.build;
import static io.github.persona4j.json.BuiltProperty.builderOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.json.BuiltProperty.Nulls;
import io.github.persona4j.mini.model.CreatePetAttributes;
import io.github.persona4j.mini.model.DogAttributes;
import io.github.persona4j.mini.model.PetFields;
import io.github.persona4j.mini.model.PetFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A setter that is given null removes its property. Other methods of builders set it to null. */
class NullValuesTest {
  @ParameterizedTest
  @EnumSource
  void anyProperty_setToNull_isAbsentUnlessItIsRequiredAndMayBeNull(Descriptions description) {
    int checked = 0;
    for (BuiltProperty property : BuiltProperty.allOf(description)) {
      String name = property.name();
      JsonModel built = build(property.set(property.builder(), property.value()));
      assertThat(built.property(name)).as("%s", property).isNotNull();

      List<JsonModel> models = new ArrayList<>(List.of(built));
      for (String spelling : property.spellings()) {
        models.add(property.read(spelling, property.sample()));
        if (property.nulls() != Nulls.FORBIDDEN) {
          models.add(property.read(spelling, "null"));
        }
      }
      for (JsonModel model : models) {
        JsonModel.Builder<?> builder = property.set(builderOf(model), null);
        if (property.nulls() == Nulls.FORBIDDEN) {
          assertThatThrownBy(() -> build(builder))
              .as("%s", property)
              .isInstanceOf(IllegalStateException.class)
              .hasMessageEndingWith(": " + name + " is required");
        } else {
          assertThat(build(builder)).as("%s", property).isEqualTo(build(property.builder()));
          assertThat(build(builder).property(name)).as("%s", property).isEqualTo(unset(property));
        }
      }
      checked++;
    }
    assertThat(checked).isGreaterThan(description == Descriptions.API ? 3000 : 50);
  }

  @ParameterizedTest
  @EnumSource
  void anyProperty_setSeveralTimes_hasTheLastValue(Descriptions description) {
    int checked = 0;
    for (BuiltProperty property : BuiltProperty.allOf(description)) {
      if (!property.mayBeSetToNull()) {
        continue;
      }
      Object value = property.value();
      JsonValue written = build(property.set(property.builder(), value)).property(property.name());
      for (String spelling : property.spellings()) {
        JsonModel.Builder<?> builder = builderOf(property.read(spelling, property.sample()));

        checkValue(property, property.setNull(builder), JsonValue.NULL);
        checkValue(property, property.set(builder, value), written);
        checkValue(property, property.set(builder, null), unset(property));
        checkValue(property, property.setNull(builder), JsonValue.NULL);
        checkValue(property, property.set(builder, null), unset(property));
        checkValue(property, property.set(builder, value), written);
      }
      checked++;
    }
    assertThat(checked).isGreaterThan(description == Descriptions.API ? 2000 : 40);
  }

  private static void checkValue(
      BuiltProperty property, JsonModel.Builder<?> builder, @Nullable JsonValue expected) {
    assertThat(build(builder).property(property.name())).as("%s", property).isEqualTo(expected);
  }

  /** Returns the value of a property that is not set. */
  private static @Nullable JsonValue unset(BuiltProperty property) {
    return property.nulls() == Nulls.REQUIRED ? JsonValue.NULL : null;
  }

  @ParameterizedTest
  @EnumSource
  void anyProperty_null_isKeptByToBuilder(Descriptions description) {
    for (BuiltProperty property : BuiltProperty.allOf(description)) {
      if (!property.mayBeSetToNull()) {
        continue;
      }
      JsonModel built = build(property.setNull(property.builder()));
      assertThat(build(builderOf(built))).as("%s", property).isEqualTo(built);

      for (String spelling : property.spellings()) {
        JsonModel read = property.read(spelling, "null");
        JsonModel copy = build(builderOf(read));
        assertThat(copy.toJson()).as("%s", property).contains("\"" + spelling + "\":null");
        assertThat(copy.additionalProperties()).as("%s", property).isEmpty();
        assertThat(build(property.setNull(builderOf(read)))).as("%s", property).isEqualTo(copy);
      }
    }
  }

  @Test
  void requestModels_haveAClearMethodForEachPropertyThatMayBeNull() {
    Map<String, Set<String>> nullable = DescribedProperties.with("nullable");
    List<String> wrong = new ArrayList<>();
    int requests = 0;
    int clearMethods = 0;
    for (ModelType<?> type : Descriptions.API.models().values()) {
      Set<String> expected = new TreeSet<>();
      Set<String> found = new TreeSet<>();
      for (BuiltProperty property : BuiltProperty.of(type)) {
        if (property.clearMethod() != null) {
          found.add(property.name());
        }
        if (!property.isOfResponse()
            && nullable.getOrDefault(type.name(), Set.of()).contains(property.name())) {
          expected.add(property.name());
        }
      }
      requests += found.isEmpty() ? 0 : 1;
      clearMethods += found.size();
      if (!expected.equals(found)) {
        wrong.add(type.name() + ": " + expected + " are nullable, but " + found + " are cleared");
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(requests).isGreaterThan(20);
    assertThat(clearMethods).isGreaterThan(100);
  }

  @Test
  void clearMethod_ofARequest_sendsANull() {
    CreatePetAttributes.Builder builder =
        CreatePetAttributes.builder().kind("dog").tags(List.of()).note("x").clearNote();

    assertThat(builder.build().toJson()).isEqualTo("{\"kind\":\"dog\",\"tags\":[],\"note\":null}");
    assertThat(builder.build().toBuilder().bornOn(null).build().toJson())
        .isEqualTo("{\"kind\":\"dog\",\"tags\":[],\"note\":null}");
    assertThat(builder.note(null).build().toJson()).isEqualTo("{\"kind\":\"dog\",\"tags\":[]}");
  }

  @Test
  void setNull_ofAResponse_isNullInJson() {
    DogAttributes dog = DogAttributes.fromJson("{\"homepage\":\"https://pets.example\"}");

    assertThat(dog.toBuilder().setNull("homepage").build().toJson())
        .isEqualTo("{\"homepage\":null}");
    assertThat(dog.toBuilder().homepage(null).build().toJson()).isEqualTo("{}");
    assertThat(dog.toBuilder().additionalProperty("x", JsonValue.NULL).build().toJson())
        .isEqualTo("{\"homepage\":\"https://pets.example\",\"x\":null}");
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is tested
  void setNull_ofAPropertyThatIsNotDescribed_isRefusedByName() {
    assertThatThrownBy(() -> DogAttributes.builder().setNull("home-page"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: home-page is not described, use additionalProperty of DogAttributes");
    assertThatThrownBy(() -> PetFields.builder().setNull("own-name"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: is not described, use additionalProperty of PetFields");
    assertThatThrownBy(() -> DogAttributes.builder().setNull(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("name");
  }

  @Test
  void setNull_ofARequiredProperty_isRefusedByBuild() {
    PetFile.Builder builder = PetFile.builder().setNull("byte-size");

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("PetFile: byte-size is required");
  }

  @Test
  void propertyInBothSpellings_setToNull_isAbsentInBoth() {
    PetFields both = PetFields.fromJson("{\"name-first\":{},\"name_first\":{},\"x\":1}");

    assertThat(both.toBuilder().nameFirst(null).build().toJson()).isEqualTo("{\"x\":1}");
    assertThat(both.toBuilder().setNull("name-first").build().toJson())
        .isEqualTo("{\"name-first\":null,\"name_first\":{},\"x\":1}");
  }
}
