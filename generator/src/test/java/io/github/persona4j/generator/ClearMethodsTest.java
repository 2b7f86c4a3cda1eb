package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

class ClearMethodsTest {
  private final CodegenModel model = new CodegenModel();

  private CodegenProperty add(String name, String baseName, boolean isNullable) {
    CodegenProperty property = new CodegenProperty();
    property.name = name;
    property.baseName = baseName;
    property.isNullable = isNullable;
    model.classname = "UpdatePetAttributes";
    model.vars.add(property);
    return property;
  }

  @Test
  void propertyThatMayBeNull_getsAMethod() {
    CodegenProperty note = add("bornOn", "born-on", true);
    CodegenProperty tags = add("tags", "tags", false);

    ClearMethods.addTo(model);

    assertThat(note.vendorExtensions).containsEntry("clearMethod", "clearBornOn");
    assertThat(tags.vendorExtensions).isEmpty();
  }

  @Test
  void constant_hasNoMethod() {
    CodegenProperty type = add("type", "type", true);
    type.isEnum = true;

    ClearMethods.addTo(model);

    assertThat(type.vendorExtensions).isEmpty();
  }

  @Test
  void propertyWithTheNameOfAMethod_failsTheGeneration() {
    add("note", "note", true);
    add("clearNote", "clear-note", false);

    assertThatThrownBy(() -> ClearMethods.addTo(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "UpdatePetAttributes: the property clearNote has the name of the method that sets note"
                + " to null");
  }
}
