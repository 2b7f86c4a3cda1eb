package io.github.persona4j.spring;

import com.fasterxml.jackson.databind.Module;
import io.github.persona4j.jackson.PersonaModule;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Lets the mapper of Jackson 2 read and write the models. */
@AutoConfiguration
@ConditionalOnClass({Module.class, PersonaModule.class})
class PersonaJackson2AutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  PersonaModule personaJackson2Module() {
    return new PersonaModule();
  }
}
