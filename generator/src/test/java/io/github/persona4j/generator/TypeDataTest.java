package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

class TypeDataTest {
  private final CodegenModel model = new CodegenModel();

  private CodegenProperty add(String name) {
    CodegenProperty property = new CodegenProperty();
    property.baseName = name;
    model.classname = "Pet";
    model.vars.add(property);
    return property;
  }

  private List<Object> lines() {
    TypeData.addTo(model);
    return model.vars.stream().map(property -> property.vendorExtensions.get("line")).toList();
  }

  @Test
  void property_isALineWithItsNameTypeAndFlags() {
    CodegenProperty type = add("type");
    type.isEnum = true;
    type.required = true;
    type.allowableValues = Map.of("values", List.of("pet/cat"));
    type.vendorExtensions.put("x-safe-to-log", true);
    CodegenProperty number = add("number");
    number.isNumber = true;
    number.isNullable = true;
    CodegenProperty owner = add("owner");
    owner.isModel = true;
    owner.dataType = "Owner";
    owner.required = true;
    owner.isNullable = true;
    CodegenProperty names = add("names");
    names.isArray = true;
    names.items = new CodegenProperty();
    names.items.isMap = true;
    names.items.items = new CodegenProperty();
    names.items.items.isString = true;

    assertThat(lines())
        .containsExactly(
            "type \"pet/cat\" required loggable",
            "number number",
            "owner Owner required nullable",
            "names [{string}]");
    assertThat(model.vendorExtensions).containsEntry("typeFactory", "of");
  }

  @Test
  void propertyThatIsNotSafeToLog_isNotLoggable() {
    CodegenProperty name = add("name");
    name.isString = true;
    name.vendorExtensions.put("x-safe-to-log", false);

    assertThat(lines()).containsExactly("name string");
  }

  @Test
  void nameThatWouldBreakALine_failsTheGeneration() {
    add("born on").isString = true;

    assertThatThrownBy(() -> TypeData.addTo(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Pet: 'born on' has other characters");
  }

  @Test
  void typeThatTheRuntimeDoesNotKnow_failsTheGeneration() {
    add("data").dataType = "Blob";

    assertThatThrownBy(() -> TypeData.addTo(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'data' has the type Blob");
  }

  @Test
  void envelopeAndFields_haveTheirFactories() {
    CodegenModel envelope = new CodegenModel();
    envelope.vendorExtensions.put("x-envelope", true);
    CodegenModel fields = new CodegenModel();
    fields.vendorExtensions.put("x-fields", true);

    TypeData.addTo(envelope);
    TypeData.addTo(fields);

    assertThat(envelope.vendorExtensions).containsEntry("typeFactory", "ofEnvelope");
    assertThat(fields.vendorExtensions).containsEntry("typeFactory", "ofOwnNames");
  }
}
