package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.persona4j.jackson.PersonaModule;
import io.github.persona4j.model.Inquiry;
import org.junit.jupiter.api.Test;

/** The example of the Javadoc of the module for Jackson 2. */
class Jackson2JavadocTest {
  @Test
  void mapperWithTheModule_readsAModel() throws Exception {
    String json = "{\"type\":\"inquiry\",\"id\":\"inq_1\"}";
    // region module
    ObjectMapper mapper = new ObjectMapper().registerModule(new PersonaModule());
    Inquiry inquiry = mapper.readValue(json, Inquiry.class);
    // endregion
    assertThat(inquiry.id()).isEqualTo("inq_1");
  }
}
