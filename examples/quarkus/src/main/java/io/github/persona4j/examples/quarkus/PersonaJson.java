package io.github.persona4j.examples.quarkus;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.persona4j.jackson.PersonaModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Lets Quarkus write and read models. */
// region quarkus
@Singleton
class PersonaJson implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(new PersonaModule());
  }
}
// endregion
