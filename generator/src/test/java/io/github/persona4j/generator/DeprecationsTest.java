package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

class DeprecationsTest {
  private final CodegenModel model = new CodegenModel();
  private final CodegenProperty property = new CodegenProperty();

  DeprecationsTest() {
    model.classname = "CreatePetAttributes";
    model.vars.add(property);
    property.baseName = "owner-id";
  }

  @Test
  void textOfADeprecatedProperty_becomesJavadoc() {
    property.deprecated = true;
    property.vendorExtensions.put("x-deprecated-instead", "Use `owner` or `owners`.");

    Deprecations.prepare(model);

    assertThat(property.vendorExtensions)
        .containsEntry("x-deprecated-instead", "Use {@code owner} or {@code owners}.");
  }

  @Test
  void deprecatedPropertyWithoutAText_failsTheGeneration() {
    property.deprecated = true;

    assertThatThrownBy(() -> Deprecations.prepare(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CreatePetAttributes: 'owner-id' is deprecated, but x-deprecated-instead does not name"
                + " what to use");
  }

  @Test
  void otherProperty_needsNoText() {
    Deprecations.prepare(model);

    assertThat(property.vendorExtensions).isEmpty();
  }
}
