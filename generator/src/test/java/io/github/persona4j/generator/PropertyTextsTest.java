package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

class PropertyTextsTest {
  private final TestModels models = new TestModels();
  private final CodegenProperty property = new CodegenProperty();

  private String text() {
    CodegenModel pet = models.add("Pet", property);
    PropertyTexts.complete(pet, models.models());
    return property.description;
  }

  @Test
  void ownText_isKept() {
    property.description = "Name of the pet.";

    assertThat(text()).isEqualTo("Name of the pet.");
  }

  @Test
  void constant_hasItsValue() {
    property.isEnum = true;
    property.allowableValues = Map.of("values", List.of("pet/cat"));

    assertThat(text()).isEqualTo("Always {@code pet/cat}.");
  }

  @Test
  void model_hasTheFirstSentenceOfItsText() {
    models.add("PetStatus").description =
        "Status of a pet, such as {@code adopted}. Others follow.";
    property.dataType = "PetStatus";

    assertThat(text()).isEqualTo("Status of a pet, such as {@code adopted}.");
  }

  @Test
  void other_hasNone() {
    property.dataType = "String";

    assertThat(text()).isNull();
  }
}
