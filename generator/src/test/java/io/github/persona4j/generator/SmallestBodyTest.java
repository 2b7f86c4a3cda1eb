package io.github.persona4j.generator;

import static io.github.persona4j.generator.TestModels.constant;
import static io.github.persona4j.generator.TestModels.model;
import static io.github.persona4j.generator.TestModels.required;
import static io.github.persona4j.generator.TestModels.scalar;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmallestBodyTest {
  private final TestModels models = new TestModels();

  @Test
  void requiredModels_areBuiltWithTheirSmallestValues() {
    models.add("Decide", required(model("meta", "Meta")), scalar("note", "String"));
    models.add("Meta", required(constant("kind")), scalar("comment", "String"));

    assertThat(new SmallestBody(models.models()).of("Decide"))
        .contains("Decide.builder().meta(Meta.builder().build()).build()");
  }

  @Test
  void requiredText_hasNoSmallestValue() {
    models.add("Rename", required(scalar("name", "String")));

    assertThat(new SmallestBody(models.models()).of("Rename")).isEmpty();
  }

  @Test
  void modelThatRequiresItself_hasNoSmallestValue() {
    models.add("Node", required(model("next", "Node")));

    assertThat(new SmallestBody(models.models()).of("Node")).isEmpty();
  }
}
