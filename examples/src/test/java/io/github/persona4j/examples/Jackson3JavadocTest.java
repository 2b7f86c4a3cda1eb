package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.jackson3.PersonaModule;
import io.github.persona4j.model.Inquiry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The example of the Javadoc of the module for Jackson 3. */
class Jackson3JavadocTest {
  @Test
  void mapperWithTheModule_readsAModel() {
    String json = "{\"type\":\"inquiry\",\"id\":\"inq_1\"}";
    // region module
    JsonMapper mapper = JsonMapper.builder().addModule(new PersonaModule()).build();
    Inquiry inquiry = mapper.readValue(json, Inquiry.class);
    // endregion
    assertThat(inquiry.id()).isEqualTo("inq_1");
  }
}
